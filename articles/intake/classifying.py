"""From sorted pieces to blocks: the chain decides what wording alone does not."""

import re
from collections.abc import Collection, Sequence

from .chain import LABELS, SIZE, Scores, best_path, marginals
from .datelines import copy_under
from .features import features
from .grammar import CORRECTION
from .heads import has_cue
from .marks import closes_unopened, left_open
from .paper import Block, Decision
from .shapes import Shape, of_open_lines, shaped
from .sorting import Atom
from .weights import NEVER, Weights

STACKED = 0.85  # no more can be said of two heads that nothing tells apart
CONTINUES = LABELS.index("C")
KIND = {"K": "kicker", "T": "headline", "D": "deck", "S": "subhead", "P": "body", "C": "body"}
JOINING = frozenset("暨和与及并或")
# Who wrote has been said, or where the article goes on: what follows is another one.
ENDED = {"source": "KTP", "jump-to": "KT"}
BETWEEN = ("furniture", "editors")
STANDING = re.compile(
    r"(?:进行时|风采|掠影|镜头|快讯|简讯|一线|图片新闻|看变化|在行动|聚焦|特别报道|专栏|连线|速递)$|^(?:图片新闻|聚焦|走进|直击)"
)


def classify(
    atoms: Sequence[Atom], weights: Weights, columns: Collection[str] = ()
) -> tuple[Block, ...]:
    """Return the blocks of a page: every piece with its kind, article start and join."""
    open_ones = [atom for atom in atoms if not atom.kind]
    shapes = shaped(of_open_lines(atoms))
    labels = dict(zip(map(id, open_ones), _labels(shapes, weights), strict=False))
    blocks = _blocks(atoms, labels)
    return tuple(_columns(_starts(blocks), atoms, columns))


def _labels(shapes: Sequence[Shape], weights: Weights) -> list[tuple[str, Decision]]:
    """Return the likeliest label of every open line, with its reason and confidence."""
    found = features(shapes, weights.seams)
    scores = [_permitted(weights.score(names), shapes, i) for i, names in enumerate(found)]
    pairs = list(zip(shapes, shapes[1:], strict=False))
    path = best_path(scores, [weights.joint(*pair) for pair in pairs])
    chances = marginals(scores, [weights.chance(*pair) for pair in pairs])
    ends = _ends(path, chances)
    decided = [_decided(*each, weights) for each in zip(found, path, chances, ends, strict=True)]
    return [_tempered(shapes, decided, i) for i in range(len(decided))]


def _permitted(row: Scores, shapes: Sequence[Shape], i: int) -> Scores:
    """Return the scores of a line with those that the grammar forbids put out of reach."""
    allowed = _allowed(shapes, i)
    return [
        value if label in allowed else value + NEVER
        for label, value in zip(LABELS, row, strict=True)
    ]


def _ends(path: Sequence[int], chances: Sequence[Scores]) -> list[float]:
    """Return how sure it is that each line ends what it says, where the next does not go on."""
    return [
        1.0 if after == CONTINUES else 1.0 - row[CONTINUES]
        for after, row in zip(path[1:], chances[1:], strict=True)
    ] + [1.0] * bool(path)


def _tempered(shapes, decided, i) -> tuple[str, Decision]:
    """Ask about stacked heads unless a dash, a speaker or a guest tells them apart."""
    label, decision = decided[i]
    if label == "C" and i and decided[i - 1][0] in "KTD":
        return label, Decision("head-over-two-lines", min(decision.confidence, STACKED))
    above = i and label in "TD" and decided[i - 1][0] in "KT" and shapes[i].before == ""
    below = (
        label in "KT"
        and i + 1 < len(decided)
        and decided[i + 1][0] in "TD"
        and decided[i + 1][0] != label
    )
    pair = (i - 1, i) if above else (i, i + 1) if below else None
    if not pair or has_cue(*(shapes[k].text for k in pair)):
        return label, decision
    return label, Decision("stacked-heads " + decision.reason, min(decision.confidence, STACKED))


def _decided(names, label, chances, whole, weights) -> tuple[str, Decision]:
    """Return the label of a line, as sure as the label and as its end, if it ends there."""
    rival = max((k for k in range(SIZE) if k != label), key=chances.__getitem__)
    reason = " ".join(weights.reasons(names, label, rival))
    return LABELS[label], Decision(reason, round(min(chances[label], whole), 3))


def _allowed(shapes: Sequence[Shape], i: int) -> str:
    """Return the labels that the grammar permits a line, whatever the weights say."""
    shape = shapes[i]
    if shape.is_lead or shape.before == "jump-from":
        return "P"
    if CORRECTION.match(shape.text):
        return "T"
    if i and _is_bare_lead(shapes[i - 1]):
        return "C"
    if shape.carried and _may_continue(shapes, i) and closes_unopened(shape.text):
        return "C"
    if i and _is_cut_number(shapes[i - 1], shape):
        return "C"
    if i and shapes[i - 1].text[-1] in "，、" and _may_continue(shapes, i):
        return "KTDC"
    if shape.length > 150:
        return "PC" if _may_continue(shapes, i) else "P"
    if _is_cut_head(shapes, i):
        return "KT"
    if i and _is_cut_head(shapes, i - 1):
        return "C"
    if "。" in shape.text[:-1]:  # more than a sentence is no head
        return "SPC" if _may_continue(shapes, i) else "SP"
    if _stands_over_lead(shapes, i):
        return "TD"
    if shape.may_head and shape.before in ENDED:
        return ENDED[shape.before] if shape.after != "pointer" else "T"
    return LABELS if _may_continue(shapes, i) else "KTDSP"


def _is_cut_number(last: Shape, shape: Shape) -> bool:
    """Say whether a number runs over the seam, as in 10.|72亿元."""
    before = last.text[-2:]
    return (
        shape.text[0].isdigit()
        and before[-1] in ".．"
        and before[0].isdigit()
        and not shape.is_indented
    )


def _is_bare_lead(shape: Shape) -> bool:
    """Say whether a line is nothing but a lead-in, or less than one: its copy must follow."""
    return (
        shape.is_lead
        and shape.length < 60
        and shape.end in ("none", "paren")
        and not copy_under(shape.text)
    )


def _is_cut_head(shapes: Sequence[Shape], i: int) -> bool:
    """Say whether a head runs over two lines above a lead-in: the first ends in 暨, 和, 与 …"""
    return (
        i + 2 < len(shapes)
        and shapes[i].may_head
        and shapes[i].text[-1] in JOINING
        and not (i and _may_continue(shapes, i))
        and shapes[i + 1].may_head
        and not shapes[i + 1].before
        and (shapes[i + 2].is_lead or shapes[i + 2].before == "byline")
    )


def _stands_over_lead(shapes, i) -> bool:
    shape = shapes[i]
    if i + 1 == len(shapes) or not shapes[i + 1].is_lead or shape.length > 60:
        return False
    return (
        shape.end not in ("pause", "colon", "dash")
        and "。" not in shape.text
        and not left_open(shape.text)
    )


def _may_continue(shapes, i) -> bool:
    if not i or shapes[i].is_indented or shapes[i].gap >= 2:
        return False
    last, shape = shapes[i - 1], shapes[i]
    if shape.carried:
        return shape.text[0] not in "“‘"
    if shape.before in ("signoff", "source", "verse", "byline", "jump-to"):
        return False
    return last.end not in ("stop", "colon") or bool(left_open(last.text))


def _blocks(atoms, labels) -> list[Block]:
    blocks = []
    for atom in atoms:
        if atom.kind:
            decision = Decision(atom.reason, atom.confidence)
            blocks.append(Block(atom.line.number, atom.text, atom.kind, decision))
            continue
        label, decision = labels[id(atom)]
        kind = "summary" if label == "S" and len(atom.text) > 40 else KIND[label]
        if label == "C" and blocks and blocks[-1].kind in ("kicker", "headline", "deck"):
            kind = blocks[-1].kind
        blocks.append(
            Block(atom.line.number, atom.text, kind, decision, label in "KT", label == "C")
        )
    return blocks


def _starts(blocks: Sequence[Block]) -> list[Block]:
    """Settle where articles begin: at the first of stacked heads, a note above them, a jump."""
    fixed, last = [], ""
    for block in blocks:
        starts = block.starts_article and last != "kicker" or block.kind == "jump-from"
        fixed.append(_marked(block, starts=starts))
        if starts:
            _reach_back(fixed)
        last = last if block.kind in BETWEEN else block.kind
    return fixed


def _reach_back(blocks: list[Block]) -> None:
    """Let a note just above a heading begin the article instead."""
    at = len(blocks) - 1
    while at and blocks[at - 1].kind in ("note", *BETWEEN):
        at -= 1
        if blocks[at].kind == "note":
            blocks[-1] = _marked(blocks[-1], starts=False)
            blocks[at] = _marked(blocks[at], starts=True)


def _marked(block: Block, *, starts: bool) -> Block:
    if block.starts_article == starts:
        return block
    return Block(block.line, block.text, block.kind, block.decision, starts, block.joins_previous)


def _columns(blocks, atoms, columns) -> list[Block]:
    """Propose the names of standing columns: known ones, and lone heads over a photo story."""
    for i, (block, atom) in enumerate(zip(blocks, atoms, strict=False)):
        if block.kind not in ("headline", "kicker"):
            continue
        text = block.text.strip("●■【】[] ")
        if text in columns:
            blocks[i] = _as_column(block, "known-column", 0.97)
        elif block.kind == "kicker" and STANDING.search(text) and len(text) <= 12:
            blocks[i] = _as_column(block, "column-words", 0.7)
        elif (
            block.kind == "headline"
            and len(text) <= 14
            and _over_photo(blocks, i)
            and _sounds_standing(text, atom)
        ):
            blocks[i] = _as_column(block, "column-over-photo", 0.7)
    return blocks


def _sounds_standing(text: str, atom: Atom) -> bool:
    return bool(STANDING.search(text)) or (len(text.split()) == 2 and atom.line.gap >= 2)


def _as_column(block: Block, reason: str, confidence: float) -> Block:
    return Block(
        block.line, block.text, "column", Decision(reason, confidence), block.starts_article
    )


def _over_photo(blocks, i) -> bool:
    kinds = []
    for block in blocks[i + 1 :]:
        if block.starts_article or len(kinds) > 6:
            break
        kinds.append(block.kind)
    return (
        "credit" in kinds
        and set(kinds) <= {"body", "caption", "credit", *BETWEEN}
        and kinds.count("body") <= 3
    )
