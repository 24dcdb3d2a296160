"""Drafts: a parsed article as the copy that is stored, with no character lost, and its errors.

The lead-in and the names become data where printing the data gives the same characters again;
where it would not, the printed line stays in the body, beside the data. What has no field of its
own (notes, jumps, signatures of notices, captions without their picture) stays in the body where it
was printed.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.content import characters, sanitizer
from articles.content.copy import BylineText, Copy, format_bylines
from articles.models import Article, Byline, Column, Page
from articles.models.page import unpadded

from .parse.fixed_lines import BULLETS
from .parse.lead_ins import HOUSE
from .parse.raw_text import squash
from .parse.types import ParsedArticle, ParsedPage, ParsedPart

OURS = "本报"
AGENCY = re.compile(rf"(?:综合)?(?:据)?(?P<house>{HOUSE})")
# What a composed byline leaves out: ornaments, and what is between names.
BETWEEN_NAMES = re.compile(rf"[{BULLETS}、，,；;：:|（()）\s]")
DOCUMENT = re.compile(r"(?:决议|公报|决定|倡议书|公开信|讲话|致辞)$")
GENRES = {"photo": "photo", "notice": "notice", "correction": "correction", "verse": "literary"}
TAGS = {"subhead": "h2", "note": "blockquote"}


@dataclass(frozen=True, slots=True)
class Draft:
    """An article to be stored: its copy, genre and source (an agency).

    `captions` counts the captions that are in the body because their pictures are not there.
    """

    copy: Copy
    genre: str
    source: str
    captions: int = 0


def make_draft(article: ParsedArticle) -> Draft:
    """Return the draft of a parsed article."""
    bylines = _byline_texts(article)
    dateline = article.dateline if _is_composed(article, bylines) else ""
    copy = Copy(
        kicker=_heading(article, "kicker"),
        headline=_heading(article, "headline"),
        deck=_heading(article, "deck"),
        dateline=characters.clean_line(dateline),
        bylines=tuple(
            BylineText(*map(characters.clean_line, (who.role, who.name))) for who in bylines
        ),
        body=_body(body_parts(article)),
        column=characters.clean_line(article.first("column")),
    )
    return Draft(
        copy=copy,
        genre=_genre(article, copy),
        source=_agency(article.dateline),
        captions=0 if article.kind == "photo" else len(article.all("caption")),
    )


def _byline_texts(article: ParsedArticle) -> tuple[BylineText, ...]:
    return tuple(BylineText(who.house + who.role, who.name) for who in article.bylines)


def _heading(article: ParsedArticle, kind: str) -> str:
    return characters.clean_line(" ".join(part.text for part in article.all(kind)))


def _is_composed(article: ParsedArticle, bylines: tuple[BylineText, ...]) -> bool:
    """Tell whether the printed lead-in can be composed of the dateline and the names."""
    names = format_bylines(bylines)
    composed = f"{article.dateline}（{names}）" if names else article.dateline
    return bool(article.dateline) and squash(article.first("lead")) == squash(composed)


def body_parts(article: ParsedArticle) -> Iterator[ParsedPart]:
    """Yield the parts that go into the body, in printed order: those that have no field."""
    bylines = _byline_texts(article)
    has_lead_in = not _is_composed(article, bylines)
    names = Counter(squash("".join(who.role + who.name for who in bylines)))
    column = next((part for part in article.parts if part.kind == "column"), None)
    for part in article.parts:
        is_head = part.kind in ("kicker", "headline", "deck") or part is column
        is_lead_in = part.kind == "lead" and not has_lead_in
        if not (is_head or is_lead_in or _is_in_bylines(part, names, article)):
            yield part


def _is_in_bylines(part: ParsedPart, names: Counter, article: ParsedArticle) -> bool:
    """Tell whether the bylines have all characters of a line of names."""
    kinds = ("byline", "credit") if article.kind == "photo" else ("byline",)
    return part.kind in kinds and not Counter(BETWEEN_NAMES.sub("", part.text)) - names


def _body(parts: Iterator[ParsedPart]) -> str:
    """Return the body as HTML; credits, jumps and lead-ins join the paragraph next to them."""
    blocks: list[tuple[str, str]] = []
    ahead, last = "", 0
    for part in parts:
        if part.kind in ("lead", "jump-from"):
            ahead += part.text
            continue
        if _joins_above(part, blocks) and not ahead:
            glue = "" if part.lines[0] == last else "\n"
            blocks[-1] = (part.kind, blocks[-1][1] + glue + part.text)
        else:
            blocks.append((part.kind, ahead + part.text))
        ahead, last = "", part.lines[-1]
    blocks += [("body", ahead)] if ahead else []
    return sanitizer.sanitize("".join(_block(kind, words) for kind, words in blocks))


def _joins_above(part: ParsedPart, blocks: list[tuple[str, str]]) -> bool:
    before = blocks[-1][0] if blocks else ""
    pairs = {"credit": ("caption", "credit"), "verse": ("verse",), "jump-to": ("body", "credit")}
    return before in pairs.get(part.kind, ())


def _block(kind: str, words: str) -> str:
    tag = TAGS.get(kind, "p")
    inner = html.escape(words, quote=False).replace("\n", "<br>")
    return f"<{tag}><p>{inner}</p></{tag}>" if tag == "blockquote" else f"<{tag}>{inner}</{tag}>"


def _genre(article: ParsedArticle, copy: Copy) -> str:
    if not copy.bylines and not article.dateline and DOCUMENT.search(copy.headline):
        return "document"
    return GENRES.get(article.kind, "news")


def _agency(dateline: str) -> str:
    """Return the agency that a report comes from; empty for a report of our own."""
    found = AGENCY.match(dateline)
    return "" if found is None or found["house"] == OURS else found["house"]


def placement_errors(parsed: ParsedPage, page: Page) -> list[str]:
    """Return the errors where the text names another page or day than the one chosen."""
    day = page.issue.issued_on
    errors = []
    if parsed.label and unpadded(parsed.label) != unpadded(page.label):
        errors.append(
            _("The text says that it is page %(said)s, not %(chosen)s.")
            % {"said": parsed.label, "chosen": page.label}
        )
    if parsed.date and parsed.date != day.isoformat():
        errors.append(
            _("The text is dated %(said)s, not %(chosen)s.") % {"said": parsed.date, "chosen": day}
        )
    return errors


def length_errors(drafts: Iterable[Draft]) -> list[str]:
    """Return an error for each text that is longer than its field."""
    return [
        _("“%(words)s…” is too long as %(what)s, which has at most %(most)d characters.")
        % {"words": words[:20], "what": field.verbose_name, "most": field.max_length}
        for draft in drafts
        for field, words in _fields(draft)
        if len(words) > field.max_length
    ]


def _fields(draft: Draft) -> Iterator[tuple]:
    """Yield the fields of limited length, each with the text for it."""
    for name in ("kicker", "headline", "deck", "dateline"):
        yield Article._meta.get_field(name), getattr(draft.copy, name)
    yield Column._meta.get_field("name"), draft.copy.column
    for who in draft.copy.bylines:
        yield Byline._meta.get_field("role"), who.role
        yield Byline._meta.get_field("name"), who.name
