"""Learn from a paper's own archive how its pages are set; `manage.py learn_reading` does it.

What is kept are weights of features and how strongly characters follow each other; no sentence
of the archive can be put together again from them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from random import Random

from .chain import LABELS
from .features import features
from .learner import Learner, Page
from .lines import Line
from .marks import is_han
from .rules import SPEAKS
from .seams import Seams
from .shapes import of_open_lines, shaped
from .sorting import sort
from .specimens import Specimen, is_plain, load, mixed, specimens
from .weights import STEP

LEAST_WEIGHT = 7  # in steps; characters that weigh less are not worth their place in the file
LEAST_PAGES = 40  # what fewer teach is wrong more often than the rules without being in doubt
# Whole archives are full of tables, verse and lists; articles of plain copy are what most pages
# are made of, and what a small paper prints. So pages of plain articles count for more.
WORTH = {"plain": 1.0, "filed": 0.3}


class TooFewPagesError(ValueError):
    """An archive too small to trust what it teaches; it says how many pages it has."""

    def __init__(self, pages: int):
        super().__init__(f"{pages} pages are too few to learn from, {LEAST_PAGES} are needed")
        self.pages = pages


def train(
    rows: Sequence[dict],
    *,
    rounds: int = 3,
    seeds: Sequence[int] = (1, 2),
    table: bool = True,
    least: int = 12,
) -> dict:
    """Return the learnt weights as plain data, ready to be written as JSON.

    They say between which days the archive is, so that nobody measures them on these.
    A feature is kept if `least` lines show it in each of the ways that the pages are broken.
    Raises TooFewPagesError for an archive that is too small.
    """
    if (count := len({(row["date"], row["page"]) for row in rows})) < LEAST_PAGES:
        raise TooFewPagesError(count)
    pairs, openings = follow(rows) if table else ({}, {})
    seams = Seams(pairs, openings)
    pages = [
        (page(specimen, seams), worth) for seed in seeds for specimen, worth in _pages(rows, seed)
    ]
    keep = common((one for one, _ in pages), least * len(seeds), characters=table)
    learner, rng = Learner(keep), Random(0)
    for turn in range(rounds):
        learner.rate = 0.25 / (1 + turn / 2)
        rng.shuffle(pages)
        for one, worth in pages:
            learner.learn(one, worth)
    days = sorted(row["date"] for row in rows)
    return {"days": [days[0], days[-1]]} | kept(learner, pairs, openings)


def _pages(rows: Sequence[dict], seed: int) -> Iterator[tuple[Specimen, float]]:
    """Yield pages of every kind: as filed, of plain articles alone, and articles in new company."""
    plain = [row for row in rows if is_plain(row)]
    for source, kind in ((rows, "filed"), (plain, "plain")):
        for specimen in (*specimens(source, seed=seed), *mixed(source, seed=seed + 2)):
            yield specimen, WORTH[kind]


def page(specimen: Specimen, seams: Seams) -> Page:
    """Measure a page as the reader would; lines whose kind is sure take no part."""
    atoms = sort([Line(i, text) for i, text in enumerate(specimen.lines)])
    shapes = shaped(of_open_lines(atoms))
    gold = [LABELS.index(specimen.labels[atom.line.number]) for atom in atoms if not atom.kind]
    return features(shapes, seams), [shape.end for shape in shapes], gold


def common(pages: Iterable[Page], least: int, *, characters: bool = True) -> set[str]:
    """Return the features that enough lines show; characters only if they are wanted."""
    counts = Counter(name for found, _, _ in pages for names in found for name in names)
    return {
        name
        for name, count in counts.items()
        if count >= least and (characters or not is_character(name))
    }


def is_character(name: str) -> bool:
    """Say whether a feature names characters of the text."""
    return name[:1] in "az" and name[1:2] in "123" or "-z2=" in name


def follow(rows: Iterable[dict], *, most: int = 8_000, least: int = 15) -> tuple[dict, dict]:
    """Count how strongly characters follow each other, and how often paragraphs open with them."""
    single, double, opening = Counter(), Counter(), Counter()
    for text in (p.strip() for row in rows for p in row["paragraphs"] if p.strip()):
        single.update(text)
        double.update(
            a + b for a, b in zip(text, text[1:], strict=False) if is_han(a) and is_han(b)
        )
        opening.update((text[:1], text[:2]))
    total, starts = sum(single.values()), sum(opening.values()) / 2
    pairs = {
        two: round(log(count * total / (single[two[0]] * single[two[1]])))
        for two, count in double.most_common(most)
        if count >= least
    }
    openings = {
        words: round(
            log(count / starts * total / ((single if len(words) == 1 else double)[words] + 1))
        )
        for words, count in opening.items()
        if count >= 10
    }
    return pairs, openings


def kept(learner: Learner, pairs: dict, openings: dict) -> dict:
    """Return what is worth keeping, in whole tenths."""
    weights, joints = learner.taught()
    rounded = {name: _steps(row) for name, row in weights.items()}
    nested = defaultdict(dict)
    for two, value in pairs.items():
        nested[two[0]][two[1]] = value
    return {
        "weights": {name: row for name, row in rounded.items() if _is_worth_keeping(name, row)},
        "follows": {end: [_steps(row) for row in table] for end, table in joints.items()},
        "pairs": nested,
        "openings": openings,
    }


def _steps(row: Iterable[float]) -> list[int]:
    return [round(value * STEP) for value in row]


def _is_worth_keeping(name: str, row: Sequence[int]) -> bool:
    if name in SPEAKS:
        return True  # or the rule would speak again
    return max(map(abs, row)) >= (LEAST_WEIGHT if is_character(name) else 1)


def learn(archives: Iterable[Path], out: Path, *, table: bool = False) -> int:
    """Read archives, learn, write one small file; return how many weights it holds.

    With `table` the file also says which characters of the archive follow each other. Raises
    OSError where a file cannot be read or written, ValueError where a line is no article or
    where there is none.
    """
    rows = [row for path in archives for row in load(path)]
    if not rows:
        raise ValueError("no article to learn from")
    learnt = train(rows, table=table)
    text = json.dumps(learnt, ensure_ascii=False, separators=(",", ":"))
    out.write_text(text, encoding="utf-8")
    return len(learnt["weights"])
