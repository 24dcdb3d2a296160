"""Describe what a step with several articles did, and what was refused, by name."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.utils.translation import gettext as _

from articles.editing.batch import BatchResult

# How many articles are named at once.
NAMED = 10


def add_batch_message(request, step: str, result: BatchResult) -> None:
    """Add one message about a step, such as “Submit for review”, with several articles."""
    level = messages.SUCCESS
    if result.refused:
        level = messages.WARNING if result.done else messages.ERROR
    messages.add_message(request, level, describe(step, result))


def describe(step: str, result: BatchResult) -> str:
    """Return what was done and what was refused, each in a sentence."""
    return " ".join(_sentences(step, result))


def _sentences(step: str, result: BatchResult) -> Iterator[str]:
    if result.done:
        names = quoted(article.display_title for article in result.done)
        yield _("%(step)s, done: %(articles)s.") % {"step": step, "articles": names}
    reasons: dict[str, list[str]] = {}
    for name, why in result.refused:
        reasons.setdefault(why, []).append(name)
    for why, names in reasons.items():
        facts = {"step": step, "articles": quoted(names), "why": why}
        yield _("%(step)s, refused: %(articles)s. %(why)s") % facts


def quoted(names: Iterable[str]) -> str:
    """Return names in quotation marks, the first ten of them and how many there are."""
    names = list(names)
    shown = "".join(_("“%(article)s”") % {"article": name} for name in names[:NAMED])
    if len(names) > NAMED:
        shown += _(" and others, %(number)d in all") % {"number": len(names)}
    return shown
