"""Train the weights of the page parser on a paper's archive; `learn_reading` calls `learn`.

The result holds weights of features and how strongly characters follow each other; no sentence of
the archive can be put together again from it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from random import Random

from articles.intake.parse.fixed_lines import classify_fixed_lines
from articles.intake.parse.labels.crf import LABELS, STEP
from articles.intake.parse.labels.features import features
from articles.intake.parse.labels.line_joins import LineJoins, measure_lines
from articles.intake.parse.labels.rules import FEATURES
from articles.intake.parse.raw_text import Line, is_han

from .learner import Learner, Page
from .training_pages import TrainingPage, is_plain, load, mixed_pages, training_pages

LEAST_WEIGHT = 7  # in steps; features of characters that weigh less are left out
LEAST_PAGES = 40  # weights of fewer pages are wrong more often without being in doubt
# Whole archives are full of tables, verse and lists; articles of plain copy are what most pages
# are made of, and what a small paper prints. So pages of plain articles have more weight.
PAGE_WEIGHTS = {"plain": 1.0, "filed": 0.3}


class TooFewPagesError(ValueError):
    """An archive has too few pages; `pages` says how many."""

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

    `days` are the first and the last of the archive, so that nobody measures on them. A feature
    is used if `least` lines have it for each seed. Raises TooFewPagesError.
    """
    if (count := len({(row["date"], row["page"]) for row in rows})) < LEAST_PAGES:
        raise TooFewPagesError(count)
    pairs, openings = count_characters(rows) if table else ({}, {})
    joins = LineJoins(pairs, openings)
    pages = [
        (measured(page, joins), weight) for seed in seeds for page, weight in _pages(rows, seed)
    ]
    names = common_features((page for page, _ in pages), least * len(seeds), characters=table)
    learner, rng = Learner(names), Random(0)
    for turn in range(rounds):
        learner.rate = 0.25 / (1 + turn / 2)
        rng.shuffle(pages)
        for page, weight in pages:
            learner.step(page, weight)
    days = sorted(row["date"] for row in rows)
    return {"days": [days[0], days[-1]]} | weights_json(learner, pairs, openings)


def _pages(rows: Sequence[dict], seed: int) -> Iterator[tuple[TrainingPage, float]]:
    """Yield pages with their weights: as filed, of plain articles alone, and of mixed articles."""
    plain = [row for row in rows if is_plain(row)]
    for source, kind in ((rows, "filed"), (plain, "plain")):
        for page in (*training_pages(source, seed=seed), *mixed_pages(source, seed=seed + 2)):
            yield page, PAGE_WEIGHTS[kind]


def measured(page: TrainingPage, joins: LineJoins) -> Page:
    """Return the features, endings and labels of the lines that the parser has to label."""
    pieces = classify_fixed_lines([Line(i, text) for i, text in enumerate(page.lines)])
    lines = measure_lines(pieces)
    gold = [LABELS.index(page.labels[piece.line.number]) for piece in pieces if not piece.kind]
    return features(lines, joins), [line.end for line in lines], gold


def common_features(pages: Iterable[Page], least: int, *, characters: bool = True) -> set[str]:
    """Return the features of at least so many lines; those of characters only if wanted."""
    counts = Counter(name for found, _, _ in pages for names in found for name in names)
    return {
        name
        for name, count in counts.items()
        if count >= least and (characters or not is_character(name))
    }


def is_character(name: str) -> bool:
    """Tell whether a feature names characters of the text."""
    return name[:1] in "az" and name[1:2] in "123" or "-z2=" in name


def count_characters(
    rows: Iterable[dict], *, most: int = 8_000, least: int = 15
) -> tuple[dict, dict]:
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


def weights_json(learner: Learner, pairs: dict, openings: dict) -> dict:
    """Return the weights that matter, in whole tenths."""
    weights, transitions = learner.mean_weights()
    rounded = {name: _steps(row) for name, row in weights.items()}
    nested = defaultdict(dict)
    for two, value in pairs.items():
        nested[two[0]][two[1]] = value
    return {
        "weights": {name: row for name, row in rounded.items() if _is_significant(name, row)},
        "follows": {end: [_steps(row) for row in table] for end, table in transitions.items()},
        "pairs": nested,
        "openings": openings,
    }


def _steps(row: Iterable[float]) -> list[int]:
    return [round(value * STEP) for value in row]


def _is_significant(name: str, row: Sequence[int]) -> bool:
    if name in FEATURES:
        return True  # or the weight of the rule would apply again
    return max(map(abs, row)) >= (LEAST_WEIGHT if is_character(name) else 1)


def learn(archives: Iterable[Path], out: Path, *, table: bool = False) -> int:
    """Train on archives and write the weights to a file; return how many it holds.

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
