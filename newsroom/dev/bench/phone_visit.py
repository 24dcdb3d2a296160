"""Measure a first visit on a slow phone: `python -m newsroom.dev.bench.phone_visit ADDRESS …`

In a real Chromium of 390 × 844 px whose processor is slowed down four times, over a line of 1.6
Mbit/s and 150 ms (slow 4G). The paper has to run there, `make run` for one; each address is visited
five times, with an empty cache, and the middle one counts.
"""

import statistics
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from articles.tests.chromium import QUIET, chromium_path

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
SLOWED = 4
BITS = 1_600_000
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": BITS / 8,
    "uploadThroughput": BITS / 16,
}
VISITS = 5
# What paints and moves after the page has been asked for; all of it is told to a late observer.
OBSERVE = """
  window.seen = { paint: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = 1500  # ms after the last file


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: largest paint in ms, layout shift, and KB over the wire by kind of file."""

    paint: float
    shift: float
    kilobytes: dict[str, float]

    @property
    def without_pictures(self) -> float:
        """The KB of everything but pictures."""
        return sum(size for kind, size in self.kilobytes.items() if kind != "Image")


def visit(browser: Browser, address: str) -> Visit:
    """Open an address with an empty cache, and tell what it cost. Raises where it does not open."""
    context = browser.new_context(**PHONE)
    tab = context.new_page()
    tab.add_init_script(OBSERVE)
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    kinds, sizes = {}, {}
    session.on(
        "Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}),
    )
    tab.goto(address, wait_until="networkidle")
    tab.wait_for_timeout(SETTLED)
    seen = tab.evaluate("seen")
    context.close()
    kilobytes: dict[str, float] = {}
    for key, size in sizes.items():
        kind = kinds.get(key, "Other")
        kilobytes[kind] = kilobytes.get(kind, 0) + size / 1000
    return Visit(paint=seen["paint"], shift=seen["shift"], kilobytes=kilobytes)


def main(addresses: list[str]) -> int:
    """Visit each address, print a line about it; return the exit status."""
    if not addresses:
        print(__doc__)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        print(f"{'First visit on a slow phone':<44}{'paint':>9}{'shift':>8}{'KB':>7}{'all':>8}")
        for address in addresses:
            visits = [visit(browser, address) for _ in range(VISITS)]
            paint = statistics.median(each.paint for each in visits)
            shift = max(each.shift for each in visits)
            last = visits[-1]
            total = sum(last.kilobytes.values())
            print(
                f"{address:<44}{paint:>6.0f} ms{shift:>8.3f}"
                f"{last.without_pictures:>7.1f}{total:>8.1f}"
            )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
