"""旧地址: the answer to an address of an earlier site, where nothing of this one has it."""

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.old_addresses.lookup import Gone, look_up, match_of
from articles.old_addresses.misses import misses

from .frame import CACHE_CONTROL, Frame, render_page


def answer(request: HttpRequest) -> HttpResponse | None:
    """Lead on to where an old address leads (301), or say that it is gone (410).

    None for an address that nobody has entered, which is counted, and for one that leads to what
    readers do not see. Two queries at most; none where there is no database.
    """
    if match_of(f"{request.path_info}/"):
        return None  # a page of this site without its slash: the middleware leads there
    try:
        found = look_up(request.path_info, [*request.GET.items()])
        if found is None and request.method == "GET":
            misses.count(request.path_info, [*request.GET.items()])
        return _response(request, found.leads_to) if found else None
    except Error:
        return None


def front_page_answer(request: HttpRequest) -> HttpResponse | None:
    """Answer an old address that is the front page's with parameters (/?id=123), if it is one.

    None without a query for an address without parameters.
    """
    found = look_up(request.path_info, [*request.GET.items()]) if request.GET else None
    return _response(request, found.leads_to) if found else None


def _response(request: HttpRequest, leads_to: str | Gone | None) -> HttpResponse | None:
    if leads_to is None:
        return None
    if isinstance(leads_to, Gone):
        response = render_page(
            request,
            "paper/gone.html",
            Frame.bare(),
            canonical="",
            status=410,
            reason=leads_to.reason,
        )
    else:
        response = HttpResponsePermanentRedirect(leads_to)
    # A browser would keep a permanent redirect for ever; the desk may have to correct it.
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
