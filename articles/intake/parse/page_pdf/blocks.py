"""The frames of an article → the blocks of a parsed page, each with its kind and its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.intake.parse.fixed_lines import Piece as WordedPiece
from articles.intake.parse.fixed_lines import classify_fixed_lines, is_credit
from articles.intake.parse.raw_text import STOPS, Line
from articles.intake.parse.types import Decision

from .captions import caption_text
from .copy_type import Copy
from .frames import Frame, shared_width
from .lines import PrintedLine, join_lines
from .pieces import LARGE
from .reading_order import FramedArticle

INDENT, SHORT = (1.0, 3.4), 3.0  # sizes
SAME_BOLDNESS = 1.22  # times as dark
SURE, FAIR, DOUBTFUL = 0.97, 0.92, 0.8

Run = list[tuple[Frame, list[PrintedLine]]]  # a paragraph, by the frames that it stands in


@dataclass(frozen=True)
class PlacedBlock:
    """A block to be numbered: its words, kind and reason, and the frame that it is from."""

    text: str
    kind: str
    decision: Decision
    frame: Frame
    joins: bool = False


@dataclass(frozen=True)
class Edges:
    """Where the lines of a column begin and end."""

    left: float
    right: float


def blocks_of(article: FramedArticle, copy: Copy) -> list[PlacedBlock]:
    """Return the blocks of an article in reading order."""
    return [*_head_blocks(article.heads, copy), *_body_blocks(article)]


# Heads


def _head_blocks(heads: Sequence[Frame], copy: Copy) -> Iterator[PlacedBlock]:
    """Yield the lines of the heads: over the headline a kicker, under it a deck."""
    lines = [(frame, line) for frame in heads for line in frame.piece.lines]
    groups: list[list[tuple[Frame, PrintedLine]]] = []
    every = [line for _, line in lines]
    for frame, line in lines:
        if groups and _is_one_head(groups[-1][-1][1], line, every, copy):
            groups[-1].append((frame, line))
        else:
            groups.append([(frame, line)])
    if not groups:
        return
    main = max(range(len(groups)), key=lambda n: _prominence(groups[n], groups, copy))
    for number, group in enumerate(groups):
        kind = "headline" if number == main else "kicker" if number < main else "deck"
        decision = _head_decision(groups, number, main)
        for at, (frame, line) in enumerate(group):
            yield PlacedBlock(line.text, kind, decision, frame, joins=at > 0)


def _is_one_head(one: PrintedLine, two: PrintedLine, heads: Sequence, copy: Copy) -> bool:
    """Tell whether two lines are of one size and colour and, where small, both bold or not."""
    if abs(one.size / two.size - 1) > 0.04 or one.colour != two.colour:
        return False
    if one.size > LARGE * copy.size:
        return True
    alike = [each for each in heads if abs(each.size / one.size - 1) < 0.04]
    weights = [copy.boldness(each) for each in alike]
    if max(weights) < SAME_BOLDNESS * min(weights):
        return True
    middle = (min(weights) + max(weights)) / 2
    return (copy.boldness(one) > middle) == (copy.boldness(two) > middle)


def _prominence(group: Sequence, groups: Sequence, copy: Copy) -> tuple[float, float]:
    """Return how prominent a head is: by its size, and its darkness where sizes are alike."""
    line = group[0][1]
    largest = max(each[0][1].size for each in groups)
    return (1.0, copy.boldness(line)) if line.size > 0.9 * largest else (line.size / largest, 0.0)


def _head_decision(groups: Sequence, number: int, main: int) -> Decision:
    size = groups[number][0][1].size
    others = [group[0][1].size for n, group in enumerate(groups) if n != number]
    is_alike = any(abs(other / size - 1) < 0.04 for other in others)
    if is_alike:
        return Decision("print-heads-alike", 0.85)
    where = "print-largest" if number == main else "print-by-headline"
    return Decision(where, SURE)


# Copy


def _body_blocks(article: FramedArticle) -> Iterator[PlacedBlock]:
    """Yield the blocks of copy and captions; a paragraph goes on in the next column."""
    runs: list[Run] = []
    captions: list[tuple[int, list[PlacedBlock]]] = []
    has_indents, before = _has_indents(article), None
    for frame in article.others:
        if frame.kind == "caption":
            captions.append((len(runs), list(_caption_blocks(frame))))
        elif frame.kind == "table":
            captions.append((len(runs), list(_table_blocks(frame))))
        elif frame.is_subhead:
            runs += [[(frame, lines)] for lines in _subheads(frame, article)]
            before = None
        elif frame.kind == "text":
            _add_lines(runs, frame, before, _edges(frame, article), has_indents=has_indents)
            before = frame.piece.lines[-1]
    yield from _merged(runs, captions)


def _add_lines(
    runs: list[Run], frame: Frame, before: PrintedLine | None, edges: Edges, *, has_indents: bool
) -> None:
    """Add the lines of a frame to the paragraph that they go on with, or to new ones."""
    for line in frame.piece.lines:
        if before is None or _begins(line, before, edges, has_indents=has_indents):
            runs.append([(frame, [line])])
        elif runs[-1][-1][0] is frame:
            runs[-1][-1][1].append(line)
        else:
            runs[-1].append((frame, [line]))
        before = line


def _subheads(frame: Frame, article: FramedArticle) -> list[list[PrintedLine]]:
    """Return the lines of each subhead: one that has room for more ends at its line."""
    edges, found = _edges(frame, article), []
    for line in frame.piece.lines:
        room = edges.right - edges.left - (found[-1][-1].right - found[-1][-1].left) if found else 0
        if found and room < 3 * line.size:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _merged(runs: Sequence[Run], captions: Sequence) -> Iterator[PlacedBlock]:
    """Yield paragraphs, and captions where their pictures stand between paragraphs."""
    waiting = list(captions)
    for number, run in enumerate(runs):
        while waiting and waiting[0][0] <= number:
            yield from waiting.pop(0)[1]
        yield from _paragraph_blocks(run)
    for _, blocks in waiting:
        yield from blocks


def _edges(frame: Frame, article: FramedArticle) -> Edges:
    """Return the edges of the column in which a frame stands."""
    column = [
        line
        for each in article.others
        if each.kind == "text" and shared_width(each.box, frame.box) > 0.7
        for line in each.piece.lines
    ] or frame.piece.lines
    lefts = sorted(line.left for line in column)
    size = frame.piece.lines[0].size
    usual = max(lefts, key=lambda left: sum(abs(other - left) < 1 for other in lefts))
    left = usual if usual - lefts[0] < 0.9 * size else lefts[0]
    return Edges(left, max(line.right for line in column))


def _has_indents(article: FramedArticle) -> bool:
    for frame in article.others:
        if frame.kind == "text":
            edges = _edges(frame, article)
            if any(_is_indented(line, edges) for line in frame.piece.lines):
                return True
    return False


def _is_indented(line: PrintedLine, edges: Edges) -> bool:
    return INDENT[0] < (line.left - edges.left) / line.size < INDENT[1]


def _is_short(line: PrintedLine, edges: Edges, sizes: float) -> bool:
    return edges.right - line.right > sizes * line.size


def _begins(line: PrintedLine, before: PrintedLine, edges: Edges, *, has_indents: bool) -> bool:
    """Tell whether a line begins a paragraph."""
    if line.left - edges.left > INDENT[0] * line.size:
        return True
    is_stop = before.text[-1] in STOPS + "”）"
    gap = 1.0 if not has_indents else SHORT
    is_in_column = abs(before.left - line.left) < (INDENT[1] + 0.2) * line.size
    return is_in_column and is_stop and _is_short(before, edges, gap)


def _paragraph_blocks(run: Run) -> Iterator[PlacedBlock]:
    """Yield a paragraph, a block for each column that it stands in."""
    texts = [join_lines(lines) for _, lines in run]
    frame = run[0][0]
    if frame.is_subhead:
        yield PlacedBlock(texts[0], "subhead", Decision("print-subhead", FAIR), frame)
        return
    worded = classify_fixed_lines([Line(1, "".join(texts))])
    if len(run) == 1:
        yield from _worded_blocks(worded, frame)
        return
    jump = worded[-1]
    is_jump = jump.kind == "jump-to" and texts[-1].endswith(jump.text)
    if is_jump:
        texts[-1] = texts[-1].removesuffix(jump.text).rstrip()
    yield from _column_blocks(run, texts)
    if is_jump:
        yield PlacedBlock(jump.text, jump.kind, _decision(jump), run[-1][0])


def _column_blocks(run: Run, texts: Sequence[str]) -> Iterator[PlacedBlock]:
    is_doubtful = any(frame.is_doubtful for frame, _ in run)
    for at, ((frame, _), text) in enumerate(zip(run, texts, strict=True)):
        reason = "print-column" if at else "print-indent"
        if text:
            decision = Decision(reason, DOUBTFUL if is_doubtful else SURE)
            yield PlacedBlock(text, "body", decision, frame, joins=at > 0)


def _worded_blocks(worded: Sequence[WordedPiece], frame: Frame) -> Iterator[PlacedBlock]:
    for piece in worded:
        kind = piece.kind if piece.kind not in ("furniture", "") else "body"
        decision = _decision(piece) if piece.kind else Decision("print-indent", SURE)
        if frame.is_doubtful and not piece.kind:
            decision = Decision("print-alone", DOUBTFUL)
        yield PlacedBlock(piece.text, kind, decision, frame)


def _decision(piece: WordedPiece) -> Decision:
    return Decision(piece.reason, piece.confidence)


# Captions and tables


def _table_blocks(frame: Frame) -> Iterator[PlacedBlock]:
    """Yield the rows of a table."""
    for line in frame.piece.lines:
        yield PlacedBlock(line.text, "body", Decision("print-table", FAIR), frame)


def _caption_blocks(frame: Frame) -> Iterator[PlacedBlock]:
    """Yield the words of a picture and its credit."""
    lines = list(frame.piece.lines)
    credits = []
    while lines and is_credit(lines[-1].text.strip("（()）")):
        credits.insert(0, lines.pop())
    if lines:
        worded = classify_fixed_lines([Line(1, caption_text(lines))])
        for at, piece in enumerate(worded):
            is_caption = not at and piece.kind in ("", "caption", "furniture")
            kind = "caption" if is_caption else piece.kind or "caption"
            decision = Decision("print-under-picture", SURE)
            yield PlacedBlock(piece.text, kind, decision, frame)
    for line in credits:
        yield PlacedBlock(line.text, "credit", Decision("credit", SURE), frame)
