"""Measure the parsing of pages of which every printed line is a line of the text.

    python -m newsroom.dev.bench.printed_lines ARCHIVE [--seed N]

The articles of an archive are set in lines of 14 to 36 characters by the rules of line breaking, in
three ways: the first line of a paragraph indented, its indent lost in copying, or no indent at all;
with and without an empty line between articles.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from articles.intake.parse.parser import parse
from articles.intake.parse.printed_lines import width
from articles.intake.parse.raw_text import CLOSERS, PAUSES, STOPS
from newsroom.dev.training.training_pages import is_plain, load

from .evaluation import Evaluation, evaluate
from .scratch_server import existing

WAYS = ("indented", "indent lost", "flush")
NARROWEST, WIDEST = 14, 36
INDENT = "\u3000\u3000"
NEVER_FIRST = set(PAUSES + STOPS + CLOSERS + "：")
NEVER_LAST = set("“‘（《")
HEADLINES, PARAGRAPHS = 0.93, 0.98


def set_lines(text: str, measure: float) -> Iterator[str]:
    """Yield a paragraph's lines: no mark begins a line, one may hang; no word or figure is cut."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and width(text[start : end + 1]) <= measure:
            end += 1
        if end < len(text) and text[end] in NEVER_FIRST:
            end += 1  # it hangs
        cut = end
        while cut < len(text) and start + 1 < cut and not _may_break(text[cut - 1], text[cut]):
            cut -= 1
        yield text[start:cut]
        start = cut


def _may_break(before: str, after: str) -> bool:
    is_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return after not in NEVER_FIRST and before not in NEVER_LAST and not is_word


def printed(article: dict, measure: int, way: str) -> Iterator[str]:
    """Yield the printed lines of an article; its headings stand on a line each."""
    for name in ("kicker", "headline", "deck"):
        if words := (article.get(name) or "").strip():
            yield words
    for paragraph in map(str.strip, article["paragraphs"]):
        is_indented = way != "flush"
        padded = INDENT + paragraph if is_indented else paragraph
        first, *others = set_lines(padded, measure)
        yield first if way == "indented" else first.strip()
        yield from others


def pages(rows: Sequence[dict], seed: int) -> Iterator[tuple[str, str, str, list[dict]]]:
    """Yield the way, name, raw text and articles of pages with two or more plain articles."""
    rng = random.Random(seed)
    plain = sorted(
        (row for row in rows if is_plain(row)),
        key=lambda row: (row["date"], str(row["page"]), row.get("order", 0)),
    )
    for number, ((date, page), group) in enumerate(
        groupby(plain, key=lambda row: (row["date"], row["page"]))
    ):
        articles, way = list(group), WAYS[number % len(WAYS)]
        measure, between = rng.randint(NARROWEST, WIDEST), rng.choice(("\n", "\n\n"))
        if len(articles) > 1:
            texts = ["\n".join(printed(each, measure, way)) for each in articles]
            yield way, f"{date}-{page}, {measure}", between.join(texts) + "\n", articles


def measure_ways(rows: Sequence[dict], seed: int) -> dict[str, Evaluation]:
    """Parse and evaluate the pages of each way."""
    found = {way: Evaluation() for way in WAYS}
    for way, name, text, wanted in pages(rows, seed):
        found[way].add(evaluate(name, text, wanted, parse(text)))
    return found


def report(found: dict[str, Evaluation]) -> bool:
    """Print the table; return whether every limit holds."""
    print(f"{'Printed lines':<16}{'pages':>8}{'headlines':>12}{'paragraphs':>12}{'lost':>6}")
    holds = True
    for way, one in found.items():
        rejoined = one.share("paragraphs right", "paragraphs wanted")
        lost = one.counts["not conserved"]
        print(
            f"{way:<16}{one.counts['pages']:>8}{one.headline_f1:>12.3f}{rejoined:>12.3f}{lost:>6}"
        )
        holds &= one.headline_f1 >= HEADLINES and rejoined >= PARAGRAPHS and not lost
    return holds


def main() -> int:
    """Measure an archive, print the table; the exit status is 1 where a limit is broken."""
    parser = argparse.ArgumentParser(prog="printed_lines")
    parser.add_argument("archive", type=existing)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true", help="every failure too")
    given = parser.parse_args()
    found = measure_ways(load(given.archive), given.seed)
    for way, one in found.items() if given.failures else ():
        print(*(f"{way}: {failure}" for failure in one.failures), sep="\n")
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
