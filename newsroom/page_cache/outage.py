"""The last kept page while the database is out of reach, with a notice."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles import publication

from .compression import compress
from .kept_page import KeptPage

# Seconds after it was last known to be right.
LONGEST = 24 * 60 * 60
PLACE = b'<div class="sheet">'
HEADERS = {"Cache-Control": "no-store", "Warning": '110 - "Response is Stale"'}


def may_show(page: KeptPage) -> bool:
    """Tell whether a page may be shown unchecked: for a day, and none with what was withdrawn.

    Where the cache cannot tell what was withdrawn, none is shown; and none that was built by a
    clock that was set back since, for what is withdrawn later has an earlier time.
    """
    now = timezone.now().timestamp()
    if page.is_ahead(now) or now - page.checked_at > LONGEST:
        return False
    try:
        withdrawn = publication.withdrawals()
    except Exception:  # of any kind of cache
        return False
    if withdrawn is None:
        return False
    return all(withdrawn.get(scope, 0) < page.built_at for scope in page.numbers)


def answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """Return a page with a notice of when it was right; nobody may keep that for later."""
    body = page.text
    if page.content_type.startswith("text/html"):
        checked_at = datetime.fromtimestamp(page.checked_at, UTC)
        notice = render_to_string("paper/partials/_outage_notice.html", {"checked_at": checked_at})
        body = body.replace(PLACE, PLACE + notice.encode(), 1)
    headers = {**page.headers, "Content-Type": page.content_type, **HEADERS}
    response = compress(
        HttpResponse(body, headers=headers), request.META.get("HTTP_ACCEPT_ENCODING", "")
    )
    response.headers["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response
