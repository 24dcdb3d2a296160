"""The bar at the top of the desk, the board of the next issue, and where a form leads back to."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles.models import Issue

# The parameters that say where a form leads back to: an address, or the filters of its list.
NEXT, FILTERS = "next", "_changelist_filters"
BOARD_PERMISSIONS = ("articles.view_issue", "articles.view_article")


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the bar: where it leads, who sees it, and the screens that belong to it."""

    label: str | Promise
    icon: str
    url_name: str
    screens: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()

    def link(self, request: HttpRequest) -> dict:
        """Return what the template needs to show the link on the page of a request."""
        url = reverse(f"admin:{self.url_name}")
        here = getattr(request.resolver_match, "url_name", None) or ""
        is_within = here.startswith(self.screens) if self.screens else here == self.url_name
        current = "page" if request.path == url else "true" if is_within else ""
        return {"label": self.label, "icon": self.icon, "url": url, "current": current}


# The first whose screens include the page is the current one.
PLACES = [
    Place(_("Tonight"), "tonight", "index"),
    Place(
        _("articles"),
        "article",
        "articles_article_changelist",
        ("articles_article_", "articles_sourcedocument_"),
        ("articles.view_article",),
    ),
    Place(
        _("photos"),
        "photo",
        "articles_photo_changelist",
        ("articles_photo_",),
        ("articles.view_photo",),
    ),
    Place(
        _("Pages of the next issue"),
        "board",
        "next_board",
        ("articles_issue_board", "articles_rawpage_"),
        BOARD_PERMISSIONS,
    ),
    Place(
        _("Back issues"),
        "issues",
        "articles_issue_changelist",
        ("articles_issue_",),
        ("articles.view_issue",),
    ),
]


class NavigationMixin:
    """Adds the places of the bar to every page of the admin site. No query of its own."""

    def get_urls(self):
        """Add the address of the board of the next issue."""
        board = self.admin_view(next_board)
        return [path("board/", board, name="next_board"), *super().get_urls()]

    def each_context(self, request):
        return super().each_context(request) | {"places": places_of(request)}


def places_of(request: HttpRequest) -> list[dict]:
    """Return the links that the member may follow; one of them at most is the current one."""
    links = [place.link(request) for place in PLACES if request.user.has_perms(place.permissions)]
    current = [link for link in links if link["current"]]
    for link in current[1:]:
        link["current"] = ""
    return links


def next_board(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the board of the next issue, or to the list of issues where none is planned.

    The next one is the first from today on that readers do not see yet. One query.
    """
    if not request.user.has_perms(BOARD_PERMISSIONS):
        raise PermissionDenied
    is_unpublished = Q(released_at=None) | Q(released_at__gt=timezone.now())
    issues = Issue.objects.filter(is_unpublished, issued_on__gte=timezone.localdate())
    issue = issues.order_by("issued_on", "edition").first()
    if issue is None:
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))
    return HttpResponseRedirect(reverse("admin:articles_issue_board", args=[issue.pk]))


def return_address(request: HttpRequest) -> str:
    """Return the address at the desk that a form was opened from; empty where it says none."""
    url = request.GET.get(NEXT, "")
    is_ours = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours and url.startswith(reverse("admin:index")) else ""


def return_link(request: HttpRequest, anchor: str = "") -> dict | None:
    """Return the link back to where a form was opened from; None where it does not say that.

    A list that is filtered says so in a parameter of the admin's own.
    """
    if filters := request.GET.get(FILTERS):
        return {"url": f"{_list_url()}?{filters}", "label": _("Back to the list")}
    if not (url := return_address(request)):
        return None
    is_board = resolve(urlsplit(url).path).url_name == "articles_issue_board"
    return {"url": f"{url}{anchor}", "label": _("Back to the board") if is_board else _("Back")}


def lead_back(
    request: HttpRequest, response: HttpResponse, anchor: str, *, is_done: bool
) -> HttpResponse:
    """Lead back to where a form was opened from once it is done; until then let it say so still.

    `response` is the answer of a form that was not opened from anywhere; only a redirect changes.
    """
    if response.status_code != 302:
        return response
    url, filters = return_address(request), request.GET.get(FILTERS)
    if url and is_done:
        return HttpResponseRedirect(f"{url}{anchor}")
    address = urlsplit(response.url)
    kept = {name: value for name, value in ((NEXT, url), (FILTERS, filters)) if value}
    said = parse_qs(address.query)
    if not kept or kept.keys() & said.keys() or address.path == _list_url():
        return response
    query = "&".join(filter(None, [address.query, urlencode(kept)]))
    return HttpResponseRedirect(address._replace(query=query).geturl())


def _list_url() -> str:
    return reverse("admin:articles_article_changelist")
