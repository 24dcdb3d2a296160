"""What the addresses for programs share: any site may read them; errors are told as JSON."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from articles.views.errors import set_no_store

# Pages of other sites may fetch what is public; without credentials, which readers have none of.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def open_to_all(view):
    """Let pages of any other site read what a view answers, also its errors."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            words = gettext(
                "Nothing is at this address. It may have been deleted, or the address is wrong."
            )
            response = problem(404, gettext("Not found"), words)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return answer


def problem(status: int, title: str, detail: str, **members) -> HttpResponse:
    """Tell an error as a program reads it: problem details of RFC 9457, never cached."""
    told = {"title": title, "status": status, "detail": detail, **members}
    response = JsonResponse(
        {name: value for name, value in told.items() if value},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    return set_no_store(response)
