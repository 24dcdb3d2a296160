"""Measure how well pages are parsed: pages made of an archive, weights of other days of it.

Weights are never measured on days that they were learnt from. The days of the archive are cut into
blocks; each block is parsed with the weights of the others, on pages with columns broken at random.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from articles.intake.parse.labels.crf import Weights, learnt_weights
from articles.intake.parse.parser import parse
from newsroom.dev.training.training import train
from newsroom.dev.training.training_pages import is_plain, load, training_pages

from .evaluation import Evaluation, evaluate

BLOCKS, SEED, BREAKS = 4, 7, (0.35,)
SHOWN = 40
Block = tuple[str, Evaluation]


def pages(rows: Sequence[dict], seed: int) -> Iterator[tuple[str, str, list[dict]]]:
    """Yield name, raw text and articles of every page with two or more articles of plain copy."""
    plain = [row for row in rows if is_plain(row)]
    wanted: dict[str, list[dict]] = {}
    for row in plain:
        wanted.setdefault(f"{row['date']}-{row['page']}", []).append(row)
    several = [row for row in plain if len(wanted[f"{row['date']}-{row['page']}"]) > 1]
    for page in training_pages(several, seed=seed, breaks=BREAKS):
        yield page.name, "\n\n".join(page.lines) + "\n", wanted[page.name]


def evaluate_days(rows: Sequence[dict], weights: Weights, *, seed: int = SEED) -> Evaluation:
    """Parse and evaluate every page of some days."""
    total = Evaluation()
    for name, text, wanted in pages(rows, seed):
        total.add(evaluate(name, text, wanted, parse(text, weights=weights)))
    return total


def blocks(rows: Sequence[dict], count: int = BLOCKS) -> list[list[dict]]:
    """Cut an archive into blocks of days that follow each other."""
    ordered = sorted(rows, key=lambda row: row["date"])
    days = [list(day) for _, day in groupby(ordered, key=lambda row: row["date"])]
    edges = [len(days) * i // count for i in range(count + 1)]
    cut = [days[first:last] for first, last in zip(edges, edges[1:], strict=False)]
    return [[row for day in block for row in day] for block in cut if block]


def held_out(rows: Sequence[dict]) -> Iterator[Block]:
    """Yield each block of days, evaluated with the weights of the other blocks."""
    for block in blocks(rows):
        days = {row["date"] for row in block}
        others = [row for row in rows if row["date"] not in days]
        yield _days(block), evaluate_days(block, Weights(train(others, table=False)))


def shipped(rows: Sequence[dict], weights: Weights) -> Iterator[Block]:
    """Yield the days that the weights were not learnt from, evaluated in blocks."""
    first, last = weights.days or ("", "")
    for block in blocks([row for row in rows if not first <= row["date"] <= last]):
        yield _days(block), evaluate_days(block, weights)


def _days(rows: Sequence[dict]) -> str:
    days = sorted(row["date"] for row in rows)
    return f"{days[0]} to {days[-1]}"


def limits(evaluation: Evaluation) -> list[tuple[str, float, float, bool]]:
    """Return each thing measured, its share, its limit, and whether the limit holds."""
    floors = [
        ("headlines, F1", evaluation.headline_f1, 0.92),
        ("paragraphs rejoined", evaluation.share("paragraphs right", "paragraphs wanted"), 0.96),
        ("lead-ins and bylines", evaluation.share("lead-ins right", "lead-ins stated"), 0.98),
    ]
    wrong = evaluation.share("decisions wrong, unmarked", "decisions")
    lost = evaluation.share("not conserved", "pages")
    return [
        *((name, got, least, got >= least) for name, got, least in floors),
        ("wrong and not marked", wrong, 0.02, wrong <= 0.02),
        ("pages that lost a word", lost, 0.0, is_complete(evaluation)),
    ]


def is_complete(evaluation: Evaluation) -> bool:
    """Tell whether no page lost a character."""
    return not evaluation.counts["not conserved"]


def report(found: Sequence[Block], *, of: str, spent: float, is_full: bool = False) -> bool:
    """Print the table and what failed; return whether every limit holds."""
    total = Evaluation()
    for _, evaluation in found:
        total.add(evaluation)
    print(f"\nReading of {total.counts['pages']} pages of the archive, {of} ({spent:.0f} s)")
    if not total.counts["pages"]:
        print("Nothing was left to read.")
        return False
    _print_blocks(found)
    precise = total.share("headlines right", "headlines read")
    complete = total.share("headlines right", "headlines wanted")
    marked = total.share("decisions marked", "decisions")
    print(f"{'headlines, precision':<32}{precise:>9.1%}\n{'headlines, recall':<32}{complete:>9.1%}")
    for name, got, limit, _ in limits(total):
        print(f"{name:<32}{got:>9.1%}{limit:>13.0%}")
    print(f"{'marked for a person to look at':<32}{marked:>9.1%}")
    _print_failures(total.failures, is_full=is_full)
    return all(holds for *_, holds in limits(total))


def _print_blocks(found: Sequence[Block]) -> None:
    for days, evaluation in found:
        rejoined = evaluation.share("paragraphs right", "paragraphs wanted")
        print(f"  {days}: headlines {evaluation.headline_f1:.1%}, paragraphs {rejoined:.1%}")


def _print_failures(failures: Sequence[str], *, is_full: bool) -> None:
    shown = sorted(failures)[: None if is_full else SHOWN]
    print(f"What failed ({len(failures)}):" if failures else "Nothing failed.")
    for failure in shown:
        print(f"  {failure}")
    if len(shown) < len(failures):
        print(f"  … and {len(failures) - len(shown)} more: make bench ALL=1 shows them.")


def measure(archive: Path | None, *, is_shipped: bool = False, is_full: bool = False) -> bool:
    """Measure on an archive, if there is one, and print; return whether every limit holds."""
    if not archive:
        print("\nHow rightly pages are read was not measured: make bench ARCHIVE=month.jsonl.gz")
        return True
    rows, began = load(archive), time.monotonic()
    found = list(shipped(rows, learnt_weights()) if is_shipped else held_out(rows))
    of = "with the weights at hand, on days not learnt from" if is_shipped else "on days held out"
    return report(found, of=of, spent=time.monotonic() - began, is_full=is_full)
