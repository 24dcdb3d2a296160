"""Classify the lines whose wording alone tells their kind: folios, credits, bylines, notes …"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import patterns
from .lead_ins import are_plausible_names, may_be_lead_in, parse_bylines
from .raw_text import Line, ending, squash

BULLETS = "□■●◎◆◇▲△★☆○◯▪• \u3000"
LONGEST = 160  # characters; what is longer is copy


@dataclass(slots=True)
class Piece:
    """A line or a piece of one; `kind` is empty until the line is classified."""

    line: Line
    text: str
    kind: str = ""
    reason: str = ""
    confidence: float = 1.0

    def classify(self, kind: str, reason: str, confidence: float = 0.97) -> None:
        """Set the kind, with the reason and the confidence."""
        self.kind, self.reason, self.confidence = kind, reason, confidence


def classify_fixed_lines(lines: Sequence[Line]) -> list[Piece]:
    """Cut lines that hold two kinds, and classify the pieces of which the kind is sure."""
    pieces = [piece for line in lines for piece in _cut(line)]
    for piece in pieces:
        if not piece.kind and len(piece.text) <= LONGEST:
            _classify_alone(piece)
    _classify_page_labels(pieces)
    _classify_signatures(pieces)
    _classify_verse(pieces)
    return pieces


def _cut(line: Line) -> list[Piece]:
    """Cut jumps and credits off a line."""
    text, before = line.text, []
    if text[0] in "（(【上紧" and (jump := patterns.JUMP_FROM.match(text[:60])):
        before.append(Piece(line, jump.group().strip(), "jump-from", "jump", 0.98))
        text = text[jump.end() :]
    text, after = _cut_end(line, text)
    text = text.strip()
    return before + ([Piece(line, text)] if text else []) + after


def _cut_end(line: Line, text: str) -> tuple[str, list[Piece]]:
    """Return a text without the jump or credit at its end, and that piece."""
    tail = text[-60:]
    if "转" in tail and (jump := patterns.JUMP_TO.search(tail)):
        at = len(text) - len(tail) + jump.start()
        return text[:at], [Piece(line, text[at:].strip(), "jump-to", "jump", 0.98)]
    if credit := patterns.INLINE_CREDIT.search(text[-80:]):
        at = len(text) - len(credit["credit"])
        return text[:at], [Piece(line, text[at:].strip(), "credit", "credit", 0.95)]
    return text, []


def _classify_alone(piece: Piece) -> None:
    text = piece.text
    if patterns.IMPRINT.search(text) and len(text) <= 120 or patterns.ADVERT.match(text):
        piece.classify("furniture", "imprint")
    elif _is_date_line(text):
        piece.classify("furniture", "date-line")
    elif patterns.EDITORS.match(text) and "。" not in text and len(squash(text)) <= 80:
        piece.classify("editors", "editors-line")
    elif patterns.NOTE.match(text):
        piece.classify("note", "note")
    elif patterns.POINTER.match(text):
        piece.classify("jump-to", "pointer")
    else:
        _classify_people(piece)


def _is_date_line(text: str) -> bool:
    return (
        bool(patterns.DATE_LINE.match(text))
        and not patterns.SIGN_DATE.match(squash(text))
        and len(squash(text)) <= 60
        and "，" not in text
    )


def _classify_people(piece: Piece) -> None:
    text = piece.text
    if is_credit(text):
        piece.classify("credit", "credit", 0.95)
    elif is_byline(text):
        piece.classify("byline", "byline", 0.95)
    elif patterns.CAPTION.match(text):
        piece.classify("caption", "caption", 0.93)
    elif patterns.TAIL.match(text) and patterns.TAIL_WORD.search(text):
        piece.classify("source", "source", 0.95)


def is_credit(text: str) -> bool:
    """Tell whether a whole line is a photo credit."""
    if len(squash(text)) > 40:
        return False
    match = patterns.CREDIT_LABEL.match(text) or patterns.CREDIT.match(text)
    return bool(match) and are_plausible_names(parse_bylines(match["names"].strip()))


def is_byline(text: str) -> bool:
    """Tell whether a whole line is a byline."""
    if len(squash(text)) > 60 or ending(text) not in ("none", "paren"):
        return False
    match = patterns.MARKED_NAMES.match(text) or patterns.BYLINE.match(text)
    if not match or not match["names"].strip():
        return False
    return are_plausible_names(parse_bylines(text.lstrip(BULLETS)))


def _classify_page_labels(pieces: Sequence[Piece]) -> None:
    """Classify page labels such as A2 要闻 as furniture where they can be nothing else."""
    for i, piece in enumerate(pieces):
        match = not piece.kind and len(piece.text) <= 14 and patterns.PAGE_LABEL.match(piece.text)
        if match and _is_page_label(match, is_first=not i):
            piece.classify("furniture", "page-label", 0.95)


def _is_page_label(match: re.Match, *, is_first: bool) -> bool:
    name, has_ban = match["name"], bool(match["ban"])
    if not name:
        return has_ban or (match["label"] or "")[:1].isalpha()
    return bool(patterns.PAGE_NAMES.fullmatch(name)) or has_ban or is_first


def _classify_signatures(pieces: Sequence[Piece]) -> None:
    """Classify the organisation and the date under a notice as its signature."""
    for i, piece in enumerate(pieces):
        if i and not piece.kind and patterns.SIGN_DATE.match(squash(piece.text)):
            piece.classify("signoff", "signature-date", 0.92)
            for above in _signatures_above(pieces, i):
                above.classify("signoff", "signature", 0.9)
        elif i and patterns.NOTICE_END.search(pieces[i - 1].text) and _is_signature(piece):
            piece.classify("signoff", "signature", 0.9)


def _signatures_above(pieces: Sequence[Piece], at: int) -> Iterator[Piece]:
    """Yield up to three signatures above a date; the first piece of a page is none."""
    for piece in reversed(pieces[max(1, at - 3) : at]):
        if not _is_signature(piece):
            return
        yield piece


def _is_signature(piece: Piece) -> bool:
    is_short = len(squash(piece.text)) <= 30 and ending(piece.text) == "none"
    return not piece.kind and is_short and bool(patterns.ORGANISATION.search(piece.text))


def _classify_verse(pieces: Sequence[Piece]) -> None:
    """Classify three or more short lines under a byline, few of them sentences, as verse."""
    for i, piece in enumerate(pieces):
        if piece.kind == "byline":
            run = _verse_under(pieces, i + 1)
            stops = sum(ending(line.text) == "stop" for line in run)
            for line in run if len(run) >= 3 and stops * 4 <= len(run) else ():
                line.classify("verse", "verse", 0.85)


def _verse_under(pieces: Sequence[Piece], at: int) -> list[Piece]:
    run = []
    while at < len(pieces) and not pieces[at].kind and _is_verse(pieces[at].text):
        run.append(pieces[at])
        at += 1
    if at < len(pieces) and (pieces[at].kind == "byline" or may_be_lead_in(pieces[at].text)):
        return run[:-1]  # the last short line is the next headline
    return [] if at < len(pieces) and not pieces[at].kind else run


def _is_verse(text: str) -> bool:
    return len(text) <= 20 and not re.search(r"[。；：]", text[:-1]) and not may_be_lead_in(text)
