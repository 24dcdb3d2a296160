"""What pasted HTML holds that is not the text: what is left out, and why. No Django here."""

import re
from dataclasses import dataclass, field, replace

from .html_tokens import Token
from .inline_styles import Style, is_hidden, is_struck

# Round a reading, for browsers that know no ruby: told only where it holds more.
READING_BRACKET = "bracket"
BRACKETS = ("", *"（）()〔〕【】[]")
DELETED, COMMENT, HIDDEN, STRUCK, PICTURE = "deleted", "comment", "hidden", "struck", "picture"

COMMENT_CLASSES = frozenset(
    ["msocomanchor", "msocomtxt", "msocomoff", "msocommentreference", "msocommentsubject"]
)
COMMENT_ANCHOR = re.compile(r"#(?:cmnt|_msocom_)", re.I)
GOOGLE_ANCHOR = re.compile(r"cmnt(?:_ref)?[0-9]+", re.I)
GOOGLE_REMARK = re.compile(r"cmnt[0-9]+", re.I)
# Pictures that stand for a character: 😀, [微笑].
CHARACTER_CLASS = re.compile(r"emoji|emotion|smiley", re.I)
CHARACTER = re.compile(r"[^\w\s]{1,12}|\[[^\[\]\s]{1,6}\]")
MOST_COLUMNS = 1000  # of a table of which columns are hidden


@dataclass(eq=False, slots=True)
class LeftOut:
    """Words that are left out, as they are gathered."""

    kind: str
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Omission:
    """Words that the sanitizer has left out: of what kind, and the words."""

    kind: str
    text: str


def omission_kind(token: Token, style: Style) -> str:
    """Return why what a tag holds is not part of the text; nothing where it is."""
    if token.tag == "rp":
        return READING_BRACKET
    if token.tag == "del" or "msodel" in token.classes:
        return DELETED
    if _is_comment(token, style):
        return COMMENT
    if is_hidden(token, style):
        return HIDDEN
    return STRUCK if is_struck(token, style) else ""


def _is_comment(token: Token, style: Style) -> bool:
    return (
        bool(token.classes & COMMENT_CLASSES)
        or style.get("mso-element") in ("comment", "comment-list")
        or style.get("mso-special-character") == "comment"
        or bool(COMMENT_ANCHOR.match(token.attributes.get("href", "")))
        or (token.tag == "a" and bool(GOOGLE_ANCHOR.fullmatch(token.attributes.get("id", ""))))
    )


def opens_remark(token: Token) -> bool:
    """Tell whether a tag is the anchor at the head of a remark: the whole box is a comment."""
    return token.tag == "a" and bool(GOOGLE_REMARK.fullmatch(token.attributes.get("id", "")))


def is_character(token: Token) -> bool:
    """Tell whether a picture stands for a character, so that its alternative text is kept."""
    alt = token.attributes.get("alt", "")
    is_named = bool(CHARACTER_CLASS.search(token.attributes.get("class", "")))
    return bool(alt.strip()) and (is_named or bool(CHARACTER.fullmatch(alt)))


def is_invisible(token: Token) -> bool:
    """Tell whether a picture is a counter of one dot, which nobody has seen."""
    return min(token.number("width", 9), token.number("height", 9)) <= 1


def listed(found: list[LeftOut]) -> tuple[Omission, ...]:
    """Return what was left out, without what is empty."""
    omissions: list[Omission] = []
    for each in found:
        text = "".join(each.parts).strip()
        if each.kind == READING_BRACKET and text not in BRACKETS:
            omissions.append(Omission(HIDDEN, text))
        elif each.kind == PICTURE or (text and each.kind != READING_BRACKET):
            omissions.append(Omission(each.kind, text))
    return tuple(omissions)


@dataclass(slots=True)
class Columns:
    """The columns of a table that are hidden, and where its next cell stands."""

    hidden: set[int] = field(default_factory=set)
    number: int = 0  # of columns that were declared
    at: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # rows that a cell above still covers

    def declare(self, token: Token, *, is_hidden: bool) -> None:
        """Take in a `col`."""
        span = min(token.number("span", 1) or 1, 100)
        if is_hidden:
            self.hidden.update(range(self.number, self.number + span))
        self.number += span

    def start_row(self) -> None:
        """Begin a row: the cells of the row above are one row nearer their end."""
        self.at = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def placed(self, token: Token) -> Token:
        """Return the next cell, which covers visible columns only; hidden if it covers none."""
        while self.at in self.taken:
            self.at += 1
        if not self.hidden or self.at >= MOST_COLUMNS:
            return token
        span = token.number("colspan", 1) or 1
        covered = range(self.at, min(self.at + span, MOST_COLUMNS))
        self.at += len(covered)
        self.taken |= dict.fromkeys(covered, token.number("rowspan", 1) or 1)
        visible = len(set(covered) - self.hidden)
        attributes = token.attributes | ({"colspan": str(visible)} if visible else {"hidden": ""})
        return replace(token, attributes=attributes)
