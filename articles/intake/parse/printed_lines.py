"""Raw text of which every printed line is a line: notice it, and join the lines of a paragraph.

Copy out of a layout program comes so. The lines of a column are as wide as its measure, give or
take a mark that hangs; the last line of a paragraph is shorter. What widths do not tell is left to
the labels (`labels/`), but for one case: without any indent, a sentence that begins a line below a
full one that ends in a stop may open a paragraph; its first words and the length so far decide.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .lead_ins import may_be_lead_in
from .raw_text import CLOSERS, PAUSES, STOPS, Line

WIDEST = 45  # characters: a measure wider than this is no column's
FEWEST = 8  # lines, or nothing can be said
REACH = 60  # lines on either side that tell the measure
SLACK = 1.5  # by which a full line may miss the measure
INDENT = 2
SHARE = 0.5  # of the lines of printed copy are full
HANGING = CLOSERS + STOPS + PAUSES
FIRST_WORD = re.compile(r"[“‘（《]*(?:[A-Za-z0-9.%]+|.)[，。、；：！？”’）》]?")
# Sentences that begin so seldom open a paragraph; those that begin so often do.
GOING_ON = re.compile(
    r"[这他她它我但而要因正对希可相所并也还其]|同时|为此|在这|当然|如果"
    r"|[^，。、：“”]{2,10}(?:说|表示|介绍|认为)[。：]$"
)
OPENING = re.compile(
    r"[“（《]|据|记者|近|今年|当[日地天]|.{2,12}(?:说|表示|指出|强调|认为|介绍)[，：]"
)
BEGUN, LONG = 60, 160  # characters of a paragraph that has hardly begun, and of a long one


def join_printed_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those of one paragraph joined, where every printed line is a line."""
    measures = _measures(lines)
    if not _are_printed(lines, measures):
        return list(lines)
    indents = _indents(lines, measures)
    joined, begins = [lines[0]], True
    in_paragraph = _may_begin(lines[0], measures[0], indents)
    for i in range(1, len(lines)):
        if in_paragraph and _goes_on(lines, measures, i, indents, len(joined[-1].text)):
            whole = _glued(joined[-1].text, lines[i].text)
            is_indented = joined[-1].is_indented or begins
            joined[-1] = replace(joined[-1], text=whole, is_indented=is_indented)
        else:
            joined.append(lines[i])
            begins = _is_last(lines[i - 1], measures[i - 1])
            in_paragraph = _may_begin(lines[i], measures[i], indents) or not begins
    return joined


def _may_begin(line: Line, measure: float, indents: str) -> bool:
    """Tell whether a paragraph may begin with a line: indented, or short by a lost indent."""
    if indents == "kept":
        return line.is_indented
    return indents == "none" or _is_short_first(line, measure)


def _is_last(line: Line, measure: float) -> bool:
    """Tell whether it is sure that nothing goes on from a line: it is too short, or no copy."""
    wide = width(line.text) + INDENT * line.is_indented
    return _is_ended(line.text) or not measure - INDENT - SLACK <= wide <= measure + SLACK


def width(text: str) -> float:
    """Return how wide a text is set, in characters of the copy."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _measures(lines: Sequence[Line]) -> list[float]:
    """Return the measure of the column that each line stands in, as its neighbours tell; or 0."""
    widths = [width(line.text) + INDENT * line.is_indented for line in lines]
    found = []
    for i in range(len(lines)):
        near = Counter(round(each) for each in widths[max(0, i - REACH) : i + REACH + 1])
        near = {wide: count for wide, count in near.items() if 8 <= wide <= WIDEST}
        found.append(max(near, key=lambda wide: (_count_about(near, wide), wide), default=0))
    return found


def _count_about(near: Mapping[int, int], wide: int) -> int:
    return near[wide] * 2 + near.get(wide - 1, 0) + near.get(wide + 1, 0)


def _fills(line: Line, measure: float) -> bool:
    """Tell whether a line is as wide as its column; marks at its end may hang."""
    indent = INDENT * line.is_indented
    bare = width(line.text.rstrip(HANGING)) + indent
    return width(line.text) + indent >= measure - SLACK and bare <= measure + SLACK - 0.5


def _are_printed(lines: Sequence[Line], measures: Sequence[float]) -> bool:
    if len(lines) < FEWEST or sum(width(line.text) > WIDEST for line in lines) > len(lines) / 20:
        return False
    full = [
        line
        for line, measure in zip(lines, measures, strict=True)
        if _fills(line, measure) or _is_short_first(line, measure)
    ]
    unended = sum(not _is_ended(line.text) for line in full)
    return len(full) >= SHARE * len(lines) and unended >= SHARE * len(full)


def _is_ended(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in tuple(STOPS)


def _indents(lines: Sequence[Line], measures: Sequence[float]) -> str:
    """Tell how paragraphs begin: `kept` with their indent, `lost` without it, or `none` had one.

    Where it was lost, the first lines of paragraphs are two characters short.
    """
    after = [
        (line, measure)
        for above, line, measure in zip(lines, lines[1:], measures[1:], strict=False)
        if _is_ended(above.text) and width(above.text) < measure - 0.5
    ]
    if sum(line.is_indented for line, _ in after) * 2 >= len(after) > 0:
        return "kept"
    short = sum(_is_short_first(line, measure) for line, measure in after)
    full = sum(_fills(line, measure) for line, measure in after)
    return "lost" if short > full else "none"


def _is_short_first(line: Line, measure: float) -> bool:
    return abs(width(line.text) + INDENT - measure) <= SLACK - 0.5


def _goes_on(
    lines: Sequence[Line], measures: Sequence[float], i: int, indents: str, begun: int
) -> bool:
    """Tell whether a line goes on from the one above, `begun` characters into its paragraph."""
    above, line = lines[i - 1], lines[i]
    if line.gap or line.is_indented or may_be_lead_in(line.text, ""):
        return False
    if width(line.text.rstrip(HANGING)) > measures[i] + SLACK:
        return False
    if indents == "lost":
        return _goes_on_unindented(lines, measures, i)
    if not _fills(above, measures[i - 1]):
        return False
    if indents == "kept" or not _is_ended(above.text):
        return True
    return not _had_room(above, line, measures[i - 1]) and not _opens(line.text, begun)


def _opens(text: str, begun: int) -> bool:
    """Tell whether a sentence rather opens a paragraph, where nothing else shows it."""
    if begun < BEGUN or GOING_ON.match(text):
        return False
    return begun > LONG or bool(OPENING.match(text))


def _goes_on_unindented(lines: Sequence[Line], measures: Sequence[float], i: int) -> bool:
    """Tell it where first lines are two characters short: the width tells which line is one."""
    above, line, measure = lines[i - 1], lines[i], measures[i]
    is_first = _is_short_first(above, measure) and not _fills_whole(above, measure)
    if not _is_ended(above.text):
        is_sure = _fills_whole(line, measure) or _is_ended(line.text)
        return _fills(above, measure) or is_first and is_sure
    if is_first and _fills_whole(line, measure):
        return True
    if not _fills(above, measure) or _had_room(above, line, measure):
        return False
    return _fills_whole(line, measure) or _is_ended(line.text)


def _fills_whole(line: Line, measure: float) -> bool:
    return width(line.text) >= measure - 0.5


def _had_room(above: Line, line: Line, measure: float) -> bool:
    """Tell whether the first word of a line would have fitted on the one above, if it went on."""
    first = FIRST_WORD.match(line.text)[0]
    return width(above.text) + INDENT * above.is_indented + width(first) <= measure


def _glued(above: str, below: str) -> str:
    """Return two lines as one; a space stands between two words of Latin letters."""
    is_latin = above[-1].isascii() and below[0].isascii()
    return above + " " * (is_latin and above[-1].isalpha() and below[0].isalpha()) + below
