"""How short lines stand on each other: kicker over headline over deck, or alone in the copy."""

from . import words
from .grammar import COLUMN_SUFFIX, QUOTED
from .heads import cue, digits, event
from .shapes import bucket
from .topics import copy_from, share, topic


def runs(shapes) -> list[tuple[int, int]]:
    """Return for each line its place in a run of short lines and the length of that run."""
    places, start = [(0, 0)] * len(shapes), 0
    for i in range(len(shapes) + 1):
        if i == len(shapes) or not shapes[i].is_short or shapes[i].before:
            for k in range(start, i):
                places[k] = (k - start, i - start)
            start = i if i < len(shapes) and shapes[i].is_short else i + 1
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
    found += _stack(shapes, i, run)
    found += topic(shapes, i, place, total)
    return found


def _stack(shapes, i, run) -> list[str]:
    """Compare a short line with its neighbours in the same run."""
    place, total = run
    found = []
    if place and shapes[i - 1].end == "dash":
        found.append("under-dash")
    if place and COLUMN_SUFFIX.search(shapes[i - 1].text):
        found.append("under-column-suffix")
    if place + 1 < total:
        below = shapes[i + 1]
        found.append("over-longer" if below.length > shapes[i].length else "over-shorter")
        found.append(f"below-z2={below.text[-2:]}")
        if below.text.startswith("——"):
            found.append("over-dash")
        if COLUMN_SUFFIX.search(below.text):
            found.append("over-column-suffix")
    if total > 1:
        found += _against(
            shapes,
            i,
            i + 1 if place + 1 < total else i - 1,
            "over" if place + 1 < total else "under",
        )
    if place:
        found.append(f"above-z2={shapes[i - 1].text[-2:]}")
        found.append("under-longer" if shapes[i - 1].length > shapes[i].length else "under-shorter")
    under = i + total - place
    if under < len(shapes) and shapes[under].is_lead:
        found.append(f"lead-in={min(total - place, 4)}")
        found.append(f"lead-run={min(place, 3)}/{min(total, 4)}")
    return found


def _against(shapes, i, k, side) -> list[str]:
    """Weigh a line of a stack against the one below it, or the last against the one above."""
    shape, other = shapes[i], shapes[k]
    more = bucket(shape.length - other.length, (-9, -4, -1, 1, 4, 9))
    found = [f"{side}-more={more}"]
    found += [
        f"{side}-event={event(shape.text)}{event(other.text)}",
        f"{side}-digits={digits(shape.text)}{digits(other.text)}",
    ]
    found.append(f"{side}-cue={cue(shape.text)}{cue(other.text)}")
    body = copy_from(shapes, max(i, k) + 1, 1, most=1)
    if body:
        lead = share(shape.bigrams(), body) - share(other.bigrams(), body)
        found.append(f"{side}-echo={bucket(lead, (-0.4, -0.2, -0.05, 0.05, 0.2, 0.4))}")
    found += [
        f"{side}-words={words.last(shape.text)}/{words.last(other.text)}",
        f"{side}-first={words.first(shape.text)}/{words.first(other.text)}",
    ]
    return found
