"""Whether a short line speaks of the copy above or below it, and has sisters near by."""

from math import sqrt

from .shapes import MEASURED, bucket

REACH = 30  # lines looked through for copy above or below a heading
ABOVE, BELOW = 500, 400  # characters of copy that are compared over a heading
NEAR = (0.005, 0.01, 0.016, 0.023, 0.031, 0.04, 0.052, 0.07, 0.1)
ECHO = (0, 0.1, 0.2, 0.35, 0.5)
HEADED = ("none", "quote", "title", "paren")


def topic(shapes, i, place, total) -> list[str]:
    """Compare the words of a short line with the copy above and below it, and the two."""
    over, under = i - place - 1, i - place + total
    own, below = shapes[i].bigrams(), copy_from(shapes, under, 1)
    found = []
    if below:
        found.append(f"echo-below={bucket(share(own, below), ECHO)}")
    if above := copy_from(shapes, over, -1):
        found.append(f"echo-above={bucket(share(own, above), ECHO)}")
    found += _neighbours(shapes, over, under, min(total, 2))
    if total == 1:
        found += _sisters(shapes, i)
    return found


def _neighbours(shapes, over, under, size) -> list[str]:
    """Say whether the copy below goes on with what was told above, whatever heads stand between."""
    above, below = window(shapes, over, -1, ABOVE), window(shapes, under, 1, BELOW)
    found = []
    if above and below:
        likeness = len(above & below) / sqrt(len(above) * len(below))
        found.append(f"near={bucket(likeness, NEAR)}")
    return found + _item(shapes, over, below, size)


def _item(shapes, at, below, size) -> list[str]:
    """Say how the item above began, and whether the copy below still speaks of its head."""
    found, heads = [], 0
    for shape in reversed(shapes[max(0, at - REACH + 1) : at + 1]):
        if shape.is_lead:
            return [*found, f"item-lead={heads}-{size}"]
        if shape.may_head and shape.end in HEADED:
            if heads:
                break
            found.append(f"head-below={bucket(share(shape.bigrams(), below), ECHO)}")
            heads = 1
    return [*found, f"item-none-{size}"]


def _sisters(shapes, i) -> list[str]:
    """Look for another lone short line of the same cut near by: subheads come in series."""
    shape, found = shapes[i], []
    for step, name in ((-1, "up"), (1, "down")):
        at = i + step
        for _ in range(12):
            if not 0 <= at < len(shapes):
                break
            other = shapes[at]
            if other.may_head and other.end == shape.end != "stop" and not other.before:
                near = abs(other.length - shape.length) <= 2
                found.append(f"sister-{name}={'same' if near else 'other'}-{shape.end}")
                if _are_parallel(shape.text, other.text):
                    found.append("parallel")
                break
            at += step
    return found


def _are_parallel(one: str, other: str) -> bool:
    """Say whether two headings are cut alike: as long, with the same characters in places."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return abs(len(one) - len(other)) <= 1 and same * 4 >= len(one)


def copy_from(shapes, at, step, *, most=3) -> frozenset[str]:
    """Return the pairs of the nearest lines of copy in a direction, up to the next heading."""
    found, taken = frozenset(), 0
    for _ in range(REACH):
        if not 0 <= at < len(shapes) or taken == most:
            break
        if not shapes[at].may_head:
            found |= shapes[at].bigrams()
            taken += 1
        elif taken:
            break
        at += step
    return found


def window(shapes, at, step, most) -> frozenset[str]:
    """Return the pairs of about so many characters of copy in a direction, over any heading."""
    found, taken = [], 0
    for _ in range(REACH):
        if not 0 <= at < len(shapes) or taken >= most:
            break
        if not shapes[at].may_head:
            found.append(shapes[at].bigrams())
            taken += min(shapes[at].length, MEASURED)
        at += step
    return frozenset().union(*found)


def share(own, other) -> float:
    """Return how much of one set is in the other, 0 to 1."""
    return len(own & other) / len(own) if own else 0.0
