"""The picture of a printed page, and its PDF."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import queries
from articles.accounts import admission
from articles.facsimiles import covering, shown
from articles.facsimiles.covering import BeingMadeError
from articles.facsimiles.issue_pdf import issue_pdf_name
from articles.facsimiles.process import UnusablePdfError
from articles.facsimiles.shown import ShownFacsimile
from articles.models import Facsimile, PreviewLink
from articles.models.printed.facsimile import FORMATS
from articles.views.errors import pictures_unavailable, plain, set_no_store
from articles.views.issue.front import published_or_404
from articles.views.preview_link import preview_view
from articles.views.stored_file import PRIVATE, PUBLIC, stored_file

logger = logging.getLogger(__name__)
Key = tuple[date, int]


@require_safe
def picture(request: HttpRequest, key: Key, label: str, width: int, kind: str) -> HttpResponse:
    """Serve the picture of a page in a width, with what readers may not see painted over.

    410 where it cannot be painted over, or shall not be shown. Members who may view pages see
    that of an unreleased issue too. Two queries for readers.
    """
    found, headers = _found(request, key, label)
    return _picture(request, found, width, kind, headers)


@preview_view
def in_preview(
    request: HttpRequest, link: PreviewLink, label: str, width: int, kind: str
) -> HttpResponse:
    """Serve the picture of a page of an unreleased issue. Four queries."""
    page = next((page for page in queries.pages_of(link.issue) if page.label == label), None)
    found = page and shown.facsimile_of(page, queries.previewed_in(link.issue))
    if found is None:
        raise Http404
    return _picture(request, found, width, kind, {})


@require_safe
def page_pdf(request: HttpRequest, key: Key, label: str) -> HttpResponse:
    """Send the PDF of a page; 410 while anything on it may not be seen. Two queries for readers."""
    found, headers = _found(request, key, label)
    if not found.is_whole:
        return gone()
    name = found.facsimile.pdf.name
    return stored_file(request, default_storage, name, _pdf_headers(request, headers))


@require_safe
def issue_pdf(request: HttpRequest, key: Key) -> HttpResponse:
    """Send the PDF of all pages of an issue that have one; 410 while anything may not be seen.

    Three queries.
    """
    issue = published_or_404(key)
    found = [*shown.facsimiles_of_issue(issue, queries.published_in(issue)).values()]
    if not found:
        raise Http404
    if not all(each.is_whole for each in found):
        return gone()
    rows = [each.facsimile for each in found]
    return _file(request, partial(issue_pdf_name, rows), _pdf_headers(request, dict(PUBLIC)))


def _pdf_headers(request: HttpRequest, headers: dict) -> dict:
    name = request.path[1:].replace("/", "-")
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return headers | told | {"Content-Type": "application/pdf"}


def _file(request: HttpRequest, make: Callable[[], str], headers: dict) -> HttpResponse:
    """Return a response with a file; `make` returns its name, and may have to make it first."""
    try:
        name = make()
    except BeingMadeError:
        return _in_a_moment()
    except ConnectionError as error:
        logger.error("The pictures are out of reach: %s", error.strerror)
        return pictures_unavailable()
    except (UnusablePdfError, OSError):
        logger.exception("What %s shows cannot be made.", request.path)
        return gone()
    return stored_file(request, default_storage, name, headers)


def _found(request: HttpRequest, key: Key, label: str) -> tuple[ShownFacsimile, dict]:
    """Return what the asker may see of a page, and the headers with it. Raises Http404."""
    if found := shown.published_facsimile(key, label):
        return found, dict(PUBLIC)
    if may_view_pages(request):
        day, edition = key
        rows = Facsimile.objects.filter(page__issue__issued_on=day, page__issue__edition=edition)
        if row := rows.filter(page__label=label).select_related("page").first():
            return ShownFacsimile(row), dict(PRIVATE)
    raise Http404


def may_view_pages(request: HttpRequest) -> bool:
    """Tell whether a member with the permission asks. No query for readers."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("articles.view_page") and admission.is_admitted(request)


def _picture(request, found: ShownFacsimile, width: int, kind: str, headers: dict) -> HttpResponse:
    if width not in found.facsimile.widths:
        raise Http404
    if found.is_gone:
        return gone()
    make = partial(covering.picture_name, found, width, kind)
    return _file(request, make, headers | {"Content-Type": FORMATS[kind]})


def gone() -> HttpResponse:
    """Answer 410: something on the page was withdrawn."""
    words = gettext("Something on this page was withdrawn, or may not be shown.")
    return plain(410, gettext("No longer here"), words)


def _in_a_moment() -> HttpResponse:
    """Answer 503: the picture is being made for somebody else."""
    return set_no_store(HttpResponse(status=503, headers={"Retry-After": "3"}))
