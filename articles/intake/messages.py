"""Messages about parsed pages: names of kinds and warnings, a summary, the result of drafts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.content.text import count
from articles.editing.character_messages import describe_invisible

from .parse.decoding import DecodedText
from .parse.raw_text import read_lines
from .parse.types import ParsedArticle, ParsedByline, ParsedPage, ParsedPart, ParseWarning
from .parse.warnings import find_warnings
from .persistence import DraftsResult
from .warning_texts import WARNINGS

KINDS = {
    "column": gettext_lazy("column"),
    "kicker": gettext_lazy("kicker"),
    "headline": gettext_lazy("headline"),
    "deck": gettext_lazy("deck"),
    "lead": gettext_lazy("lead-in"),
    "body": gettext_lazy("body"),
    "subhead": gettext_lazy("subhead"),
    "summary": gettext_lazy("summary"),
    "verse": gettext_lazy("verse"),
    "source": gettext_lazy("where it comes from"),
    "signoff": gettext_lazy("signature"),
    "byline": gettext_lazy("byline"),
    "credit": gettext_lazy("credit"),
    "caption": gettext_lazy("caption"),
    "note": gettext_lazy("editor's note"),
    "jump-from": gettext_lazy("continued from"),
    "jump-to": gettext_lazy("continued on"),
    "furniture": gettext_lazy("page furniture"),
    "editors": gettext_lazy("page editors"),
}
ITEMS = {
    "article": pgettext_lazy("kind of item", "report"),
    "photo": pgettext_lazy("kind of item", "photo story"),
    "correction": gettext_lazy("correction"),
    "notice": gettext_lazy("notice"),
    "verse": gettext_lazy("verse"),
}
# The fields of DraftsResult with their messages, in order.
RESULTS = {
    "created": gettext_lazy("New drafts: %(n)d."),
    "updated": gettext_lazy("Drafts brought up to date: %(n)d."),
    "unchanged": gettext_lazy("Already there, the same: %(n)d."),
    "left": gettext_lazy("Changed on the page, but the draft was worked on and left:"),
    "gone": gettext_lazy("No longer on the page; the draft was left:"),
    "captioned": gettext_lazy("The words of a picture stand in the text; add the picture:"),
}
COUNTED_RESULTS = ("created", "updated", "unchanged")
PROBLEMS = {
    "binary": gettext_lazy("it holds null characters, as no text does"),
    "stray-characters": gettext_lazy("characters that print nothing were left out"),
    "lost-characters": gettext_lazy("some characters were lost before it was saved"),
    "little-chinese": gettext_lazy("hardly any of it is Chinese"),
}


def problem_lines(source: DecodedText) -> Iterator[str]:
    """Yield what is wrong with a file, with the invisible characters by name and line."""
    for problem in source.problems:
        message = str(PROBLEMS[problem])
        if problem == "stray-characters":
            _lines, removed = read_lines(source.text)
            message = _("%(what)s: %(which)s (line %(lines)s)") % {
                "what": message,
                "which": describe_invisible(Counter(each.character for each in removed)),
                "lines": line_numbers(dict.fromkeys(each.line for each in removed)),
            }
        yield message


def summary_lines(page: ParsedPage) -> Iterator[str]:
    """Yield the lines of a summary of a parsed page."""
    if folio := " ".join(filter(None, (page.label, page.name, page.date))):
        yield folio
    total = len(page.articles)
    yield ngettext("%(n)d article", "%(n)d articles", total) % {"n": total}
    for number, article in enumerate(page.articles, 1):
        yield ""
        yield from article_lines(number, article)
    if warnings := find_warnings(page.articles):
        yield ""
        yield _("To look at:")
        yield from map(warning_line, warnings)


def article_lines(number: int, article: ParsedArticle) -> Iterator[str]:
    """Yield the lines of one article: headings, bylines, length, what is doubtful."""
    title = article.first("headline") or _("(no headline)")
    yield f"{number}. [{ITEMS[article.kind]}] {title}"
    for kind in ("column", "kicker", "deck"):
        if words := article.first(kind):
            yield field_line(KINDS[kind], words)
    if article.dateline or article.bylines:
        names = " ".join(filter(None, (article.dateline, people(article.bylines))))
        yield field_line(KINDS["byline"], names)
    paragraphs = article.paragraphs
    yield "   " + _length(paragraphs)
    yield from map(doubt_line, article.doubtful)


def _length(paragraphs: Sequence[str]) -> str:
    message = ngettext(
        "%(n)d paragraph, %(length)d characters",
        "%(n)d paragraphs, %(length)d characters",
        len(paragraphs),
    )
    return message % {"n": len(paragraphs), "length": count("".join(paragraphs))}


def result_lines(result: DraftsResult) -> Iterator[str]:
    """Yield the lines about the drafts that were created, updated and left."""
    for name, message in RESULTS.items():
        articles = getattr(result, name)
        if name in COUNTED_RESULTS and articles:
            yield str(message) % {"n": len(articles)}
        elif articles:
            titles = "；".join(shorten(article.display_title) for article in articles)
            yield _("%(what)s %(titles)s") % {"what": message, "titles": titles}


def field_line(name: str, words: str) -> str:
    """Return one line of an article: the name of a field, and its text."""
    return "   " + _("%(name)s: %(words)s") % {"name": name, "words": words}


def doubt_line(part: ParsedPart) -> str:
    """Return one line about a decision that a person should check."""
    return "   " + _("? %(kind)s, %(sure)d %% sure, line %(lines)s: %(words)s") % {
        "kind": KINDS[part.kind],
        "sure": round(100 * part.decision.confidence),
        "lines": line_numbers(part.lines),
        "words": shorten(part.text),
    }


def warning_line(warning: ParseWarning) -> str:
    """Return one line about a warning."""
    return "   " + _("line %(lines)s: %(what)s: %(words)s") % {
        "lines": line_numbers(warning.lines),
        "what": WARNINGS[warning.code],
        "words": warning.text,
    }


def people(bylines: Iterable[ParsedByline]) -> str:
    """Return the names with their roles, as printed and in printed order."""
    return " ".join(f"{byline.role} {byline.name}".strip() for byline in bylines)


def line_numbers(lines: Iterable[int]) -> str:
    """Return the numbers of lines in the raw text, joined by +."""
    return "+".join(map(str, lines))


def shorten(words: str, length: int = 30) -> str:
    """Return a text, cut to a length with an ellipsis."""
    return words if len(words) <= length else words[: length - 1] + "…"
