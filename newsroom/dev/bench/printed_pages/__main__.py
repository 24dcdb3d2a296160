"""Print pages in random designs with Chromium, read them, and print what was reached.

    python -m newsroom.dev.bench.printed_pages [--archive FILE] [--first 5000] [--pages 200]

Without an archive the articles are invented. Develop on seeds below 1000, report on others. The
exit status is 1 where a floor is missed.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from articles.intake.page_pdf.process import read_pages
from articles.intake.parse.page_pdf.reading import read_printed_page
from articles.tests.chromium import QUIET, chromium_path
from newsroom.dev.bench.evaluation import Evaluation
from newsroom.dev.training.training_pages import load

from .content import of_archive
from .printing import KnownPage, print_pages
from .scoring import FLOORS, MOST_MARKS, score, shares


def printed(source: list, first: int, pages: int) -> Iterator[KnownPage]:
    """Yield printed pages; needs Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield from print_pages(browser, source, range(first, first + pages))
        browser.close()


def read_and_score(known: KnownPage) -> tuple[Evaluation, float]:
    """Return the score of a page, and the seconds that its reading took."""
    began = time.monotonic()
    (page,) = read_pages(known.pdf)
    reading = read_printed_page(page)
    return score(known, page, reading), time.monotonic() - began


def report(total: Evaluation, seconds: list[float]) -> bool:
    """Print the table and what failed; return whether every floor holds."""
    reached, pages = shares(total), total.counts["pages"]
    print(f"{pages} printed pages, {total.counts['articles whole wanted']} articles")
    for name, floor in FLOORS.items():
        print(f"{name:<32}{reached[name]:>9.2%}{floor:>13.1%}")
    marks, lost = total.counts["marks"] / pages, total.counts["characters lost"]
    print(f"{'marks a page':<32}{marks:>9.2f}{MOST_MARKS:>13}")
    print(f"{'characters lost or doubled':<32}{lost:>9}{0:>13}")
    print(f"{'seconds a page, middle and most':<32}{sorted(seconds)[pages // 2]:>9.2f}", end="")
    print(f"{max(seconds):>13.2f}")
    print("\n".join(total.failures))
    holds = all(reached[name] >= floor for name, floor in FLOORS.items())
    return holds and marks <= MOST_MARKS and not lost


def main() -> int:
    """Print, read and score; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.dev.bench.printed_pages")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--first", type=int, default=5000)
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    source = of_archive(load(given.archive)) if given.archive else []
    total, seconds = Evaluation(), []
    for known in printed(source, given.first, given.pages):
        evaluation, spent = read_and_score(known)
        total.add(evaluation)
        seconds.append(spent)
    return 0 if report(total, seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
