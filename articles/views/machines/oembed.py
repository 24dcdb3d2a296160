"""oEmbed 1.0: how other sites show a link to an article or issue."""

from dataclasses import dataclass
from html import escape
from io import StringIO
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from articles import queries
from articles.feeds import content
from articles.models import Article, Issue
from articles.sharing.drawing import SIZE
from articles.sharing.fonts import card_font
from articles.views.frame import reader_page

from .json_pages import as_json, missing, missing_article, origin
from .open_access import open_to_all, problem

FORMATS = ("json", "xml")
# The size that the quotation takes, unless the other site has less room.
WIDTH, HEIGHT = 600, 240
# The views of which an address may be, by their names.
ARTICLE, ISSUE = ("article", "hant_article"), ("issue", "hant_issue")


@dataclass(frozen=True, slots=True)
class Room:
    """How many pixels the other site has."""

    width: int | None = None
    height: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Room":
        """Read it from an address; raises ValueError for what is no number of pixels."""
        return cls(*(_pixels(request.GET.get(name, "")) for name in ("maxwidth", "maxheight")))

    def holds(self, width: int, height: int) -> bool:
        """Tell whether a picture fits."""
        return width <= (self.width or width) and height <= (self.height or height)


@open_to_all
@reader_page
def oembed(request: HttpRequest) -> HttpResponse:
    """Describe the article or issue at `url`: a quotation in HTML, with its card. Six queries."""
    kind = request.GET.get("format", "json")
    if kind not in FORMATS:
        return refused(501, gettext("Not implemented"), gettext("The format is json or xml."))
    try:
        room = Room.of(request)
    except ValueError:
        words = gettext("maxwidth and maxheight are whole numbers of pixels.")
        return refused(400, gettext("Bad request"), words)
    path = path_of(request)
    if path is None:
        words = gettext("Add the address of an article or issue of this site as url.")
        return refused(400, gettext("Bad request"), words)
    found = described(path, origin(request), room)
    if isinstance(found, HttpResponse):
        return found
    return as_xml(found) if kind == "xml" else as_json(found)


def refused(status: int, title: str, words: str) -> HttpResponse:
    """Tell what is wrong with a request. No query."""
    return problem(status, title, words)


def path_of(request: HttpRequest) -> str | None:
    """Return the path of the address that is asked for, "" for another site's, None without one."""
    try:
        parts = urlsplit(request.GET.get("url", "").strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return parts.path if parts.netloc.lower() == request.get_host().lower() else ""


def described(path: str, origin: str, room: Room) -> dict | HttpResponse:
    """Return what oEmbed tells of an address, or the answer that there is nothing."""
    try:
        match = resolve(path)
    except Resolver404:
        return missing()
    if match.url_name in ARTICLE:
        article = queries.published_article(match.kwargs["pk"])
        return of_article(article, origin, room) if article else missing_article(match.kwargs["pk"])
    if match.url_name in ISSUE:
        issued_on, edition = match.kwargs["key"]
        issue = Issue.objects.published().filter(issued_on=issued_on, edition=edition).first()
        return of_issue(issue, origin, room) if issue else missing()
    return missing()


def of_article(article: Article, origin: str, room: Room) -> dict:
    """Return what oEmbed tells of an article with its parts. One query."""
    issue = article.page.issue
    paper = queries.masthead_on(issue.issued_on).name
    card = reverse("articles:article_card", args=[article.pk])
    author = next((row.name for row in article.bylines.all()), "")
    return _rich(
        origin + article.get_absolute_url(),
        title=article.display_title,
        words=content.summary(article),
        source=f"{paper} {issue.title} {article.page.title}",
        author=author,
        paper=paper,
        card=origin + card,
        room=room,
    )


def of_issue(issue: Issue, origin: str, room: Room) -> dict:
    """Return what oEmbed tells of an issue. Two queries."""
    paper = queries.masthead_on(issue.issued_on).name
    lead = queries.first_headlines([issue]).get(issue.pk)
    return _rich(
        origin + issue.get_absolute_url(),
        title=f"{paper} {issue.title}",
        words=lead.display_title if lead else "",
        source=paper,
        author="",
        paper=paper,
        card=origin + reverse("articles:issue_card", args=[issue.url_key]),
        room=room,
    )


def _rich(
    url: str, *, title: str, words: str, source: str, author: str, paper: str, card: str, room: Room
) -> dict:
    """Return an answer of the type rich: a quotation that needs neither script nor style."""
    lines = f"<p>{escape(words)}</p>".replace("\n", "<br>") if words else ""
    link = f'<a href="{escape(url)}">{escape(title)}</a>'
    quotation = f'<blockquote cite="{escape(url)}"><p><strong>{link}</strong></p>{lines}'
    site = "/".join(url.split("/")[:3])
    facts = {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "author_name": author,
        "provider_name": paper,
        "provider_url": f"{site}/",
        "cache_age": 60,
        "html": f"{quotation}<footer>{escape(source)}</footer></blockquote>",
        "width": min(WIDTH, room.width or WIDTH),
        "height": min(HEIGHT, room.height or HEIGHT),
    }
    if card_font() is not None and room.holds(*SIZE):
        width, height = SIZE
        facts |= {"thumbnail_url": card, "thumbnail_width": width, "thumbnail_height": height}
    return {name: value for name, value in facts.items() if value}


def as_xml(facts: dict) -> HttpResponse:
    """Return facts as the XML of oEmbed."""
    buffer = StringIO()
    xml = SimplerXMLGenerator(buffer, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", {})
    for name, value in facts.items():
        xml.addQuickElement(name, content.xml_text(str(value)))
    xml.endElement("oembed")
    return HttpResponse(buffer.getvalue(), content_type="text/xml; charset=utf-8")


def _pixels(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 6 and int(value)):
        raise ValueError(value)
    return int(value)
