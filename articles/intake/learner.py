"""A conditional random field learnt page by page: it starts from the trade's rules.

AdaGrad with dropped features, a pull back to where it started, and the mean of all steps as the
result: one unlucky page at the end does not decide. The same pages always teach the same.
"""

import random
from collections.abc import Iterable, Sequence
from math import exp, sqrt

from . import rules
from .chain import LABELS, SIZE, Lattice, Scores
from .weights import ENDINGS

# The features of every line, how every line ends, the known label of every line.
Page = tuple[list[list[str]], list[str], list[int]]
FAINT = 0.004  # a line that is right with such certainty teaches nothing


class Learner:
    """Weights of features, and of neighbouring labels after each ending."""

    def __init__(self, names: Iterable[str], *, rate=0.25, pull=6e-3, drop=0.2):
        self.rate, self.pull, self.drop = rate, pull, drop
        self.chance = random.Random(5).random
        self.places = {name: i for i, name in enumerate(sorted(names))}
        self.first = {end: len(self.places) + i * SIZE for i, end in enumerate(ENDINGS)}
        self.rows = [rules.row(rules.SPEAKS.get(name, "")) for name in self.places]
        self.rows += [row for end in ENDINGS for row in rules.joint(end)]
        self.squares = [[1e-2] * SIZE for _ in self.rows]
        self.sums = [[0.0] * SIZE for _ in self.rows]
        self.time = 1

    def taught(self) -> tuple[dict[str, Scores], dict[str, list[Scores]]]:
        """Return the mean weights: by feature, and by ending."""
        mean = [
            [value - late / self.time for value, late in zip(*pair, strict=True)]
            for pair in zip(self.rows, self.sums, strict=True)
        ]
        joints = {end: mean[first : first + SIZE] for end, first in self.first.items()}
        return {name: mean[place] for name, place in self.places.items()}, joints

    def learn(self, page: Page, worth: float = 1.0) -> None:
        """Take one step towards the known labels of a page, the larger the more it is worth."""
        names, ends, gold = page
        found = [self._chosen(line) for line in names]
        scores = [self._score(line) for line in found]
        joints = {end: self._joint(end) for end in set(ends)}
        lattice = Lattice(scores, [joints[end] for end in ends[:-1]])
        steps: dict[int, Scores] = {}
        self._own_steps(steps, found, gold, lattice.marginals())
        self._pair_steps(steps, ends, gold, lattice)
        self._apply(steps, worth)

    def _chosen(self, names: Sequence[str]) -> list[int]:
        """Return where the features of a line are kept, some left out so that all count."""
        places, chance, drop = self.places, self.chance, self.drop
        return [places[name] for name in names if name in places and chance() > drop]

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

    def _joint(self, end: str) -> list[Scores]:
        first = self.first[end]
        return [[exp(value) for value in row] for row in self.rows[first : first + SIZE]]

    @staticmethod
    def _own_steps(steps, found, gold, chances) -> None:
        for line, label, row in zip(found, gold, chances, strict=True):
            delta = [-chance for chance in row]
            delta[label] += 1
            if max(map(abs, delta)) > FAINT:
                for place in line:
                    _add(steps, place, delta)

    def _pair_steps(self, steps, ends, gold, lattice) -> None:
        for i in range(len(gold) - 1):
            first, chances = self.first[ends[i]], lattice.pairs(i)
            chances[gold[i]][gold[i + 1]] -= 1
            for label in range(len(LABELS)):
                _add(steps, first + label, [-chance for chance in chances[label]])

    def _apply(self, steps, worth) -> None:
        for place, row in steps.items():
            weights, squares, sums = self.rows[place], self.squares[place], self.sums[place]
            for k in range(SIZE):
                slope = worth * row[k] - self.pull * weights[k]
                squares[k] += slope * slope
                change = self.rate * slope / sqrt(squares[k])
                weights[k] += change
                sums[k] += self.time * change
        self.time += 1


def _add(steps: dict[int, Scores], place: int, delta: Scores) -> None:
    row = steps.get(place)
    if row is None:
        steps[place] = delta[:]
        return
    for k, value in enumerate(delta):
        row[k] += value
