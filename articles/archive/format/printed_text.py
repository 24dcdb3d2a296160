"""Convert printed paragraphs to the stored HTML and back, without a change of a character.

A line break in a paragraph is stored as `br`; a paragraph may be empty or blank. The opening is
the dateline and the lead-in as an article prints them at the head of its first paragraph.
"""

import html
import re
from collections.abc import Sequence

from articles.content import article_html
from articles.content.copy import BylineText, format_bylines
from articles.content.figures import FIGURE
from articles.intake.parse import lead_ins

TAGS = re.compile(r"(<[^>]*>)")
# As bodies have them that were stored before links without a scheme were left out.
OLD_LINK = re.compile(r'<a href="([^":<>]*)">')
# Longer ones stay in the text. The same as the columns: articles/tests/archive/test_fields.py.
MAX_DATELINE, MAX_ROLE, MAX_NAME = 60, 30, 60


def opening(dateline: str, bylines: Sequence[BylineText]) -> str:
    """Return the printed dateline and lead-in: 本报讯（记者 张可馨）."""
    names = format_bylines(bylines)
    return f"{dateline}（{names}）" if dateline and names else dateline


def parse_opening(paragraphs: Sequence[str]) -> tuple[str, tuple[BylineText, ...]]:
    """Return the dateline and the bylines at the head of printed paragraphs.

    Empty where printing them would not give the same characters: then they stay in the text.
    """
    found = lead_ins.parse_lead_in(paragraphs[0]) if paragraphs else None
    if found is None or not found.bylines:
        return "", ()
    names = tuple(BylineText(who.house + who.role, who.name) for who in found.bylines)
    printed = opening(found.dateline, names)
    is_exact = printed == paragraphs[0][: found.end] and "\n" not in printed
    return (found.dateline, names) if is_exact and _fits(found.dateline, names) else ("", ())


def _fits(dateline: str, names: Sequence[BylineText]) -> bool:
    """Tell whether these fit their columns."""
    return len(dateline) <= MAX_DATELINE and all(
        len(byline.role) <= MAX_ROLE and len(byline.name) <= MAX_NAME for byline in names
    )


def html_from_printed(paragraphs: Sequence[str], opening: str) -> str | None:
    """Return the HTML of printed paragraphs; None where they do not begin with the opening."""
    rest = list(paragraphs)
    if opening:
        if not rest or not rest[0].startswith(opening):
            return None
        rest[0] = rest[0].removeprefix(opening)
        if rest == [""]:
            return ""
    return article_html.html_from_paragraphs(rest).replace("\n", "<br>")


def printed_paragraphs(markup: str, opening: str) -> list[str]:
    """Return the printed paragraphs of a stored body and its opening."""
    found = article_html.paragraphs(markup)
    if not opening:
        return found
    if FIGURE.sub("", markup).startswith("<p>"):
        return [opening + found[0], *found[1:]]
    return [opening, *found]


def is_stored_form(markup: str) -> bool:
    """Tell whether a body is HTML as the sanitizer stores it, whatever white space it has.

    Its text must be escaped, and its tags must be those that the sanitizer leaves.
    """
    parts = TAGS.split(markup)
    texts, tags = parts[::2], parts[1::2]
    if any(html.escape(html.unescape(text), quote=False) != text for text in texts):
        return False
    marked = "".join(
        tag + ("x" if text or _is_empty(tags, number) else "")
        for number, (tag, text) in enumerate(zip(tags, texts[1:], strict=True))
    ).replace("<br>", "x<br>x")
    marked = OLD_LINK.sub(r'<a href="/x\1">', marked)
    return not texts[0] and (article_html.sanitize(marked) == marked if marked else not markup)


def _is_empty(tags: Sequence[str], number: int) -> bool:
    """Tell whether a tag that holds words is followed directly by its closing tag."""
    if tags[number].startswith("<figure"):
        return False
    following = tags[number + 1] if number + 1 < len(tags) else ""
    return following.startswith("</") and following[2:-1] == tags[number][1:-1].partition(" ")[0]
