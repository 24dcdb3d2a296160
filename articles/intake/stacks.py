"""How short lines stand on each other: kicker over headline over deck, or alone in the copy."""

from . import words
from .grammar import COLUMN_SUFFIX, QUOTED
from .heads import relation
from .shapes import bucket
from .topics import share, topic


def runs(shapes) -> list[tuple[int, int]]:
    """Return for each line its place in a run of short lines and the length of that run."""
    places, start = [(0, 0)] * len(shapes), 0
    for i in range(len(shapes) + 1):
        if i == len(shapes) or not shapes[i].may_head or shapes[i].before:
            for k in range(start, i):
                places[k] = (k - start, i - start)
            start = i if i < len(shapes) and shapes[i].may_head else i + 1
    return places


def heading(shapes, i, run) -> list[str]:
    """Return what speaks for or against a short line being a head; `run` is its place in one."""
    shape, text = shapes[i], shapes[i].text
    place, total = run
    found = [
        f"run={min(place, 3)}/{min(total, 4)}",
        f"run-end={min(place, 3)}/{min(total, 4)}-{shape.end}",
    ]
    if COLUMN_SUFFIX.search(text):
        found.append("column-suffix")
    if QUOTED.match(text):
        found.append("quoted")
    found += [
        f"pos-last={words.last(text)}",
        f"pos-first={words.first(text)}",
        f"verb={words.has_verb(text)}-{min(total, 3)}",
    ]
    under = _under(shapes, i + total - place)
    found.append(f"run-{under}={min(place, 2)}/{min(total, 3)}")
    found += _stack(shapes, i, run)
    found += topic(shapes, i, place, total)
    return found


def _under(shapes, at) -> str:
    """Say what stands under a run: a lead-in, a byline, copy, or nothing."""
    if at >= len(shapes):
        return "end"
    if shapes[at].is_lead:
        return "lead"
    return "byline" if shapes[at].before == "byline" else "copy"


def _stack(shapes, i, run) -> list[str]:
    """Compare a short line with its neighbours in the same run."""
    place, total = run
    found = []
    if place:
        found += _upper(shapes[i - 1], shapes[i])
    if place + 1 < total:
        found += _lower(shapes[i], shapes[i + 1])
    if _under(shapes, i + total - place) == "lead":
        found.append(f"lead-in={min(total - place, 4)}")
        found.append(f"lead-run={min(place, 3)}/{min(total, 4)}")
    return found


def _upper(upper, shape) -> list[str]:
    """Weigh a line against the one that it stands under."""
    found = ["under-longer" if upper.length > shape.length else "under-shorter"]
    if upper.end == "dash":
        found.append("under-dash")
    if COLUMN_SUFFIX.search(upper.text):
        found.append("under-column-suffix")
    return [*found, f"above-z2={upper.text[-2:]}", *_against(upper, shape, "under")]


def _lower(shape, lower) -> list[str]:
    """Weigh a line against the one that it stands over."""
    found = ["over-longer" if lower.length > shape.length else "over-shorter"]
    if lower.text.startswith("——"):
        found.append("over-dash")
    if COLUMN_SUFFIX.search(lower.text):
        found.append("over-column-suffix")
    return [*found, f"below-z2={lower.text[-2:]}", *_against(shape, lower, "over")]


def _against(upper, lower, side) -> list[str]:
    """Say what two lines of a stack are to each other; `side` is where the one in question is."""
    shared = bucket(share(lower.bigrams(), upper.bigrams()), (0, 0.1, 0.3))
    signs = relation(upper.text, lower.text)
    return [*(f"{side}-{sign}" for sign in signs), f"{side}-shared={shared}"]
