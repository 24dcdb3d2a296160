"""What a line looks like to a reader who decides whether it is a heading or copy.

Every feature is a short name such as `end=stop` or `next-lead`; `chain` gives names weights.
Features are of three families: the shape of the line, its neighbours, and its characters.
"""

import re
from collections.abc import Sequence

from . import words
from .grammar import NOTICE, NUMBERED, RUBRIC, SIDEBAR
from .marks import closes_unopened, is_han
from .seams import Seams
from .shapes import TIME, Shape, bucket, opens_with_time
from .stacks import heading, runs

BUCKETS = (4, 7, 9, 11, 14, 17, 20, 24, 28, 34, 40, 50, 60, 90, 150)
FUNCTION_ENDS = frozenset("的和与在将为对从向以及把被由并且或而是了着让使给于")
WORDINGS = {"notice": NOTICE, "sidebar": SIDEBAR, "rubric": RUBRIC}
CANNOT_START = frozenset("的了着过们等及者性化度率地得里中上下内外后前时间员")
MOVES_ON = re.compile(
    r"^(?:同时|此外|另外|其中|因此|为此|对此|然而|但|不过|而|也|还|他|她|它|他们|这|这些|这样|与此同时|首先|其次|此后|随后|于是|所以|正是|可见|事实上|一方面|下一步)"
)


def features(shapes: Sequence[Shape], seams: Seams) -> list[list[str]]:
    """Return the features of every line of a page."""
    places = runs(shapes)
    return [_features(shapes, i, places[i], seams) for i in range(len(shapes))]


def _features(shapes, i, run, seams) -> list[str]:
    shape = shapes[i]
    found = _own(shape)
    found += _context(shapes, i)
    found += _seam(shapes, i, seams)
    if shape.may_head:
        found += heading(shapes, i, run)
    found += _characters(shape)
    return found


def _own(shape: Shape) -> list[str]:
    text = shape.text
    size = bucket(shape.length, BUCKETS)
    found = ["bias", f"len={size}", f"end={shape.end}", f"len-end={size}-{shape.end}"]
    inner = text[:-1]
    commas = inner.count("，")
    found.append(f"commas={min(commas, 3)}")
    if shape.is_short:
        found.append(f"short-commas={min(commas, 2)}-{shape.end}")
    if "。" in inner or "！" in inner or "？" in inner:
        found.append("inner-stop")
    if "；" in inner:
        found.append("inner-semicolon")
    if shape.has_open:
        found.append("left-open")
    if closes_unopened(text):
        found.append("closes-unopened")
    if " " in text or "\u3000" in text or "\xa0" in text:
        found.append("has-space" if shape.is_short else "long-space")
    found += _opening(shape)
    return found


def _opening(shape: Shape) -> list[str]:
    text, found = shape.text, []
    if shape.is_indented:
        found.append("indented")
    if text.startswith("——"):
        found.append("starts-dash")
    elif text[0] in "“‘":
        found.append("starts-quote")
    elif text[0] in "（(":
        found.append("starts-paren")
    elif text[0].isascii():
        found.append("starts-ascii")
    if NUMBERED.match(text):
        found.append("numbered")
    if shape.is_lead:
        found.append("lead")
    if shape.is_short and opens_with_time(text):
        found.append("opens-with-time")
    if text[0] in CANNOT_START:
        found.append("starts-particle")
    if shape.may_head and shape.length <= 30:
        found += [name for name, wording in WORDINGS.items() if wording.search(text)]
    return found


def _context(shapes, i) -> list[str]:
    shape, found = shapes[i], []
    if i == 0:
        found.append("first")
    else:
        found += _after(shapes[i - 1], shape)
    if i + 1 == len(shapes):
        found.append("last")
    else:
        found += _before(shape, shapes[i + 1])
    if shape.gap >= 2 and i:
        found.append("gap")
    if shape.before:
        found.append("above=" + shape.before)
    if shape.after:
        found.append("below=" + shape.after)
    return found


def _after(last: Shape, shape: Shape) -> list[str]:
    found = ["prev-end=" + last.end, f"prev-len={bucket(last.length, (10, 20, 40, 60))}-{last.end}"]
    if shape.carried:
        found.append("carried" if shape.text[0] not in "“‘" else "carried-again")
    if last.text[-1] in FUNCTION_ENDS:
        found.append("prev-ends-function")
    if shape.is_short:
        found.append("short-prev-end=" + last.end)
    return found


def _before(shape: Shape, after: Shape) -> list[str]:
    size = bucket(after.length, (10, 20, 40, 60))
    found = [f"next-len={size}", f"end-next={shape.end}-{size}-{after.end}"]
    if after.is_lead:
        found.append("next-lead")
    elif shape.is_short and not after.is_short:
        found.append(f"next-opens={_opens(after.text)}")
    if shape.end == "none" and shape.text[-1] in FUNCTION_ENDS:
        found.append("ends-function")
    if after.text[0] in CANNOT_START:
        found.append("next-particle")
    if closes_unopened(after.text):
        found.append("next-closes-unopened")
    if shape.may_head and shape.text[:3] == after.text[:3]:
        found.append("next-repeats")
    first = _first_sentence(after.text)
    if first <= 7:
        found.append(f"next-first={first}")
    if shape.end == "none" and _first_sentence(after.text, "。！？") <= 7:
        found.append("tail-next")
    return found


def _opens(text: str) -> str:
    """Say how copy opens: with a time, as reports do, or by leaning on what was said."""
    if TIME.match(text):
        return "time"
    if MOVES_ON.match(text):
        return "on"
    return "quote" if text[0] in "“‘" else words.first(text[:24])


def _first_sentence(text: str, marks: str = "。，；、！？") -> int:
    ends = [at for at in (text.find(c, 0, 12) for c in marks) if at >= 0]
    return min(ends, default=12)


def _seam(shapes, i, seams) -> list[str]:
    found = []
    if i and shapes[i - 1].end not in ("stop",):
        found += [
            f"seam-above={name}" for name in seams.between(shapes[i - 1].text, shapes[i].text)
        ]
    if i + 1 < len(shapes) and shapes[i].end not in ("stop",):
        found += [
            f"seam-below={name}" for name in seams.between(shapes[i].text, shapes[i + 1].text)
        ]
    found.append(f"opens={seams.opening(shapes[i].text)}")
    return found


def _characters(shape: Shape) -> list[str]:
    """Name the first and last characters: the family that only an archive can weigh."""
    text = shape.text
    kind = "s" if shape.is_short else "l"
    found = [f"a1{kind}={text[0]}", f"a2{kind}={text[:2]}"]
    if shape.end != "stop":
        found += [f"z1{kind}={text[-1]}", f"z2{kind}={text[-2:]}"]
    if shape.is_short and is_han(text[0]):
        found.append(f"a3={text[:3]}")
    return found
