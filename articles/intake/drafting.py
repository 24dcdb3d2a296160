"""From an article as it was read to the words as they are stored: no character is lost.

The lead-in and the names become data where printing the data gives the same characters again;
where it would not, the printed line stays in the text, beside the data. What has no field of its
own (notes, jumps, signatures of notices, captions without their picture) stands in the text where
it was printed.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles import body, cleaning
from articles.copy import Copy, SignedName, signed

from .datelines import HOUSE
from .marks import squash
from .paper import Article, Part

OURS = "本报"
AGENCY = re.compile(rf"(?:综合)?(?:据)?(?P<house>{HOUSE})")
# What a composed line leaves out: ornaments, and what stands between names.
BETWEEN = re.compile(r"[□■●◎◆◇▲△★☆○◯▪•、，,；;：:|（()）\s]")
DOCUMENT = re.compile(r"(?:决议|公报|决定|倡议书|公开信|讲话|致辞)$")
GENRES = {"photo": "photo", "notice": "notice", "correction": "correction", "verse": "literary"}
TAGS = {"subhead": "h2", "note": "blockquote"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One item of a page as it is stored: its words, genre, agency, and lines in the source.

    `captions` counts the captions that stand in the text because their pictures are not there.
    """

    copy: Copy
    genre: str
    source: str
    lines: tuple[int, ...]
    captions: int = 0


def draft(article: Article) -> Draft:
    """Return an article as it is stored."""
    bylines = tuple(SignedName(who.house + who.role, who.name) for who in article.bylines)
    is_data = _is_composed(article, bylines)
    dateline = article.dateline if is_data else ""
    copy = Copy(
        kicker=_heads(article, "kicker"),
        headline=_heads(article, "headline"),
        deck=_heads(article, "deck"),
        dateline=cleaning.line(dateline),
        bylines=tuple(SignedName(*map(cleaning.line, (who.role, who.name))) for who in bylines),
        body=_body(_text_parts(article, bylines, has_lead=not is_data)),
        column=cleaning.line(article.first("column")),
    )
    return Draft(
        copy=copy,
        genre=_genre(article, copy),
        source=_agency(article.dateline),
        lines=tuple(line for part in article.parts for line in part.lines),
        captions=0 if article.kind == "photo" else len(article.all("caption")),
    )


def _heads(article: Article, kind: str) -> str:
    return cleaning.line(" ".join(part.text for part in article.all(kind)))


def _is_composed(article: Article, bylines: tuple[SignedName, ...]) -> bool:
    """Tell whether the printed lead-in is what the dateline and the names print."""
    names = signed(bylines)
    composed = f"{article.dateline}（{names}）" if names else article.dateline
    return bool(article.dateline) and squash(article.first("lead")) == squash(composed)


def _text_parts(article: Article, bylines, *, has_lead: bool) -> Iterator[Part]:
    """Yield the parts that stand in the text, in printed order."""
    named = Counter(squash("".join(who.role + who.name for who in bylines)))
    column = next((part for part in article.parts if part.kind == "column"), None)
    for part in article.parts:
        is_head = part.kind in ("kicker", "headline", "deck") or part is column
        is_lead = part.kind == "lead" and not has_lead
        if not (is_head or is_lead or _is_told(part, named, article)):
            yield part


def _is_told(part: Part, named: Counter, article: Article) -> bool:
    """Tell whether the bylines say all that a line of names says."""
    names = ("byline", "credit") if article.kind == "photo" else ("byline",)
    return part.kind in names and not Counter(BETWEEN.sub("", part.text)) - named


def _body(parts: Iterator[Part]) -> str:
    """Return the text as it is stored. Credits, jumps and lead-ins stand with their neighbour."""
    blocks: list[tuple[str, str]] = []
    ahead, last = "", 0
    for part in parts:
        if part.kind in ("lead", "jump-from"):
            ahead += part.text
            continue
        if _leans_back(part, blocks) and not ahead:
            glue = "" if part.lines[0] == last else "\n"
            blocks[-1] = (part.kind, blocks[-1][1] + glue + part.text)
        else:
            blocks.append((part.kind, ahead + part.text))
        ahead, last = "", part.lines[-1]
    blocks += [("body", ahead)] if ahead else []
    return body.clean("".join(_block(kind, words) for kind, words in blocks))


def _leans_back(part: Part, blocks: list[tuple[str, str]]) -> bool:
    before = blocks[-1][0] if blocks else ""
    pairs = {"credit": ("caption", "credit"), "verse": ("verse",), "jump-to": ("body", "credit")}
    return before in pairs.get(part.kind, ())


def _block(kind: str, words: str) -> str:
    tag = TAGS.get(kind, "p")
    inner = html.escape(words, quote=False).replace("\n", "<br>")
    return f"<{tag}><p>{inner}</p></{tag}>" if tag == "blockquote" else f"<{tag}>{inner}</{tag}>"


def _genre(article: Article, copy: Copy) -> str:
    if not copy.bylines and not article.dateline and DOCUMENT.search(copy.headline):
        return "document"
    return GENRES.get(article.kind, "news")


def _agency(dateline: str) -> str:
    """Return the agency that a report comes from; nothing for a report of our own."""
    found = AGENCY.match(dateline)
    return "" if found is None or found["house"] == OURS else found["house"]
