"""Stochastic gradient descent for the conditional random field, starting from the rules.

AdaGrad with dropout of features and weight decay; the result is the mean of all steps, so that the
last pages do not decide. The same pages always give the same weights.
"""

import random
from collections.abc import Iterable, Sequence
from math import exp, sqrt

from articles.intake.parse.labels import rules
from articles.intake.parse.labels.crf import (
    ENDINGS,
    LABELS,
    SIZE,
    ForwardBackward,
    Scores,
    parse_scores,
    rule_transitions,
)

# The features of every line, how every line ends, the known label of every line.
Page = tuple[list[list[str]], list[str], list[int]]
LEAST_GRADIENT = 0.004  # a line that is right with such certainty changes nothing


class Learner:
    """Weights of features, and of neighbouring labels after each ending."""

    def __init__(self, names: Iterable[str], *, rate=0.25, decay=6e-3, dropout=0.2):
        self.rate, self.decay, self.dropout = rate, decay, dropout
        self.random = random.Random(5).random
        self.places = {name: i for i, name in enumerate(sorted(names))}
        self.first = {end: len(self.places) + i * SIZE for i, end in enumerate(ENDINGS)}
        self.rows = [parse_scores(rules.FEATURES.get(name, "")) for name in self.places]
        self.rows += [row for end in ENDINGS for row in rule_transitions(end)]
        self.squares = [[1e-2] * SIZE for _ in self.rows]
        self.sums = [[0.0] * SIZE for _ in self.rows]
        self.time = 1

    def mean_weights(self) -> tuple[dict[str, Scores], dict[str, list[Scores]]]:
        """Return the mean weights: by feature, and by ending."""
        mean = [
            [value - total / self.time for value, total in zip(*pair, strict=True)]
            for pair in zip(self.rows, self.sums, strict=True)
        ]
        transitions = {end: mean[first : first + SIZE] for end, first in self.first.items()}
        return {name: mean[place] for name, place in self.places.items()}, transitions

    def step(self, page: Page, weight: float = 1.0) -> None:
        """Take one step towards the known labels of a page, scaled by a weight."""
        names, ends, gold = page
        found = [self._sampled(line) for line in names]
        scores = [self._score(line) for line in found]
        factors = {end: self._factors(end) for end in set(ends)}
        lattice = ForwardBackward(scores, [factors[end] for end in ends[:-1]])
        gradient: dict[int, Scores] = {}
        self._add_features(gradient, found, gold, lattice.marginals())
        self._add_transitions(gradient, ends, gold, lattice)
        self._update(gradient, weight)

    def _sampled(self, names: Sequence[str]) -> list[int]:
        """Return the places of the features of a line, without those dropped at random."""
        places, draw, dropout = self.places, self.random, self.dropout
        return [places[name] for name in names if name in places and draw() > dropout]

    def _score(self, line: Sequence[int]) -> Scores:
        k = t = d = s = p = c = 0.0
        for place in line:
            a, b, e, f, g, h = self.rows[place]
            k += a
            t += b
            d += e
            s += f
            p += g
            c += h
        return [k, t, d, s, p, c]

    def _factors(self, end: str) -> list[Scores]:
        first = self.first[end]
        return [[exp(value) for value in row] for row in self.rows[first : first + SIZE]]

    @staticmethod
    def _add_features(gradient, found, gold, chances) -> None:
        for line, label, row in zip(found, gold, chances, strict=True):
            delta = [-chance for chance in row]
            delta[label] += 1
            if max(map(abs, delta)) > LEAST_GRADIENT:
                for place in line:
                    _add(gradient, place, delta)

    def _add_transitions(self, gradient, ends, gold, lattice) -> None:
        for i in range(len(gold) - 1):
            first, chances = self.first[ends[i]], lattice.pairs(i)
            chances[gold[i]][gold[i + 1]] -= 1
            for label in range(len(LABELS)):
                _add(gradient, first + label, [-chance for chance in chances[label]])

    def _update(self, gradient: dict[int, Scores], weight: float) -> None:
        for place, row in gradient.items():
            weights, squares, sums = self.rows[place], self.squares[place], self.sums[place]
            for k in range(SIZE):
                slope = weight * row[k] - self.decay * weights[k]
                squares[k] += slope * slope
                change = self.rate * slope / sqrt(squares[k])
                weights[k] += change
                sums[k] += self.time * change
        self.time += 1


def _add(gradient: dict[int, Scores], place: int, delta: Scores) -> None:
    row = gradient.get(place)
    if row is None:
        gradient[place] = delta[:]
        return
    for k, value in enumerate(delta):
        row[k] += value
