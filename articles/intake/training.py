"""Learn from a paper's own archive how its pages are set; `manage.py learn_reading` does it.

What is kept are weights of features and how strongly characters follow each other; no sentence
of the archive can be put together again from them.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import exp, log, sqrt
from pathlib import Path

from . import rules
from .chain import LABELS, SIZE, Lattice
from .features import features
from .lines import Line
from .marks import is_han
from .seams import Seams
from .shapes import Shape, shaped
from .sorting import sort
from .specimens import Specimen, load, mixed, specimens
from .weights import ENDINGS, STEP

LEAST_WEIGHT = 7  # in steps; characters that weigh less are not worth their place in the file
Page = tuple[list[list[str]], list[str], list[int]]


class Learner:
    """A conditional random field learnt by AdaGrad; it starts from the trade's rules."""

    def __init__(self, rate: float = 0.25, pull: float = 3e-3, drop: float = 0.2):
        self.rate, self.pull, self.drop = rate, pull, drop
        self.chance = random.Random(5).random
        self.weights = defaultdict(lambda: [0.0] * SIZE)
        self.weights |= {name: rules.row(words) for name, words in rules.SPEAKS.items()}
        self.weights |= {
            f"{end}>{LABELS[k]}": row for end in ENDINGS for k, row in enumerate(rules.joint(end))
        }
        self.squares = defaultdict(lambda: [1e-2] * SIZE)

    def joint(self, end: str) -> list[list[float]]:
        """Return how labels follow each other after such an ending."""
        return [self.weights[f"{end}>{label}"] for label in LABELS]

    def learn(self, page: Page) -> None:
        """Take one step towards the known labels of a page."""
        found, ends, gold = page
        found = [[name for name in names if self.chance() > self.drop] for names in found]
        scores = [self._score(names) for names in found]
        joints = [[[exp(v) for v in row] for row in self.joint(end)] for end in ends[:-1]]
        lattice = Lattice(scores, joints)
        steps = defaultdict(lambda: [0.0] * SIZE)
        self._own_steps(steps, found, gold, lattice.marginals())
        self._pair_steps(steps, ends, gold, lattice)
        self._apply(steps)

    def _score(self, names):
        row = [0.0] * SIZE
        for name in names:
            if name in self.weights:
                row = [a + b for a, b in zip(row, self.weights[name], strict=False)]
        return row

    @staticmethod
    def _own_steps(steps, found, gold, chances) -> None:
        for names, label, row in zip(found, gold, chances, strict=False):
            delta = [-chance for chance in row]
            delta[label] += 1
            for name in names if max(map(abs, delta)) > 0.004 else ():
                steps[name] = [a + b for a, b in zip(steps[name], delta, strict=False)]

    @staticmethod
    def _pair_steps(steps, ends, gold, lattice) -> None:
        for i in range(len(gold) - 1):
            for label, row in zip(LABELS, lattice.pairs(i), strict=False):
                name = f"{ends[i]}>{label}"
                steps[name] = [a - b for a, b in zip(steps[name], row, strict=False)]
            steps[f"{ends[i]}>{LABELS[gold[i]]}"][gold[i + 1]] += 1

    def _apply(self, steps) -> None:
        for name, row in steps.items():
            weights, squares = self.weights[name], self.squares[name]
            for k in range(SIZE):
                slope = row[k] - self.pull * weights[k]
                squares[k] += slope * slope
                weights[k] += self.rate * slope / sqrt(squares[k])


def train(
    rows: Sequence[dict],
    *,
    rounds: int = 2,
    seeds: Iterable[int] = (1, 2, 3),
    table: bool = True,
    least: int = 8,
) -> dict:
    """Return the learnt weights as plain data, ready to be written as JSON."""
    pairs, openings = follow(rows) if table else ({}, {})
    seams = Seams(pairs, openings)
    pages = [page(specimen, seams) for seed in seeds for specimen in _pages(rows, seed)]
    keep = common(pages, least, characters=table)
    pages = [
        ([[n for n in names if n in keep] for names in found], ends, gold)
        for found, ends, gold in pages
    ]
    learner, rng = Learner(), random.Random(0)
    for turn in range(rounds):
        learner.rate = 0.25 / (1 + turn / 2)
        rng.shuffle(pages)
        for one in pages:
            learner.learn(one)
    return kept(learner, keep, pairs, openings)


def _pages(rows: Sequence[dict], seed: int) -> Iterator[Specimen]:
    """Yield pages of every kind: as filed, of plain articles alone, and articles in new company."""
    plain = [row for row in rows if _is_plain(row)]
    for source in (rows, plain):
        yield from specimens(source, seed=seed)
        yield from mixed(source, seed=seed + 2)


def _is_plain(row: dict) -> bool:
    body = row["paragraphs"]
    return (
        bool(row["headline"])
        and len(body) >= 2
        and all(len(p.strip()) >= 12 for p in body)
        and sum(map(len, body)) < 4000
    )


def page(specimen: Specimen, seams: Seams) -> Page:
    """Measure a page as the reader would; lines whose kind is sure take no part."""
    atoms = sort([Line(i, text) for i, text in enumerate(specimen.lines)])
    shapes, gold, before = [], [], ""
    for atom, after in zip(atoms, [*atoms[1:], None], strict=False):
        if not atom.kind:
            shapes.append(Shape(atom.text, 0, False, before, after.kind if after else ""))
            gold.append(LABELS.index(specimen.labels[atom.line.number]))
        before = atom.kind
    shaped(shapes)
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


def kept(learner: Learner, keep: Iterable[str], pairs: dict, openings: dict) -> dict:
    """Return what is worth keeping, in whole tenths."""
    rounded = {
        name: [round(v * STEP) for v in learner.weights[name]]
        for name in sorted(keep)
        if name in learner.weights
    }
    nested = defaultdict(dict)
    for two, value in pairs.items():
        nested[two[0]][two[1]] = value
    return {
        "weights": {
            name: row
            for name, row in rounded.items()
            if max(map(abs, row)) >= (LEAST_WEIGHT if is_character(name) else 1)
        },
        "follows": {
            end: [[round(v * STEP) for v in row] for row in learner.joint(end)] for end in ENDINGS
        },
        "pairs": nested,
        "openings": openings,
    }


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
