"""Save the drafts of a raw page: all of them, or none.

Saved once more, a page changes nothing. A corrected text updates the drafts that nobody has worked
on since they were created, and reports the others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.utils import timezone

from articles import ledger, publication, revisions
from articles.content.copy import BylineText, Copy
from articles.editing import placement
from articles.editing.placement import PlacementError
from articles.models import (
    Article,
    Change,
    Contributor,
    Issue,
    LedgerKind,
    Member,
    Page,
    RawPage,
    Revision,
    Status,
)
from articles.search import entries

from .drafts import Draft, length_errors, make_draft, placement_errors
from .findings import store_findings
from .matching import match_articles
from .page_zones import store_zones
from .parse.types import ParsedByline, ParseWarning
from .parse.warnings import warnings_by_article
from .raw_pages import corrected_page

# The fields of a copy that a page prints; tags, and the photos with their captions, are the desk's.
PRINTED = ("kicker", "headline", "deck", "dateline", "bylines", "body", "column")
# The fields of a page for the people responsible for it, with their printed roles.
PAGE_ROLES = {
    "editor": ("责任编辑", "责编", "编辑"),
    "designer": ("版式", "版面编辑", "组版", "美编"),
    "proofreader": ("校对",),
}
# The fields of a raw page that grow with it.
LARGE = ("source", "parsed", "corrections")
# The contributor of each name, None where two have the same name.
Contributors = Mapping[str, int | None]


class DraftsRefusedError(Exception):
    """The drafts of a page cannot be saved; `reasons` say why, and nothing is saved."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(slots=True)
class DraftsResult:
    """The articles of a page by what became of them.

    `left` differ from the text but somebody has worked on them, `gone` were in an earlier text of
    the page and are not in this one: both are as they were. `captioned` are those of any list
    that hold the captions of photos which are not there yet. `in_order` are those of the text in
    the order in which it has them.
    """

    created: list[Article] = field(default_factory=list)
    updated: list[Article] = field(default_factory=list)
    unchanged: list[Article] = field(default_factory=list)
    left: list[Article] = field(default_factory=list)
    gone: list[Article] = field(default_factory=list)
    captioned: list[Article] = field(default_factory=list)
    in_order: list[Article] = field(default_factory=list)


def save_drafts(
    raw: RawPage, *, by: Member | None, progress: Callable[[], object] = lambda: None
) -> DraftsResult:
    """Save the articles of a page as corrected, in one transaction; `by` None is the operator.

    Nothing is published or moved a step further. `progress` is called after each article. Raises
    DraftsRefusedError. At most eighteen queries, and twelve for each article; seven
    more where the page came as PDF.
    """
    parsed = corrected_page(raw)
    drafts = [make_draft(article) for article in parsed.articles]
    if errors := [*placement_errors(parsed, raw.page), *length_errors(drafts)]:
        raise DraftsRefusedError(*errors)
    try:
        with ledger.atomic():
            issue = Issue.objects.locked([raw.page.issue_id]).get()
            warnings = warnings_by_article(parsed.articles)
            result = _save(raw, issue, drafts, warnings, by=by, progress=progress)
            store_zones(raw, parsed, result.in_order)
            if issue.released_at is None:  # else they change with a reason only, at the desk
                _fill_in_page(raw.page, parsed.editors, parsed.name)
            RawPage.objects.filter(pk=raw.pk).update(drafts_at=timezone.now())
            facts = {"created": len(result.created), "updated": len(result.updated)}
            ledger.record(LedgerKind.IMPORT, raw, by=by, **facts)
    except PlacementError as error:
        raise DraftsRefusedError(str(error)) from error
    return result


def _save(
    raw: RawPage,
    issue: Issue,
    drafts: Sequence[Draft],
    warnings: Sequence[list[ParseWarning]],
    *,
    by: Member | None,
    progress: Callable[[], object],
) -> DraftsResult:
    existing = _existing(raw)
    copies = [revisions.composed(article) for article in existing]
    matched = match_articles([draft.copy for draft in drafts], copies) if existing else {}
    contributors, result = find_contributors(drafts), DraftsResult()
    fresh, found = [], []
    for number, draft in enumerate(drafts):
        if number in matched:
            article, copy = existing[matched[number]], copies[matched[number]]
            outcome = _update(raw, article, copy, draft, contributors, by=by)
            progress()
        else:
            article = Article(genre=draft.genre, source=draft.source, raw_page=raw)
            outcome = "created"
            fresh.append(draft)
        getattr(result, outcome).append(article)
        result.in_order.append(article)
        if outcome != "left":
            found.append((article, warnings[number]))
        if draft.captions:
            result.captioned.append(article)
    result.gone = _gone(raw, existing, matched.values())
    _create(raw, issue, result.created, fresh, contributors, by=by, progress=progress)
    store_findings(found)
    return result


def _create(
    raw: RawPage,
    issue: Issue,
    articles: Sequence[Article],
    drafts: Sequence[Draft],
    contributors: Contributors,
    *,
    by: Member | None,
    progress: Callable[[], object],
) -> None:
    """Insert articles at the end of their page, each with the words of its draft."""
    if articles:
        placement.append_all(articles, raw.page_id, issue, by=by)
    for article, draft in zip(articles, drafts, strict=True):
        links = byline_links(draft, contributors)
        revisions.create(article, draft.copy, links=links, by=by, change=Change.IMPORTED)
        progress()


def _existing(raw: RawPage) -> list[Article]:
    """Lock and return the articles on the page or made of its texts, with their parts.

    Six queries at most. Of their raw pages, which hold the text and the parse of a whole page,
    only the name is read.
    """
    rows = Article.objects.filter(Q(page=raw.page) | Q(raw_page__page=raw.page))
    rows = rows.exclude(status=Status.SPIKED).select_for_update(of=["self"]).order_by("pk")
    parts = ("bylines", "captions__photo", "taggings__tag")
    rows = rows.select_related("column", "raw_page").prefetch_related(*parts)
    rows = rows.defer(*(f"raw_page__{name}" for name in LARGE))
    return sorted(rows, key=lambda article: article.position or 0)


def _update(
    raw: RawPage,
    article: Article,
    copy: Copy,
    draft: Draft,
    contributors: Contributors,
    *,
    by: Member | None,
) -> str:
    """Update an article that nobody has worked on; return the list of the result it belongs to.

    Eight queries at most, besides those for a column, tags and photos.
    """
    if _has_same_text(copy, draft.copy):
        return "unchanged"
    latest = _latest_if_untouched(article, copy)
    if latest is None:
        return "left"
    article.raw_page = raw
    words = replace(draft.copy, captions=copy.captions, tags=copy.tags)
    links = byline_links(draft, contributors)
    revisions.update(article, words, latest=latest, links=links, by=by, change=Change.IMPORTED)
    return "updated"


def _latest_if_untouched(article: Article, copy: Copy) -> Revision | None:
    """Return the latest revision of a draft; None where somebody has worked on it since.

    That is: saved it, is typing in it, or changed its words without a revision. Three queries.
    """
    if article.status != Status.DRAFT or article.raw_page_id is None:
        return None
    is_saved = article.revisions.exclude(change=Change.IMPORTED).exists()
    if is_saved or article.working_copies.filter(typed_at__isnull=False).exists():
        return None
    latest = article.revisions.order_by("-number").first()
    return latest if latest and _has_same_text(copy, latest.copy) else None


def _has_same_text(one: Copy, other: Copy) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in PRINTED)


def _gone(raw: RawPage, existing: Sequence[Article], matched: Iterable[int]) -> list[Article]:
    """Return the articles of an earlier text of the same name that are not in this one."""
    matched = set(matched)
    return [
        article
        for number, article in enumerate(existing)
        if number not in matched and article.raw_page and article.raw_page.name == raw.name
    ]


def find_contributors(drafts: Iterable[Draft]) -> Contributors:
    """Return the contributors by name, None where two have the same name. One query."""
    names = {who.name for draft in drafts for who in draft.copy.bylines}
    found: dict[str, int | None] = {}
    for name, pk in Contributor.objects.filter(name__in=names).values_list("name", "pk"):
        found[name] = None if name in found else pk
    return found


def byline_links(draft: Draft, contributors: Contributors) -> dict[BylineText, int]:
    """Return the contributors of the bylines; an agency's are linked to none."""
    bylines = () if draft.source else draft.copy.bylines
    return {who: pk for who in bylines if (pk := contributors.get(who.name))}


def _fill_in_page(page: Page, editors: Sequence[ParsedByline], name: str) -> None:
    """Fill in the empty fields of a page with what its furniture says. Three queries at most."""
    printed = {
        field: " ".join(who.name for who in editors if who.role in roles)
        for field, roles in PAGE_ROLES.items()
    } | {"name": name}
    missing = {
        field: value
        for field, value in printed.items()
        if value and len(value) <= _max_length(field) and not getattr(page, field)
    }
    if missing:
        Page.objects.filter(pk=page.pk).update(**missing)
        publication.row_changed(page)
        for field_name, value in missing.items():
            setattr(page, field_name, value)
        if "name" in missing:
            entries.index_articles(Article.objects.filter(page=page))


def _max_length(field: str) -> int:
    return Page._meta.get_field(field).max_length
