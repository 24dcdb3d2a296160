"""How rightly printed pages are read: made from a paper's archive, learnt on other days of it.

Weights are never measured on days that they were learnt from. The days of the archive are cut into
blocks; each block is read with what the others teach, on pages whose columns break at random.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from articles.intake.parsing import parse
from articles.intake.specimens import is_plain, load, specimens
from articles.intake.training import train
from articles.intake.weights import Weights, learnt
from newsroom.bench.marking import Marks, mark

BLOCKS, SEED, BREAKS = 4, 7, (0.35,)
SHOWN = 40
Block = tuple[str, Marks]


def pages(rows: Sequence[dict], seed: int) -> Iterator[tuple[str, str, list[dict]]]:
    """Yield name, raw text and articles of every page with two or more articles of plain copy."""
    plain = [row for row in rows if is_plain(row)]
    wanted: dict[str, list[dict]] = {}
    for row in plain:
        wanted.setdefault(f"{row['date']}-{row['page']}", []).append(row)
    several = [row for row in plain if len(wanted[f"{row['date']}-{row['page']}"]) > 1]
    for specimen in specimens(several, seed=seed, breaks=BREAKS):
        yield specimen.name, "\n\n".join(specimen.lines) + "\n", wanted[specimen.name]


def read(rows: Sequence[dict], weights: Weights, *, seed: int = SEED) -> Marks:
    """Return the marks of every page of some days."""
    marks = Marks()
    for name, text, wanted in pages(rows, seed):
        marks.add(mark(name, text, wanted, parse(text, weights=weights)))
    return marks


def blocks(rows: Sequence[dict], count: int = BLOCKS) -> list[list[dict]]:
    """Cut an archive into blocks of days that follow each other."""
    ordered = sorted(rows, key=lambda row: row["date"])
    days = [list(day) for _, day in groupby(ordered, key=lambda row: row["date"])]
    edges = [len(days) * i // count for i in range(count + 1)]
    cut = [days[first:last] for first, last in zip(edges, edges[1:], strict=False)]
    return [[row for day in block for row in day] for block in cut if block]


def held_out(rows: Sequence[dict]) -> Iterator[Block]:
    """Yield the marks of each block of days, read with what the other blocks teach."""
    for block in blocks(rows):
        days = {row["date"] for row in block}
        others = [row for row in rows if row["date"] not in days]
        yield _days(block), read(block, Weights(train(others, table=False)))


def shipped(rows: Sequence[dict], weights: Weights) -> Iterator[Block]:
    """Yield the marks of the days that the weights at hand were not learnt from."""
    first, last = weights.days or ("", "")
    for block in blocks([row for row in rows if not first <= row["date"] <= last]):
        yield _days(block), read(block, weights)


def _days(rows: Sequence[dict]) -> str:
    days = sorted(row["date"] for row in rows)
    return f"{days[0]} to {days[-1]}"


def limits(marks: Marks) -> list[tuple[str, float, float, bool]]:
    """Return each thing measured, its share, its limit, and whether the limit holds."""
    floors = [
        ("headlines, F1", marks.headline_f1, 0.92),
        ("paragraphs rejoined", marks.share("paragraphs right", "paragraphs wanted"), 0.96),
        ("lead-ins and bylines", marks.share("lead-ins right", "lead-ins stated"), 0.98),
    ]
    wrong = marks.share("decisions wrong, unmarked", "decisions")
    return [
        *((name, got, least, got >= least) for name, got, least in floors),
        ("wrong and not marked", wrong, 0.02, wrong <= 0.02),
        ("pages that lost a word", marks.share("not conserved", "pages"), 0.0, is_kept(marks)),
    ]


def is_kept(marks: Marks) -> bool:
    """Say whether every word of every page is in its reading."""
    return not marks.counts["not conserved"]


def report(found: Sequence[Block], *, of: str, spent: float, is_full: bool = False) -> bool:
    """Print the table and what failed; return whether every limit holds."""
    total = Marks()
    for _, marks in found:
        total.add(marks)
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
    for days, marks in found:
        rejoined = marks.share("paragraphs right", "paragraphs wanted")
        print(f"  {days}: headlines {marks.headline_f1:.1%}, paragraphs {rejoined:.1%}")


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
    found = list(shipped(rows, learnt()) if is_shipped else held_out(rows))
    of = "with the weights at hand, on days not learnt from" if is_shipped else "on days held out"
    return report(found, of=of, spent=time.monotonic() - began, is_full=is_full)
