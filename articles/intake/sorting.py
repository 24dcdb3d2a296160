"""What is sure before any guessing: lines whose wording alone tells their kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import grammar as g
from .datelines import may_lead
from .lines import Line
from .marks import ending, squash
from .names import is_plausible, people


@dataclass(slots=True)
class Atom:
    """A line or a piece of one; `kind` is empty until something is sure about it."""

    line: Line
    text: str
    kind: str = ""
    reason: str = ""
    confidence: float = 1.0

    def be(self, kind: str, reason: str, confidence: float = 0.97) -> None:
        """Settle what the piece is."""
        self.kind, self.reason, self.confidence = kind, reason, confidence


def sort(lines: Sequence[Line]) -> list[Atom]:
    """Cut lines where two kinds share one, and settle the kinds that are sure."""
    atoms = [atom for line in lines for atom in _cut(line)]
    for atom in atoms:
        if not atom.kind and len(atom.text) <= 160:
            _settle(atom)
    _settle_folios(atoms)
    _settle_signatures(atoms)
    _settle_verse(atoms)
    return atoms


def _cut(line: Line) -> list[Atom]:
    """Cut jumps and glued credits off a line."""
    text, atoms, after = line.text, [], []
    if text[0] in "（(【上紧" and (jump := g.JUMP_FROM.match(text[:60])):
        atoms.append(Atom(line, jump.group().strip(), "jump-from", "jump", 0.98))
        text = text[jump.end() :]
    tail = text[-60:]
    if "转" in tail and (jump := g.JUMP_TO.search(tail)):
        at = len(text) - len(tail) + jump.start()
        after.append(Atom(line, text[at:].strip(), "jump-to", "jump", 0.98))
        text = text[:at]
    elif credit := g.INLINE_CREDIT.search(text[-80:]):
        at = len(text) - len(credit["credit"])
        after.append(Atom(line, text[at:].strip(), "credit", "credit", 0.95))
        text = text[:at]
    text = text.strip()
    return atoms + ([Atom(line, text)] if text else []) + after


def _settle(atom: Atom) -> None:
    text = atom.text
    if g.IMPRINT.search(text) and len(text) <= 120 or g.ADVERT.match(text):
        atom.be("furniture", "imprint")
    elif (
        g.DATE_LINE.match(text)
        and not g.SIGN_DATE.match(squash(text))
        and len(squash(text)) <= 60
        and "，" not in text
    ):
        atom.be("furniture", "date-line")
    elif g.EDITORS.match(text) and "。" not in text and len(squash(text)) <= 80:
        atom.be("editors", "editors-line")
    elif g.NOTE.match(text):
        atom.be("note", "note")
    elif g.POINTER.match(text):
        atom.be("jump-to", "pointer")
    else:
        _settle_people(atom)


def _settle_people(atom: Atom) -> None:
    text = atom.text
    if is_credit(text):
        atom.be("credit", "credit", 0.95)
    elif is_byline(text):
        atom.be("byline", "byline", 0.95)
    elif g.CAPTION.match(text):
        atom.be("caption", "caption", 0.93)
    elif g.TAIL.match(text) and g.TAIL_WORD.search(text):
        atom.be("source", "source", 0.95)


def is_credit(text: str) -> bool:
    """Say whether a whole line is a photographer's credit."""
    if len(squash(text)) > 40:
        return False
    if match := g.CREDIT_LABEL.match(text):
        return is_plausible(people(match["names"]))
    match = g.CREDIT.match(text)
    return bool(match) and is_plausible(people(match["names"].strip()))


def is_byline(text: str) -> bool:
    """Say whether a whole line only says who wrote."""
    if len(squash(text)) > 60 or ending(text) not in ("none", "paren"):
        return False
    match = g.MARKED_NAMES.match(text) or g.BYLINE.match(text)
    if not match or not match["names"].strip():
        return False
    return is_plausible(people(text.lstrip("□■●◎◆◇▲△★☆○◯▪• \u3000")))


def _settle_folios(atoms: Sequence[Atom]) -> None:
    """Take page labels such as A2 要闻 for furniture where they can be nothing else."""
    for i, atom in enumerate(atoms):
        match = not atom.kind and len(atom.text) <= 14 and g.PAGE_LABEL.match(atom.text)
        if not match:
            continue
        label = match["label"] or ""
        named = (
            match["name"] in g.PAGE_NAMES
            if match["name"]
            else bool(match["ban"]) or label[:1].isalpha()
        )
        if named or (match["ban"] and match["name"]) or (match["name"] and not i):
            atom.be("furniture", "page-label", 0.95)


def _settle_signatures(atoms: Sequence[Atom]) -> None:
    """Take the body and date under a notice for its signature."""
    for i, atom in enumerate(atoms):
        if i and not atom.kind and g.SIGN_DATE.match(squash(atom.text)):
            atom.be("signoff", "signature-date", 0.92)
            _sign(atoms, i - 1)
        elif i and g.NOTICE_END.search(atoms[i - 1].text) and _is_signature(atom):
            atom.be("signoff", "signature", 0.9)


def _sign(atoms, i) -> None:
    for _ in range(3):
        if i < 1 or not _is_signature(atoms[i]):
            return
        atoms[i].be("signoff", "signature", 0.9)
        i -= 1


def _is_signature(atom: Atom) -> bool:
    short = len(squash(atom.text)) <= 30 and ending(atom.text) == "none"
    return not atom.kind and short and bool(g.ORGANISATION.search(atom.text))


def _settle_verse(atoms: Sequence[Atom]) -> None:
    """Take three or more short lines under a byline, none of them a sentence, for verse."""
    for i, atom in enumerate(atoms):
        if atom.kind == "byline":
            run = _verse_run(atoms, i + 1)
            stops = sum(ending(line.text) == "stop" for line in run)
            for line in run if len(run) >= 3 and stops * 4 <= len(run) else ():
                line.be("verse", "verse", 0.85)


def _verse_run(atoms, at) -> list[Atom]:
    run = []
    while at < len(atoms) and not atoms[at].kind and _is_verse(atoms[at].text):
        run.append(atoms[at])
        at += 1
    if at < len(atoms) and (atoms[at].kind == "byline" or may_lead(atoms[at].text)):
        run = run[:-1]  # the last short line is the next headline
    elif at < len(atoms) and not atoms[at].kind:
        return []
    return run


def _is_verse(text: str) -> bool:
    return len(text) <= 20 and not re.search(r"[。；：]", text[:-1]) and not may_lead(text)
