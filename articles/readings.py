"""How the reading of a printed page is told to a person: names for what it found, and a summary."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.intake.paper import Article, Byline, PageReading, Part, Warning
from articles.intake.storing import Outcome
from articles.text import count

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
WARNINGS = {
    "doubled-word": gettext_lazy("a word stands twice"),
    "unreadable-character": gettext_lazy("a character cannot be read"),
    "overlap": gettext_lazy("the same words end one column and begin the next"),
    "parallel-phrase": gettext_lazy("a character may be lost or added where a column ends"),
    "unbalanced-quotation": gettext_lazy("a quotation or bracket has no partner"),
    "mid-sentence": gettext_lazy("the article stops in mid-sentence"),
    "lost-tail": gettext_lazy("may be the end of an article that stops in mid-sentence"),
}
# What came of storing a page, in the order in which it is told.
CAME_TO = {
    "created": gettext_lazy("New drafts: %(n)d."),
    "updated": gettext_lazy("Drafts brought up to date: %(n)d."),
    "unchanged": gettext_lazy("Already there, the same: %(n)d."),
    "left": gettext_lazy("Changed on the page, but the draft was worked on and left:"),
    "gone": gettext_lazy("No longer on the page; the draft was left:"),
    "captioned": gettext_lazy("The words of a picture stand in the text; add the picture:"),
}
COUNTED = ("created", "updated", "unchanged")
PROBLEMS = {
    "binary": gettext_lazy("it holds null characters, as no text does"),
    "stray-characters": gettext_lazy("it holds characters that print nothing"),
    "lost-characters": gettext_lazy("some characters were lost before it was saved"),
    "little-chinese": gettext_lazy("hardly any of it is Chinese"),
}


def summary(reading: PageReading) -> Iterator[str]:
    """Give the lines in which a person sees what was read."""
    if folio := " ".join(filter(None, (reading.label, reading.name, reading.date))):
        yield folio
    total = len(reading.articles)
    yield ngettext("%(n)d article", "%(n)d articles", total) % {"n": total}
    for number, article in enumerate(reading.articles, 1):
        yield ""
        yield from told(number, article)
    if reading.warnings:
        yield ""
        yield _("To look at:")
        yield from map(told_warning, reading.warnings)


def told(number: int, article: Article) -> Iterator[str]:
    """Give the lines of one article: its heads, who signed, how long it is, what is doubtful."""
    title = article.first("headline") or _("(no headline)")
    yield f"{number}. [{ITEMS[article.kind]}] {title}"
    for kind in ("column", "kicker", "deck"):
        if words := article.first(kind):
            yield told_fact(KINDS[kind], words)
    if article.dateline or article.bylines:
        signed = " ".join(filter(None, (article.dateline, people(article.bylines))))
        yield told_fact(KINDS["byline"], signed)
    paragraphs = article.paragraphs
    yield "   " + ngettext(
        "%(n)d paragraph, %(length)d characters",
        "%(n)d paragraphs, %(length)d characters",
        len(paragraphs),
    ) % {"n": len(paragraphs), "length": count("".join(paragraphs))}
    yield from map(told_doubt, article.doubtful)


def told_outcome(outcome: Outcome) -> Iterator[str]:
    """Give the lines in which a person sees what came of storing a page."""
    for name, told in CAME_TO.items():
        articles = getattr(outcome, name)
        if name in COUNTED and articles:
            yield str(told) % {"n": len(articles)}
        elif articles:
            titles = "；".join(shortened(article.display_title) for article in articles)
            yield _("%(what)s %(titles)s") % {"what": told, "titles": titles}


def told_fact(name: str, words: str) -> str:
    """Return one line of an article: what it is, and its words."""
    return "   " + _("%(name)s: %(words)s") % {"name": name, "words": words}


def told_doubt(part: Part) -> str:
    """Return one line about a decision that a person should look at."""
    return "   " + _("? %(kind)s, %(sure)d %% sure, line %(lines)s: %(words)s") % {
        "kind": KINDS[part.kind],
        "sure": round(100 * part.decision.confidence),
        "lines": line_numbers(part.lines),
        "words": shortened(part.text),
    }


def told_warning(warning: Warning) -> str:
    """Return one line about something that may have gone wrong on the way from print."""
    return "   " + _("line %(lines)s: %(what)s: %(words)s") % {
        "lines": line_numbers(warning.lines),
        "what": WARNINGS[warning.code],
        "words": warning.text,
    }


def people(bylines: Iterable[Byline]) -> str:
    """Return the names with their roles, as printed and in printed order."""
    return " ".join(f"{byline.role} {byline.name}".strip() for byline in bylines)


def line_numbers(lines: Iterable[int]) -> str:
    """Return the numbers of lines in the source."""
    return "+".join(map(str, lines))


def shortened(words: str, length: int = 30) -> str:
    """Return the beginning of words that are too long for a line."""
    return words if len(words) <= length else words[: length - 1] + "…"
