"""Conditional random field over the lines of a page: weights, the best labels, probabilities.

A linear chain: every line gives each label a score (the sum of the weights of its features),
every pair of neighbouring labels has one too, by how the first line ends. Plain lists, no library.
"""

import json
from functools import lru_cache
from math import exp
from pathlib import Path

from . import rules
from .line_joins import LineJoins, LineMetrics

LABELS = "KTDSPC"
SIZE = len(LABELS)
Scores = list[float]
LEARNT = Path(__file__).with_name("learnt.json")
ENDINGS = ("stop", "pause", "colon", "dash", "quote", "paren", "title", "none")
FORBIDDEN = -40.0
STEP = 10  # learnt weights are stored as whole tenths


def parse_scores(words: str) -> Scores:
    """Turn `T+2 K-1` into one number for each label."""
    values = [0.0] * SIZE
    for word in words.split():
        values[LABELS.index(word[0])] = float(word[1:])
    return values


def rule_transitions(end: str) -> list[Scores]:
    """Return the scores of all pairs of labels after a line with an ending, by the rules alone."""
    table = rules.TRANSITIONS["*"] | rules.TRANSITIONS.get(end, {})
    return [parse_scores(table[label]) for label in LABELS]


class Weights:
    """Weights of features and of transitions: the rules, replaced by what a file has learnt."""

    def __init__(self, learnt: dict | None = None):
        learnt = learnt or {}
        self.days = tuple(learnt.get("days", ()))  # the first and the last of the archive
        self.rows = {name: parse_scores(words) for name, words in rules.FEATURES.items()}
        self.rows |= {name: _unscaled(row) for name, row in learnt.get("weights", {}).items()}
        by_end = {end: rule_transitions(end) for end in ENDINGS}
        follows = learnt.get("follows", {}).items()
        by_end |= {end: [_unscaled(row) for row in table] for end, table in follows}
        self.transition_tables = {
            place: {end: _without_forbidden(table, pairs) for end, table in by_end.items()}
            for place, pairs in rules.FORBIDDEN_TRANSITIONS.items()
        }
        tables = self.transition_tables.items()
        self.factor_tables = {place: _exp_tables(by_end) for place, by_end in tables}
        self.joins = LineJoins(_flat(learnt.get("pairs", {})), learnt.get("openings", {}))

    def score(self, names: list[str]) -> Scores:
        """Return the sum of the weights of the features of one line, for each label."""
        k = t = d = s = p = c = 0.0
        rows = self.rows
        for name in names:
            if name in rows:
                a, b, e, f, g, h = rows[name]
                k += a
                t += b
                d += e
                s += f
                p += g
                c += h
        return [k, t, d, s, p, c]

    def transitions(self, line: LineMetrics, after: LineMetrics) -> list[Scores]:
        """Return the scores of all pairs of labels of two neighbouring lines."""
        return self.transition_tables[_relation(line, after)][line.end]

    def transition_factors(self, line: LineMetrics, after: LineMetrics) -> list[Scores]:
        """Return the exponentials of the same scores."""
        return self.factor_tables[_relation(line, after)][line.end]

    def strongest(self, names: list[str], label: int, rival: int, most: int = 3) -> list[str]:
        """Return the features that favoured a label most over another."""
        found = [
            (self.rows[name][label] - self.rows[name][rival], name)
            for name in names
            if name in self.rows
        ]
        return [name for value, name in sorted(found, reverse=True)[:most] if value > 0]


def _unscaled(row: list[int]) -> Scores:
    return [value / STEP for value in row]


def _exp_tables(by_end: dict[str, list[Scores]]) -> dict[str, list[Scores]]:
    return {end: [[exp(v) for v in row] for row in table] for end, table in by_end.items()}


def _relation(line: LineMetrics, after: LineMetrics) -> str:
    """Return the relation of two lines, which decides the transitions that are impossible."""
    if not after.is_short:
        return "over copy"
    is_stack = line.can_be_head and after.can_be_head and not after.above
    return "stacked" if is_stack else "apart"


def _without_forbidden(table: list[Scores], pairs: str) -> list[Scores]:
    """Return a table in which the forbidden transitions are out of reach."""
    forbidden = {tuple(pair.split(">")) for pair in pairs.split()}
    return [
        [
            FORBIDDEN if any(label in a and to in b for a, b in forbidden) else value
            for to, value in zip(LABELS, row, strict=True)
        ]
        for label, row in zip(LABELS, table, strict=True)
    ]


def _flat(pairs: dict[str, dict[str, int]]) -> dict[str, int]:
    return {first + last: value for first, row in pairs.items() for last, value in row.items()}


@lru_cache(maxsize=1)
def rule_weights() -> Weights:
    """Return the weights of the rules alone."""
    return Weights()


@lru_cache(maxsize=1)
def learnt_weights() -> Weights:
    """Return the weights learnt from the paper's archive, or the rules where none were learnt."""
    return Weights(json.loads(LEARNT.read_text("utf-8"))) if LEARNT.exists() else rule_weights()


def best_path(scores: list[Scores], transitions: list[list[Scores]]) -> list[int]:
    """Return the most probable labels (Viterbi); transitions[i] is from line i to line i + 1."""
    if not scores:
        return []
    best, back = scores[0], []
    for own, table in zip(scores[1:], transitions, strict=False):
        reach = [[best[k] + table[k][label] for k in range(SIZE)] for label in range(SIZE)]
        back.append([row.index(max(row)) for row in reach])
        best = [max(row) + own[label] for label, row in enumerate(reach)]
    path = [best.index(max(best))]
    for arrows in reversed(back):
        path.append(arrows[path[-1]])
    return path[::-1]


class ForwardBackward:
    """Forward and backward sums over one page, in probabilities scaled line by line."""

    def __init__(self, scores: list[Scores], factors: list[list[Scores]]):
        self.own = [_exponentials(row) for row in scores]
        self.factors = factors
        self.forward = self._forward()
        self.backward = self._backward()

    def _forward(self) -> list[Scores]:
        rows = [_normalized(own) for own in self.own[:1]]
        for table, own in zip(self.factors, self.own[1:], strict=False):
            a, b, c, d, e, f = rows[-1]
            sums = [
                (a * t[0] + b * t[1] + c * t[2] + d * t[3] + e * t[4] + f * t[5]) * o
                for t, o in zip(zip(*table, strict=False), own, strict=False)
            ]
            rows.append(_normalized(sums))
        return rows

    def _backward(self) -> list[Scores]:
        rows = [[1.0] * SIZE]
        for own, table in zip(reversed(self.own), reversed(self.factors), strict=False):
            a, b, c, d, e, f = (x * y for x, y in zip(rows[-1], own, strict=False))
            sums = [t[0] * a + t[1] * b + t[2] * c + t[3] * d + t[4] * e + t[5] * f for t in table]
            rows.append(_normalized(sums))
        return rows[::-1]

    def marginals(self) -> list[Scores]:
        """Return the probability of every label of every line."""
        return [
            _normalized([a * b for a, b in zip(*pair, strict=False)])
            for pair in zip(self.forward, self.backward, strict=False)
        ]

    def pairs(self, i: int) -> list[Scores]:
        """Return the probability of every pair of labels of lines i and i + 1."""
        after = [x * y for x, y in zip(self.own[i + 1], self.backward[i + 1], strict=False)]
        table = [
            [f * t * a for t, a in zip(row, after, strict=False)]
            for f, row in zip(self.forward[i], self.factors[i], strict=False)
        ]
        total = sum(map(sum, table)) or 1.0
        return [[cell / total for cell in row] for row in table]


def _exponentials(row: Scores) -> Scores:
    top = max(row)
    return [exp(max(value - top, -60.0)) for value in row]


def _normalized(row: Scores) -> Scores:
    total = sum(row) or 1.0
    return [value / total for value in row]
