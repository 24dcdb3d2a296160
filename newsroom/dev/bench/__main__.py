"""Measures and prints tables; the exit status is 1 where a limit is broken.

The processor time of the one gunicorn worker, per request, for the front page of 25 articles and
for an article, each beside a view that returns the same bytes behind the same middleware; no page
is cached. Rounds are interleaved, and the middle one counts. Then the upload of a hundred photos
and of the largest pictures, the import of a month of back issues, and the parsing of printed text:
what it costs and, with an archive, how accurate it is.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urljoin

from . import accuracy, archive_speed, largest_pictures, parse_speed, upload_speed
from .scratch_server import Site, environment, existing, served

ROUNDS, REQUESTS, WARM_UP = 9, 40, 40
FRONT, SAMPLE = "/2024-07-28/", "/2024-07-27/"
RATIOS = {"front": 22, "article": 20}
SIZES = {"HTML of the sample front page": 30_000, "CSS": 26_000, "JavaScript": 14_000}
LOADED = re.compile(
    r"""<link[^>]*rel="?stylesheet"?[^>]*href="?([^"\s>]+)|<script[^>]*src="?([^"\s>]+)"""
    r"""|@import\s+(?:url\()?["']?([^"')]+)|\bimport\s[^"';]*["']([^"']+)["']"""
)


def make_paper(folder: Path) -> str:
    """Make the scratch database; return the address of its article."""
    code = (
        "import django; django.setup(); from newsroom.dev.bench import paper; print(paper.fill())"
    )
    command = [sys.executable, "-c", code]
    filled = subprocess.run(
        command, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True
    )
    return filled.stdout.split()[-1]


def measure(site: Site, folder: Path, pages: dict[str, str]) -> dict[str, list[tuple]]:
    """Return, for each page, rounds of (ms built, ms as a constant)."""
    for name, path in pages.items():
        (folder / name).write_bytes(site.get(path))
        site.cpu(path, WARM_UP), site.cpu(f"/constant/{name}/", WARM_UP)
    found = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, path in pages.items():
            built = site.cpu(path, REQUESTS)
            found[name].append((built, site.cpu(f"/constant/{name}/", REQUESTS)))
    return found


def weigh(site: Site, *paths: str) -> dict[str, int]:
    """Return the sizes, before compression, of the sample's front page and of all it loads."""
    files, ahead = {}, [*paths]
    while ahead:
        path = ahead.pop()
        if path not in files:
            files[path] = site.get(path)
            found = LOADED.findall(files[path].decode())
            ahead += [urljoin(path, next(filter(None, groups))) for groups in found]
    kinds = {"CSS": ".css", "JavaScript": ".js"}
    sums = {k: sum(len(f) for p, f in files.items() if p.endswith(e)) for k, e in kinds.items()}
    return {"HTML of the sample front page": len(files[SAMPLE])} | sums


def report(rounds: dict[str, list[tuple]], sizes: dict[str, int]) -> bool:
    """Print the table; return whether every limit holds."""
    print(f"{'CPU time per request':<32}{'built':>9}{'constant':>10}{'ratio':>8}{'limit':>8}")
    holds = True
    for name, measured in rounds.items():
        ratio = median(built / constant for built, constant in measured)
        built, constant = (median(column) for column in zip(*measured, strict=True))
        holds &= ratio <= RATIOS[name]
        print(f"{name:<32}{built:>6.2f} ms{constant:>7.2f} ms{ratio:>7.1f}×{RATIOS[name]:>7}×")
    print(f"\n{'Size before compression':<32}{'bytes':>9}{'limit':>10}")
    for name, size in sizes.items():
        holds &= size <= SIZES[name]
        print(f"{name:<32}{size:>9,}{SIZES[name]:>10,}")
    return holds


def arguments() -> argparse.Namespace:
    """Return what make passes on."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--archive", type=existing)
    parser.add_argument("--learnt", choices=["folds", "shipped"], default="folds")
    parser.add_argument("--all", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Make a scratch site, measure it, print the table; return the exit status."""
    given = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = make_paper(folder)
        with served(folder) as site:
            rounds = measure(site, folder, {"front": FRONT, "article": article})
            sizes = weigh(site, SAMPLE, article)
        with served(folder, *upload_speed.WORKERS) as site:
            uploads = upload_speed.measure(site.port, site.process, environment(folder))
        archive = archive_speed.measure(folder, environment(folder), given.archive)
        largest = largest_pictures.measure(environment(folder))
    holds = report(rounds, sizes) & parse_speed.report(parse_speed.measure())
    holds &= archive_speed.report(archive) & upload_speed.report(uploads)
    holds &= largest_pictures.report(largest)
    is_shipped = given.learnt == "shipped"
    holds &= accuracy.measure(given.archive, is_shipped=is_shipped, is_full=given.all)
    print("\nEvery limit holds." if holds else "\nA LIMIT IS BROKEN.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
