"""Whether a short line speaks of the copy above or below it, and has sisters near by."""

from .shapes import bucket

REACH = 30  # lines looked through for copy above or below a heading


def topic(shapes, i, place, total) -> list[str]:
    """Compare the words of a short line with the copy above and below it."""
    above = copy_from(shapes, i - place - 1, -1)
    below = copy_from(shapes, i - place + total, 1)
    own = shapes[i].bigrams()
    found = []
    if below:
        found.append(f"echo-below={bucket(share(own, below), (0, 0.1, 0.2, 0.35, 0.5))}")
    if above:
        found.append(f"echo-above={bucket(share(own, above), (0, 0.1, 0.2, 0.35, 0.5))}")
    if above and below:
        level = bucket(_cohesion(above, below), (0.01, 0.02, 0.035, 0.05, 0.08, 0.12))
        found.append(f"cohesion={level}")
        found.append(f"cohesion-run={level}-{min(total, 3)}")
    wide = copy_from(shapes, i - place - 1, -1, most=8, stops=False)
    if wide and below:
        level = bucket(len(wide & below) / len(below), (0.02, 0.04, 0.06, 0.08, 0.11, 0.15, 0.2))
        found.append(f"wide={level}")
        found.append(f"wide-run={level}-{min(total, 3)}")
    found += _sisters(shapes, i, place, total)
    return found


def _sisters(shapes, i, place, total) -> list[str]:
    """Look for another lone short line of the same cut near by: subheads come in series."""
    shape, found = shapes[i], []
    if total != 1:
        return found
    for step, name in ((-1, "up"), (1, "down")):
        at = i + step
        for _ in range(12):
            if not 0 <= at < len(shapes):
                break
            other = shapes[at]
            if (
                other.is_short
                and other.end == shape.end
                and other.end != "stop"
                and not other.before
            ):
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


def copy_from(shapes, at, step, *, most=3, stops=True) -> frozenset[str]:
    """Return the pairs of the nearest copy in a direction; `stops` at the next heading."""
    found, taken = frozenset(), 0
    for _ in range(REACH):
        if not 0 <= at < len(shapes) or taken == most:
            break
        if not shapes[at].is_short:
            found |= shapes[at].bigrams()
            taken += 1
        elif taken and stops:
            break
        at += step
    return found


def share(own, other) -> float:
    """Return how much of one set is in the other, 0 to 1."""
    return len(own & other) / len(own) if own else 0.0


def _cohesion(above, below) -> float:
    return len(above & below) / min(len(above), len(below))
