"""What the chain has learnt: the trade's rules, and over them what an archive taught."""

import json
from functools import lru_cache
from math import exp
from pathlib import Path

from . import rules
from .chain import LABELS, Scores
from .seams import Seams

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
        self.joints = {end: rules.joint(end) for end in ENDINGS}
        self.joints |= {
            end: [[v / STEP for v in row] for row in t]
            for end, t in learnt.get("follows", {}).items()
        }
        for table in self.joints.values():
            for (
                label
            ) in "KSPC":  # a deck stands under a headline or under another deck, nowhere else
                table[LABELS.index(label)][LABELS.index("D")] = NEVER
        self.chances = {
            end: [[exp(v) for v in row] for row in table] for end, table in self.joints.items()
        }
        self.seams = Seams(_flat(learnt.get("pairs", {})), learnt.get("openings", {}))
        self.is_learnt = bool(learnt)

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

    def reasons(self, names: list[str], label: int, rival: int, most: int = 3) -> list[str]:
        """Name the features that spoke most for a label against its rival."""
        said = [
            (self.rows[name][label] - self.rows[name][rival], name)
            for name in names
            if name in self.rows
        ]
        return [name for value, name in sorted(said, reverse=True)[:most] if value > 0]


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
