"""What machines ask for by a fixed name."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import queries

from .frame import Frame, reader_page, render_page

ROBOTS = "User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\nSitemap: {news}\n"


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """Invite every crawler to everything but the desk, and name the sitemaps."""
    sitemap, news = (
        request.build_absolute_uri(reverse(f"articles:{name}"))
        for name in ("sitemap", "sitemap_news")
    )
    text = ROBOTS.format(sitemap=sitemap, news=news)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@reader_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who do not read the page's own link to the icon."""
    return HttpResponseRedirect(static("img/icon.svg"))


@reader_page
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to a system that puts it on its home screen. One query."""
    name = queries.masthead_on(timezone.localdate()).name
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    cut = {"src": static("img/icon-maskable.png"), "sizes": "512x512", "type": "image/png"}
    facts = {
        "name": name,
        "short_name": name,
        "description": gettext("The newspaper as it is printed, page by page"),
        "lang": "zh-Hans",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf9f5",
        "theme_color": "#faf9f5",
        "icons": [*icons, cut | {"purpose": "maskable"}],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@reader_page
def service_worker(request: HttpRequest) -> HttpResponse:
    """Send the script that keeps pages for reading without a line; only the root may be its place.

    Browsers ask for it anew at each visit. No query.
    """
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _worker() -> str:
    return Path(finders.find("js/offline/service-worker.js")).read_text()


@reader_page
def offline(request: HttpRequest) -> HttpResponse:
    """Show what the service worker answers where a page is not kept. One query."""
    return render_page(request, "paper/offline.html", Frame.bare(), canonical="")
