"""What the chain has learnt: the trade's rules, and over them what an archive taught."""

import json
from functools import lru_cache
from math import exp
from pathlib import Path

from . import rules
from .chain import LABELS, Scores
from .seams import Seams
from .shapes import Shape

LEARNT = Path(__file__).with_name("learnt.json")
ENDINGS = ("stop", "pause", "colon", "dash", "quote", "paren", "title", "none")
NEVER = -40.0
STEP = 10  # weights are kept as whole tenths


class Weights:
    """Scores for features and for neighbours, of rules alone or of rules and a learnt file."""

    def __init__(self, learnt: dict | None = None):
        learnt = learnt or {}
        self.rows = {name: rules.row(words) for name, words in rules.SPEAKS.items()}
        self.rows |= {
            name: [v / STEP for v in row] for name, row in learnt.get("weights", {}).items()
        }
        joints = {end: rules.joint(end) for end in ENDINGS}
        joints |= {
            end: [[v / STEP for v in row] for row in table]
            for end, table in learnt.get("follows", {}).items()
        }
        self.joints = {
            place: {end: _forbidden(table, pairs) for end, table in joints.items()}
            for place, pairs in rules.NEVER_FOLLOWS.items()
        }
        self.chances = {
            place: {end: [[exp(v) for v in row] for row in table] for end, table in tables.items()}
            for place, tables in self.joints.items()
        }
        self.seams = Seams(_flat(learnt.get("pairs", {})), learnt.get("openings", {}))
        self.days = tuple(learnt.get("days", ()))  # the first and the last of the archive

    def score(self, names: list[str]) -> Scores:
        """Add up what the features of one line say for each label."""
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

    def joint(self, shape: Shape, after: Shape) -> list[Scores]:
        """Return how labels follow each other from one line to the next."""
        return self.joints[_place(shape, after)][shape.end]

    def chance(self, shape: Shape, after: Shape) -> list[Scores]:
        """Return the same as factors of probability."""
        return self.chances[_place(shape, after)][shape.end]

    def reasons(self, names: list[str], label: int, rival: int, most: int = 3) -> list[str]:
        """Name the features that spoke most for a label against its rival."""
        said = [
            (self.rows[name][label] - self.rows[name][rival], name)
            for name in names
            if name in self.rows
        ]
        return [name for value, name in sorted(said, reverse=True)[:most] if value > 0]


def _place(shape: Shape, after: Shape) -> str:
    """Say what two lines are to each other before it is known what they are."""
    if not after.is_short:
        return "over copy"
    is_stack = shape.may_head and after.may_head and not after.before
    return "stacked" if is_stack else "apart"


def _forbidden(table: list[Scores], pairs: str) -> list[Scores]:
    """Return a table in which what the trade forbids is out of reach."""
    never = {tuple(pair.split(">")) for pair in pairs.split()}
    return [
        [
            NEVER if any(label in a and to in b for a, b in never) else value
            for to, value in zip(LABELS, row, strict=True)
        ]
        for label, row in zip(LABELS, table, strict=True)
    ]


def _flat(pairs: dict[str, dict[str, int]]) -> dict[str, int]:
    return {first + last: value for first, row in pairs.items() for last, value in row.items()}


@lru_cache(maxsize=1)
def by_rule() -> Weights:
    """Return the weights of the trade's rules alone."""
    return Weights()


@lru_cache(maxsize=1)
def learnt() -> Weights:
    """Return the weights learnt from the paper's archive, or the rules where none were learnt."""
    return Weights(json.loads(LEARNT.read_text("utf-8"))) if LEARNT.exists() else by_rule()
