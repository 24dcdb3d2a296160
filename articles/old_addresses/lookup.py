"""Find where an old address leads now. A page that readers do not see is as one that is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Value
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from articles.models import Article, Issue, OldAddress
from articles.models.page import unpadded

from .patterns import best_match, candidates, fill


@dataclass(frozen=True, slots=True)
class Gone:
    """An old address that leads nowhere any more, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of an old address: a path here, that it is gone, or nothing to be told.

    `leads_to` is None where its page does not exist or is not public.
    """

    leads_to: str | Gone | None


def look_up(path: str, parameters: Sequence[tuple[str, str]]) -> Found | None:
    """Return what an old address leads to; None for one that nobody has entered.

    One query by an index, and one more that asks whether readers see the page.
    """
    asked = candidates(path, parameters)
    rows = (
        OldAddress.objects.order_by()
        .annotate(at=Value(0))
        .values_list("pattern", "target", "reason")
    )
    # Two selections, so that each has its index; the patterns are few.
    exact, shapes = rows.filter(pattern__in=asked), rows.filter(has_parts=True)
    found = {pattern: rest for pattern, *rest in exact.union(shapes, all=True)}
    match = next(((each, {}) for each in asked if each in found and "{" not in each), None)
    match = match or best_match(found, asked)
    if match is None:
        return None
    target, reason = found[match[0]]
    return Found(public_path(fill(target, match[1])) if target else Gone(reason))


def public_path(path: str) -> str | None:
    """Return the path of a page that readers see, or that of the issue where a page is missing.

    None where it leads to no page, or to an article or issue that readers do not see: they
    cannot tell these apart. At most one query; other pages than these are taken as they are.
    """
    match = match_of(path)
    if match is None:
        return None
    if "key" in match.kwargs:
        return _path_in_issue(match)
    if match.url_name.removeprefix("hant_") in ARTICLE_VIEWS:
        return path if _is_or_was_public(match.kwargs["pk"]) else None
    return path


ARTICLE_VIEWS = frozenset(
    [
        *("article", "correction_history", "bibtex", "ris", "article_card"),
        *("article_json", "archive_line"),
    ]
)


def match_of(path: str) -> ResolverMatch | None:
    """Return the readers' view that answers a path, if any."""
    try:
        match = resolve(path)
    except (Resolver404, ValueError):  # a date that does not exist is a ValueError in a converter
        return None
    return match if match.namespace == "articles" else None


def _is_or_was_public(pk: int) -> bool:
    """Tell whether an article answers with its page, or with the notice that it was withdrawn."""
    article = Article.objects.filter(pk=pk)
    public = Article.objects.published().filter(pk=pk).values("pk")
    return public.union(article.withdrawn().values("pk")).exists()


def _path_in_issue(match: ResolverMatch) -> str | None:
    """Return the path of a published issue or of its page, whose label may be written otherwise.

    An old site calls A1 what is printed A01; a page that the issue lacks leads to the issue.
    """
    issued_on, edition = match.kwargs["key"]
    issues = Issue.objects.published().filter(issued_on=issued_on, edition=edition)
    labels = list(issues.values_list("pages__label", flat=True))
    if not labels:
        return None
    wanted = match.kwargs.get("label")
    key = Issue(issued_on=issued_on, edition=edition).url_key
    if wanted is None:
        return reverse(f"articles:{match.url_name}", args=[key])
    label = next((each for each in labels if each and _is_same(each, wanted)), None)
    name = match.url_name if label else match.url_name.replace("page", "issue")
    return reverse(f"articles:{name}", args=[key, label] if label else [key])


def _is_same(label: str, wanted: str) -> bool:
    return unpadded(label) == unpadded(wanted)
