"""Label the lines of a page that wording alone does not classify, and make its blocks."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from articles.intake.parse.fixed_lines import Piece
from articles.intake.parse.lead_ins import text_after_lead_in
from articles.intake.parse.patterns import CORRECTION
from articles.intake.parse.raw_text import closes_unopened, left_open
from articles.intake.parse.types import FURNITURE, Decision, ParsedBlock

from .crf import FORBIDDEN, LABELS, SIZE, ForwardBackward, Scores, Weights, best_path
from .features import features
from .heading_pairs import has_cue
from .line_joins import LineMetrics, Lines, measure_lines

STACKED = 0.85  # the most confidence in two stacked headings that nothing tells apart
CONTINUES = LABELS.index("C")
KINDS = {"K": "kicker", "T": "headline", "D": "deck", "S": "subhead", "P": "body", "C": "body"}
CONJUNCTIONS = frozenset("暨和与及并或")
# The kinds that end an article, with the labels that may follow: another article begins.
ENDS = {"source": "KTP", "jump-to": "KT"}
COLUMN_WORDS = re.compile(
    r"(?:进行时|风采|掠影|镜头|快讯|简讯|一线|图片新闻|看变化|在行动|聚焦|特别报道|专栏|连线|速递)$|^(?:图片新闻|聚焦|走进|直击)"
)
Labelled = tuple[str, Decision]


def label_blocks(
    pieces: Sequence[Piece], weights: Weights, columns: Collection[str] = ()
) -> tuple[ParsedBlock, ...]:
    """Return the blocks of a page: every piece with its kind, article start and join."""
    labels = iter(_labels(measure_lines(pieces), weights))
    blocks: list[ParsedBlock] = []
    for piece in pieces:
        blocks.append(_fixed(piece) if piece.kind else _labelled(piece, *next(labels), blocks))
    return tuple(_with_columns(_with_starts(blocks), pieces, columns))


def _labels(lines: Lines, weights: Weights) -> list[Labelled]:
    """Return the most probable label of every line, with its reason and confidence."""
    names = features(lines, weights.joins)
    scores = [_masked(weights.score(found), lines, i) for i, found in enumerate(names)]
    pairs = list(zip(lines, lines[1:], strict=False))
    path = best_path(scores, [weights.transitions(*pair) for pair in pairs])
    factors = [weights.transition_factors(*pair) for pair in pairs]
    chances = ForwardBackward(scores, factors).marginals()
    ends = _end_confidences(path, chances)
    decided = [_decided(*each, weights) for each in zip(names, path, chances, ends, strict=True)]
    return [_limited(lines, decided, i) for i in range(len(decided))]


def _masked(row: Scores, lines: Lines, i: int) -> Scores:
    """Return the scores of a line with the labels that the grammar forbids out of reach."""
    allowed = _allowed(lines, i)
    return [
        value if label in allowed else value + FORBIDDEN
        for label, value in zip(LABELS, row, strict=True)
    ]


def _end_confidences(path: Sequence[int], chances: Sequence[Scores]) -> list[float]:
    """Return the probability that each line ends its paragraph, where the next does not go on."""
    return [
        1.0 if after == CONTINUES else 1.0 - row[CONTINUES]
        for after, row in zip(path[1:], chances[1:], strict=True)
    ] + [1.0] * bool(path)


def _decided(
    names: list[str], label: int, chances: Scores, end: float, weights: Weights
) -> Labelled:
    """Return the label of a line, as confident as the label and its end are probable."""
    rival = max((k for k in range(SIZE) if k != label), key=chances.__getitem__)
    reason = " ".join(weights.strongest(names, label, rival))
    return LABELS[label], Decision(reason, round(min(chances[label], end), 3))


def _limited(lines: Lines, decided: Sequence[Labelled], i: int) -> Labelled:
    """Limit the confidence in stacked headings, unless their wording shows which is which."""
    label, decision = decided[i]
    before = decided[i - 1][0] if i else ""
    confidence = min(decision.confidence, STACKED)
    if label == "C" and before in tuple("KTD"):
        return label, Decision("head-over-two-lines", confidence)
    upper = _stacked_over(lines, decided, i)
    if upper is None or has_cue(lines[upper].text, lines[upper + 1].text):
        return label, decision
    return label, Decision("stacked-heads " + decision.reason, confidence)


def _stacked_over(lines: Lines, decided: Sequence[Labelled], i: int) -> int | None:
    """Return the upper one of two stacked headings of which this is one; else None."""
    label = decided[i][0]
    if i and label in "TD" and decided[i - 1][0] in "KT" and not lines[i].above:
        return i - 1
    after = decided[i + 1][0] if i + 1 < len(decided) else ""
    return i if label in "KT" and after in tuple("TD") and after != label else None


def _allowed(lines: Lines, i: int) -> str:
    """Return the labels that the grammar permits a line, whatever the weights say."""
    line, may_continue = lines[i], _may_continue(lines, i)
    if line.is_lead_in or line.above == "jump-from":
        return "P"
    if CORRECTION.match(line.text):
        return "T"
    if _must_continue(lines, i):
        return "C"
    if i and lines[i - 1].text[-1] in "，、" and may_continue:
        return "KTDC"
    if line.length > 150:
        return "PC" if may_continue else "P"
    if _is_cut_head(lines, i):
        return "KT"
    if i and _is_cut_head(lines, i - 1):
        return "C"
    if "。" in line.text[:-1]:  # more than a sentence is no heading
        return "SPC" if may_continue else "SP"
    if _is_over_lead_in(lines, i):
        return "TD"
    if line.can_be_head and line.above in ENDS:
        return ENDS[line.above] if line.below != "pointer" else "T"
    return LABELS if may_continue else "KTDSP"


def _must_continue(lines: Lines, i: int) -> bool:
    """Tell whether a line can only go on from the one above."""
    line = lines[i]
    if i and (_is_bare_lead_in(lines[i - 1]) or _is_cut_number(lines[i - 1], line)):
        return True
    return line.is_quoted and _may_continue(lines, i) and closes_unopened(line.text)


def _is_cut_number(last: LineMetrics, line: LineMetrics) -> bool:
    """Tell whether a number runs over the join, as in 10.|72亿元."""
    before = last.text[-2:]
    return (
        line.text[0].isdigit()
        and before[-1] in ".．"
        and before[0].isdigit()
        and not line.is_indented
    )


def _is_bare_lead_in(line: LineMetrics) -> bool:
    """Tell whether a line is nothing but a lead-in, or part of one: the next line is its copy."""
    return (
        line.is_lead_in
        and line.length < 60
        and line.end in ("none", "paren")
        and not text_after_lead_in(line.text)
    )


def _is_cut_head(lines: Lines, i: int) -> bool:
    """Tell whether a heading runs over two lines above a lead-in: the first ends in 暨, 和, 与 …"""
    return (
        i + 2 < len(lines)
        and lines[i].can_be_head
        and lines[i].text[-1] in CONJUNCTIONS
        and not (i and _may_continue(lines, i))
        and lines[i + 1].can_be_head
        and not lines[i + 1].above
        and (lines[i + 2].is_lead_in or lines[i + 2].above == "byline")
    )


def _is_over_lead_in(lines: Lines, i: int) -> bool:
    line = lines[i]
    if i + 1 == len(lines) or not lines[i + 1].is_lead_in or line.length > 60:
        return False
    return (
        line.end not in ("pause", "colon", "dash")
        and "。" not in line.text
        and not left_open(line.text)
    )


def _may_continue(lines: Lines, i: int) -> bool:
    """Tell whether a line may go on from the one above."""
    if not i or lines[i].is_indented or lines[i].gap >= 2:
        return False
    last, line = lines[i - 1], lines[i]
    if line.is_quoted:
        return line.text[0] not in "“‘"
    if line.above in ("signoff", "source", "verse", "byline", "jump-to"):
        return False
    return last.end not in ("stop", "colon") or bool(left_open(last.text))


def _fixed(piece: Piece) -> ParsedBlock:
    decision = Decision(piece.reason, piece.confidence)
    return ParsedBlock(piece.line.number, piece.text, piece.kind, decision)


def _labelled(
    piece: Piece, label: str, decision: Decision, before: Sequence[ParsedBlock]
) -> ParsedBlock:
    """Return the block of a labelled line; what goes on from a heading is of its kind."""
    kind = "summary" if label == "S" and len(piece.text) > 40 else KINDS[label]
    if label == "C" and before and before[-1].kind in ("kicker", "headline", "deck"):
        kind = before[-1].kind
    number, starts, joins = piece.line.number, label in "KT", label == "C"
    return ParsedBlock(number, piece.text, kind, decision, starts, joins)


def _with_starts(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Set where articles begin: at the first of stacked headings, a note above them, a jump."""
    found, last = [], ""
    for block in blocks:
        starts = block.starts_article and last != "kicker" or block.kind == "jump-from"
        found.append(replace(block, starts_article=starts))
        if starts:
            _start_at_note(found)
        last = last if block.kind in FURNITURE else block.kind
    return found


def _start_at_note(blocks: list[ParsedBlock]) -> None:
    """Begin an article at the note just above its heading instead."""
    at = len(blocks) - 1
    while at and blocks[at - 1].kind in ("note", *FURNITURE):
        at -= 1
        if blocks[at].kind == "note":
            blocks[-1] = replace(blocks[-1], starts_article=False)
            blocks[at] = replace(blocks[at], starts_article=True)


def _with_columns(
    blocks: Sequence[ParsedBlock], pieces: Sequence[Piece], columns: Collection[str]
) -> Iterator[ParsedBlock]:
    """Find the names of standing columns: known ones, and lone headings over a photo."""
    for i, (block, piece) in enumerate(zip(blocks, pieces, strict=True)):
        if decision := _column_decision(blocks, i, piece, columns):
            block = replace(block, kind="column", decision=decision, joins_previous=False)
        yield block


def _column_decision(
    blocks: Sequence[ParsedBlock], i: int, piece: Piece, columns: Collection[str]
) -> Decision | None:
    """Return the decision that a heading is the name of a column; None where it is not."""
    kind, text = blocks[i].kind, blocks[i].text.strip("●■【】[] ")
    if kind not in ("headline", "kicker"):
        return None
    if text in columns:
        return Decision("known-column", 0.97)
    is_worded = bool(COLUMN_WORDS.search(text))
    if kind == "kicker" and is_worded and len(text) <= 12:
        return Decision("column-words", 0.7)
    is_name = is_worded or len(text.split()) == 2 and piece.line.gap >= 2
    if kind == "headline" and len(text) <= 14 and is_name and _is_over_photo(blocks, i):
        return Decision("column-over-photo", 0.7)
    return None


def _is_over_photo(blocks: Sequence[ParsedBlock], i: int) -> bool:
    kinds = []
    for block in (blocks[at] for at in range(i + 1, len(blocks))):
        if block.starts_article or len(kinds) > 6:
            break
        kinds.append(block.kind)
    is_photo = "credit" in kinds and kinds.count("body") <= 3
    return is_photo and set(kinds) <= {"body", "caption", "credit", *FURNITURE}
