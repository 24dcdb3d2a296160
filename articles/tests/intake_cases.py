"""The sample page and the invented hard cases, and what is expected of each parse."""

import json
from pathlib import Path

from articles.intake.parse.labels.crf import Weights
from articles.intake.parse.parser import parse
from articles.intake.parse.serialization import to_json

SAMPLE = Path(__file__).with_name("samples")
CASES = json.loads((SAMPLE / "intake_cases.json").read_text("utf-8"))
PAGE = (SAMPLE / "page-text.txt").read_text("utf-8")
EXPECTED = json.loads((SAMPLE / "expected.json").read_text("utf-8"))


def problems(case: dict, weights: Weights | None = None) -> list[str]:
    """Return what differs from the expected parse, one sentence each."""
    got = to_json(parse(case["raw"], weights=weights))
    seen = {key: _seen(key, got, want) for key, want in case["expect"].items()}
    return [
        f"{key}: wanted {want}, got {seen[key]}"
        for key, want in case["expect"].items()
        if seen[key] != want
    ]


def _seen(key: str, got: dict, want):
    """Return the actual value for one expectation."""
    stories = got["stories"]
    first = stories[0] if stories else {}
    answers = {
        "stories": lambda: len(stories),
        "paras": lambda: [len(s["paragraphs"]) for s in stories],
        "by": lambda: [[b["role"], b["name"]] for b in first["bylines"]],
        "heads": lambda: [
            sum(bool(s[k]) for k in ("column", "kicker", "headline", "deck")) for s in stories
        ],
        "dateline": lambda: [s["dateline"] for s in stories],
        "jump": lambda: [p for s in stories for p in s["jump_to"]],
        "jump_from": lambda: [p for s in stories for p in s["jump_from"]],
        "credits": lambda: [[[c["role"], c["name"]] for c in s["credits"]] for s in stories],
        "subheads": lambda: [len(s["subheads"]) for s in stories],
        "note": lambda: any(s["notes"] for s in stories),
        "furniture": lambda: len(got["furniture"]),
        "genre": lambda: first["genre"],
        "flag_any": lambda: _flags(got, want),
    }
    return answers[key]()


def _flags(got: dict, wanted: list[str]) -> list[str]:
    """Return the wanted flags if there is a warning of any of them, else all warnings."""
    codes = [warning["code"] for warning in got["warnings"]]
    return wanted if any(code.startswith(flag) for flag in wanted for code in codes) else codes
