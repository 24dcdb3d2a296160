"""A chain of labels over the lines of a page: the likeliest one, and how sure each label is.

A linear chain as in conditional random fields: every line gives each label a score, every
pair of neighbouring labels gets one too, by how the first line ends. Plain lists, no library.
"""

from math import exp

LABELS = "KTDSPC"
SIZE = len(LABELS)
Scores = list[float]


def best_path(scores: list[Scores], joints: list[list[Scores]]) -> list[int]:
    """Return the likeliest label of every line; joints[i] leads from line i to line i + 1."""
    if not scores:
        return []
    best, back = scores[0], []
    for own, joint in zip(scores[1:], joints, strict=False):
        step, arrows = [], []
        for label in range(SIZE):
            reach = [best[k] + joint[k][label] for k in range(SIZE)]
            top = max(reach)
            arrows.append(reach.index(top))
            step.append(top + own[label])
        best = step
        back.append(arrows)
    path = [best.index(max(best))]
    for arrows in reversed(back):
        path.append(arrows[path[-1]])
    return path[::-1]


def marginals(scores: list[Scores], joints: list[list[Scores]]) -> list[Scores]:
    """Return the probability of every label of every line."""
    return Lattice(scores, joints).marginals()


class Lattice:
    """Forward and backward sums over one page, in probabilities scaled line by line."""

    def __init__(self, scores: list[Scores], joints: list[list[Scores]]):
        self.own = [_exponents(row) for row in scores]
        self.joint = joints
        self.forward = self._forward()
        self.backward = self._backward()

    def _forward(self) -> list[Scores]:
        rows: list[Scores] = []
        for i, own in enumerate(self.own):
            if not i:
                rows.append(_scaled(own))
                continue
            a, b, c, d, e, f = rows[-1]
            joint = zip(*self.joint[i - 1], strict=False)
            rows.append(
                _scaled(
                    [
                        (a * j[0] + b * j[1] + c * j[2] + d * j[3] + e * j[4] + f * j[5]) * o
                        for j, o in zip(joint, own, strict=False)
                    ]
                )
            )
        return rows

    def _backward(self) -> list[Scores]:
        rows = [[1.0] * SIZE]
        for own, joint in zip(reversed(self.own), reversed(self.joint), strict=False):
            a, b, c, d, e, f = (x * y for x, y in zip(rows[-1], own, strict=False))
            rows.append(
                _scaled(
                    [j[0] * a + j[1] * b + j[2] * c + j[3] * d + j[4] * e + j[5] * f for j in joint]
                )
            )
        return rows[::-1]

    def marginals(self) -> list[Scores]:
        """Return the probability of every label of every line."""
        return [
            _scaled([a * b for a, b in zip(*pair, strict=False)])
            for pair in zip(self.forward, self.backward, strict=False)
        ]

    def pairs(self, i: int) -> list[Scores]:
        """Return the probability of every pair of labels of lines i and i + 1."""
        after = [x * y for x, y in zip(self.own[i + 1], self.backward[i + 1], strict=False)]
        table = [
            [f * j * a for j, a in zip(row, after, strict=False)]
            for f, row in zip(self.forward[i], self.joint[i], strict=False)
        ]
        total = sum(map(sum, table)) or 1.0
        return [[cell / total for cell in row] for row in table]


def _exponents(row: Scores) -> Scores:
    top = max(row)
    return [exp(max(value - top, -60.0)) for value in row]


def _scaled(row: Scores) -> Scores:
    total = sum(row) or 1.0
    return [value / total for value in row]
