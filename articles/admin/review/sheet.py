"""审稿单: what an article says and who signed it, on one page to print."""

from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.content import article_html
from articles.ledger import verification
from articles.models import Article, Byline, Member, Review, Revision, Status
from articles.workflow import LABELS


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the review sheet: a revision made, or a move."""

    at: datetime
    who: Member | str | None
    roles: str
    what: str
    status: str
    note: str
    revision: Revision
    _: KW_ONLY
    is_review: bool = False


def sheet_view(request: HttpRequest, pk: int, *, site: admin.AdminSite) -> HttpResponse:
    """Show an article's words and all that happened to it, to print on A4. Eight queries."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("page__issue", "column"), pk=pk)
    bylines, lines = list(article.bylines.all()), events(article)
    context = {
        **site.each_context(request),
        "title": article.display_title,
        "article": article,
        "bylines": [] if article.dateline else bylines,
        "body": _printed(article, bylines),
        "captions": article.captions.select_related("photo"),
        "events": lines,
        "revisions": list({event.revision.pk: event.revision for event in lines}.values()),
        "head": verification.head(),
        "opts": Article._meta,
    }
    response = TemplateResponse(request, "admin/articles/review/sheet.html", context)
    add_never_cache_headers(response)
    return response


def events(article: Article) -> list[Event]:
    """Return all that happened to an article, in the order in which it did. Four queries."""
    revisions = article.revisions.select_related("made_by").defer("stored_copy")
    reviews = article.reviews.select_related("made_by", "revision").defer("revision__stored_copy")
    found = [_change(row) for row in revisions.prefetch_related("made_by__groups")]
    found += [_review(row) for row in reviews.prefetch_related("made_by__groups")]
    return sorted(found, key=lambda event: (event.at, event.is_review))


def _printed(article: Article, bylines: list[Byline]) -> SafeString:
    """Return the body as it is printed, with its lead-in and without pictures."""
    lead_in = article_html.render_lead_in(article.dateline, article.lead_in_of(bylines))
    stored = article_html.sanitize(article.body)
    pieces = article_html.render_body(
        stored, lead_in=lead_in, photos=[], table_label=gettext("Table")
    )
    return mark_safe("".join(html for html, _photo in pieces))  # noqa: S308


def _change(row: Revision) -> Event:
    status = Status(row.status).label if row.status in Status else ""
    what = row.get_change_display()
    return Event(row.made_at, row.made_by, _roles(row.made_by), what, status, row.reason, row)


def _review(row: Review) -> Event:
    status = f"{row.get_from_status_display()} → {row.get_to_status_display()}"
    what = str(LABELS.get(row.move, row.move))
    who, roles = row.maker, _roles(row.made_by)
    return Event(row.made_at, who, roles, what, status, row.note, row.revision, is_review=True)


def _roles(member: Member | None) -> str:
    return member.role_names if member else ""
