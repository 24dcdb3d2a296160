"""预览链接: how the pages of an unreleased issue are shown to who was given a link to it."""

import re
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import previews
from articles.models import Issue, PreviewLink

# Nobody keeps it, finds it, or learns its address from where a reader goes next.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
LINKED = re.compile(r"""<(?:a|img)\b(?:"[^"]*"|[^">])*>""")
ADDRESS = re.compile(r""" (href|src)="(/[^"]*)\"""")
CHOICES = re.compile(r""" srcset="[^"]*\"""")
CHOICE = re.compile(r"""(?<=[ "])/(?=photos/)""")


def previewed(view):
    """Let a view show an issue to who holds a link that works: view(request, link, …).

    A token that was made up and a link that ended or was revoked are the same 404. Once the
    issue is published, the link leads to it. One query more than the view.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, token: str, **where) -> HttpResponse:
        link = previews.open_link(token)
        if link is None:
            raise Http404
        if link.issue.is_published():
            return kept_by_nobody(redirect(link.issue))
        response = view(request, link, **where)
        if response["Content-Type"].startswith("text/html"):
            response.content = enclosed(response.content.decode(), link)
        return kept_by_nobody(response)

    return answer


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Set the headers that every answer of a preview carries."""
    for name, value in HEADERS.items():
        response[name] = value
    return response


def enclosed(html: str, link: PreviewLink) -> str:
    """Return a page whose links and pictures stay inside the preview.

    What the preview does not hold, such as back issues, keeps its words and loses its link.
    """
    root = reverse("articles:preview", args=[previews.token(link)])

    def turn(address: re.Match) -> str:
        inner = inside(address[2], link.issue)
        return "" if inner is None else f' {address[1]}="{root}{inner}"'

    def turn_all(choices: re.Match) -> str:
        return CHOICE.sub(root, choices[0])

    return LINKED.sub(lambda tag: CHOICES.sub(turn_all, ADDRESS.sub(turn, tag[0])), html)


def inside(path: str, issue: Issue) -> str | None:
    """Return where an address of the site lies inside the preview of an issue; None outside."""
    start = issue.get_absolute_url()
    if path == "/":
        return ""
    if path.startswith(start):
        return path.removeprefix(start)
    return path[1:] if path.startswith(("/articles/", "/photos/")) else None
