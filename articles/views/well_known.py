"""What machines ask for by a fixed name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from .frame import reader_page

ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """Invite every crawler to everything but the desk."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@reader_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who do not read the page's own link to the icon."""
    return HttpResponseRedirect(static("img/icon.svg"))
