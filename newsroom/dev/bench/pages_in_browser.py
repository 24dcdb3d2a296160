"""Measure how pages are composed: a month of an archive in a real Chromium.

    python -m newsroom.dev.bench.pages_in_browser ARCHIVE [--days 8] [--json FILE]

The month gets generated photographs, because an archive has none. Every front page, page and
whole-issue view is rendered at three widths; `measure_layout.js` measures, and here is counted.
A month takes a quarter of an hour. The exit status is 1 where a limit is broken.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from articles.tests.chromium import QUIET, chromium_path

from .scratch_server import Site, environment, existing, served

WIDTHS, HEIGHT = (1024, 1440, 1920), 1000
MEASURE = (Path(__file__).parent / "measure_layout.js").read_text(encoding="utf-8")
HOLE = 120  # px
LINE = 28  # px: a line of an excerpt
EIGHT_PAGES = 8
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z0-9]")
BRACKETED = re.compile(r"[（(〈《“‘]([^（(〈《“‘）)〉》”’]{1,10})[）)〉》”’]")
# The most of each figure, in percent; None is only told.
LIMITS = {
    "rows with a hole over 120 px": 1,
    "mean void of a page": 4,
    "excerpts under half their room": 1,
    "pages' share of the front page, 8 pages": 30,
    "void of the pages' contents": None,
    "overviews with a hole over 120 px": 0,
    "headlines with an empty line": 0,
    "headlines with stacked Latin": 0,
    "headlines with a bracket apart": 0,
    "headlines of more lines than needed": None,
    "faces cut off": 0,
    "pictures blown up": 0,
    "pictures over 85 % of the window": 0,
}


@dataclass
class Sums:
    """What is added up over pages: how many there were, and how many, or how much, is wrong."""

    wrong: dict[str, float] = field(default_factory=lambda: dict.fromkeys(LIMITS, 0.0))
    total: dict[str, float] = field(default_factory=lambda: dict.fromkeys(LIMITS, 0.0))
    examples: dict[str, list] = field(default_factory=dict)

    def add(self, name: str, wrong: float, total: float = 1, example: object = None) -> None:
        """Count something, and remember it where it is wrong."""
        self.wrong[name] += wrong
        self.total[name] += total
        if wrong and example is not None:
            self.examples.setdefault(name, []).append(example)

    def percent(self, name: str) -> float:
        """Return a figure in percent of what was counted."""
        return 100 * self.wrong[name] / (self.total[name] or 1)


def count_page(sums: Sums, page: dict, path: str) -> None:
    """Count a front page, a page or a whole-issue view as it was measured."""
    strips = page["briefs"] + ([page["contents"]] if page["contents"] else [])
    for row in page["rows"]:
        example = (path, round(row["hole"]), row["pattern"], row["heads"])
        sums.add("rows with a hole over 120 px", row["hole"] > HOLE, example=example)
    if page["rows"]:
        area = sum(part["area"] for part in page["rows"] + strips)
        empty = sum(part["empty"] for part in page["rows"] + strips)
        sums.add("mean void of a page", empty / area, example=(path, round(100 * empty / area)))
    for excerpt in page["excerpts"]:
        is_half = excerpt["room"] - excerpt["height"] > max(excerpt["height"], 2 * LINE)
        has_more = excerpt["total"] > excerpt["shown"]
        sums.add("excerpts under half their room", is_half and has_more, example=(path, excerpt))
    for overview in page["overview"]:
        for hole in overview["holes"]:
            sums.add("overviews with a hole over 120 px", hole > HOLE, example=(path, round(hole)))
    for headline in page["headlines"]:
        count_headline(sums, headline, path)
    count_pictures(sums, page["pictures"], path)


def count_contents(sums: Sums, page: dict, path: str, *, pages: int) -> None:
    """Count the contents of the other pages (各版) of a front page."""
    contents = page["contents"]
    if not contents:
        return
    sums.add("void of the pages' contents", contents["empty"] / (contents["area"] or 1))
    if pages == EIGHT_PAGES:
        share = contents["height"] / page["height"]
        name = "pages' share of the front page, 8 pages"
        sums.add(name, share, example=(path, round(100 * share)))


def count_headline(sums: Sums, headline: dict, path: str) -> None:
    """Count what is wrong with the lines of one headline."""
    lines, text = headline["lines"], headline["text"]
    if not lines:
        return
    example = (path, lines)
    is_empty = headline["height"] > len(lines) + 0.6
    sums.add("headlines with an empty line", is_empty, example=example)
    is_stacked = HAN.search(text) and any(not HAN.search(line) for line in lines)
    is_split = any(
        LATIN.match(one[-1]) and LATIN.match(two[0])
        for one, two in zip(lines, lines[1:], strict=False)
        if one + two in re.sub(r"\s", "", text)
    )
    words = {word for word in re.findall(r"[A-Za-z0-9]+", text) if len(word) > 1}
    is_split = is_split and any(not any(word in line for line in lines) for word in words)
    sums.add("headlines with stacked Latin", bool(is_stacked or is_split), example=example)
    pieces = [re.sub(r"\s", "", found[0]) for found in BRACKETED.finditer(text)]
    is_apart = any(not any(piece in line for line in lines) for piece in pieces)
    sums.add("headlines with a bracket apart", is_apart, example=example)
    needed = -(-len(re.sub(r"\s", "", text)) // max(1, headline["perLine"]))
    is_long = len(lines) > max(2, needed + 1)
    sums.add("headlines of more lines than needed", is_long, example=example)


def count_pictures(sums: Sums, pictures: list[dict], path: str) -> None:
    """Count what is wrong with the pictures of a page."""
    for picture in pictures:
        example = (path, picture["src"].rpartition("/photos/")[2])
        sums.add("pictures blown up", picture["blown"], example=example)
        is_high = picture["high"] > 0.85
        sums.add("pictures over 85 % of the window", is_high, example=example)
        if picture["face"] and picture["face"]["found"]:
            sums.add("faces cut off", picture["face"]["cut"], example=example)


def make_month(folder: Path, archive: Path) -> list[str]:
    """Fill the scratch database; return the keys of its issues."""
    code = (
        "import django, pathlib; django.setup(); from newsroom.dev.bench import composed_month; "
        f"print(*composed_month.fill(pathlib.Path({str(archive)!r})))"
    )
    command = [sys.executable, "-c", code]
    filled = subprocess.run(
        command, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True
    )
    return filled.stdout.split()


def page_paths(site: Site, key: str) -> list[str]:
    """Return the addresses of an issue: its front page, its pages but the first, the overview."""
    html = site.get(f"/{key}/").decode()
    found = dict.fromkeys(re.findall(rf'href="?(/{key}/[^/"\s>]+/)', html))
    pages = [path for path in found if not path.endswith("/pages/")]
    return [f"/{key}/", *pages[1:], f"/{key}/pages/"]


def measured(site: Site, keys: list[str]) -> Iterator[tuple[str, int, int, dict]]:
    """Yield each page: its address, the pages of its issue, the width, what was measured."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        tab = browser.new_page()
        for key in keys:
            paths = page_paths(site, key)
            for path, width in product(paths, WIDTHS):
                # Loaded anew, because the browser keeps a picture that it has.
                tab.set_viewport_size({"width": width, "height": HEIGHT})
                tab.goto(f"http://127.0.0.1:{site.port}{path}")
                yield path, len(paths) - 1, width, tab.evaluate(f"({MEASURE.strip()})()")
        browser.close()


def measure(site: Site, keys: list[str]) -> dict[int, Sums]:
    """Return what was counted at each width."""
    found = {width: Sums() for width in WIDTHS}
    for path, pages, width, page in measured(site, keys):
        count_page(found[width], page, path)
        count_contents(found[width], page, path, pages=pages)
    return found


def report(found: dict[int, Sums]) -> bool:
    """Print the table; return whether every limit holds."""
    print(f"{'Pages as Chromium shows them':<42}", *(f"{width:>7}" for width in found), "  limit")
    holds = True
    for name, limit in LIMITS.items():
        figures = [sums.percent(name) for sums in found.values()]
        counted = [int(sums.total[name]) for sums in found.values()]
        holds &= limit is None or all(figure <= limit for figure in figures)
        told = "" if limit is None else f"{limit} %"
        columns = " ".join(f"{figure:>5.2f} %" for figure in figures)
        print(f"{name:<42} {columns}{told:>8}   of {counted[-1]}")
    return holds


def arguments() -> argparse.Namespace:
    """Return what make passes on."""
    parser = argparse.ArgumentParser(prog="make bench-pages")
    parser.add_argument("archive", type=existing)
    parser.add_argument("--days", type=int, help="only so many issues, spread over the month")
    parser.add_argument("--json", type=Path, help="a file for the examples of what is wrong")
    return parser.parse_args()


def main() -> int:
    """Make the month, render it, print the table; return the exit status."""
    given = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = make_month(folder, given.archive.resolve())
        step = max(1, len(keys) // given.days) if given.days else 1
        with served(folder) as site:
            found = measure(site, keys[::step])
    if given.json:
        told = {width: sums.examples for width, sums in found.items()}
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
