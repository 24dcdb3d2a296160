"""An article as ninjs 3.1, the JSON of the IPTC for news; an issue as JSON of our own.

`origin` is the site, as https://example.org. What nobody has given is left out. No query where
the article is loaded `queries.with_parts`.
"""

from django.urls import reverse
from django.utils import timezone

from articles.content import article_html, copy, text
from articles.models import Article, Byline, Genre, Issue, Page
from articles.models.photo import Generated

from . import content

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
STANDARD = {"name": "ninjs", "version": "3.1", "schema": SCHEMA}
# The IPTC's names for how a picture was made, where a program made it.
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SOURCE_TYPE = {
    Generated.GENERATED: "trainedAlgorithmicMedia",
    Generated.COMPOSITE: "compositeWithTrainedAlgorithmicMedia",
}
# The sizes of a photo that are offered, by the IPTC's names of renditions.
RENDITIONS = {"web": "wide", "preview": "small", "thumbnail": "preview"}


def ninjs_of(article: Article, paper: str, origin: str) -> dict:
    """Return a published article as ninjs; `paper` is the name of the paper of its day."""
    issue = article.page.issue
    signed = [row for row in article.bylines.all() if not copy.is_credit(row)]
    facts = {
        "uri": content.uri(article),
        "type": "picture" if article.is_photo else "text",
        "representationType": "full",
        "version": str(article.version),
        "firstCreated": _instant(issue.released_at),
        "versionCreated": _instant(content.updated_at(article)),
        "pubStatus": "usable",
        "language": "zh-Hans",
        "title": article.display_title,
        "by": copy.format_bylines(article.bylines.all()),
        "headlines": _valued(main=article.headline, kicker=article.kicker, deck=article.deck),
        "bodies": _bodies(article, origin),
        "descriptions": _descriptions(article),
        "people": [_signature(row, origin) for row in signed if not _is_organisation(row)],
        "organisations": [_signature(row, origin) for row in signed if _is_organisation(row)],
        "infoSources": [{"name": article.source or paper, "role": "source"}],
        "subjects": _subjects(article, origin),
        "genres": [{"name": str(Genre(article.genre).label), "literal": article.genre}],
        "renditions": _pages(article, origin),
        "associations": [_picture(row, origin) for row in article.captions.all()],
        "altIds": [{"role": "printed", "value": printed_place(article)}],
        "standard": STANDARD,
    }
    return _without_empty(facts)


def printed_place(article: Article) -> str:
    """Return where an article was printed: 2024-07-27/A1/3."""
    page = article.page
    return f"{page.issue.url_key}/{page.label}/{article.position}"


def issue_of(
    issue: Issue, pages: list[Page], articles: dict[int, list[Article]], paper: str, origin: str
) -> dict:
    """Return an issue with its pages and articles, these by the id of their page. No query."""
    facts = {
        "paper": paper,
        "date": issue.issued_on.isoformat(),
        "edition": issue.edition,
        "serial": issue.serial,
        "title": issue.title,
        "url": origin + issue.get_absolute_url(),
        "released_at": _instant(issue.released_at),
        "pages": [_page(page, articles.get(page.pk, []), origin) for page in pages],
    }
    return _without_empty(facts)


def _page(page: Page, articles: list[Article], origin: str) -> dict:
    facts = {name: getattr(page, name) for name in ("label", "name", "editor", "designer")}
    return _without_empty(
        facts
        | {
            "proofreader": page.proofreader,
            "url": origin + page.get_absolute_url(),
            "articles": [_entry(article, origin) for article in articles],
        }
    )


def _entry(article: Article, origin: str) -> dict:
    facts = {name: getattr(article, name) for name in ("kicker", "headline", "deck", "genre")}
    column = article.column.name if article.column else ""
    json = reverse("articles:article_json", args=[article.pk])
    return _without_empty(
        {
            "uri": content.uri(article),
            "title": article.display_title,
            **facts,
            "column": column,
            "position": article.position,
            "length": article.length,
            "url": origin + article.get_absolute_url(),
            "json": origin + json,
        }
    )


def _bodies(article: Article, origin: str) -> list[dict]:
    """Return the text as it reads aloud, and as HTML with the pictures in their places."""
    lead_in = article.lead_in_of(article.bylines.all())
    opening = f"{article.dateline}{lead_in}"
    plain = opening + article_html.words(article.body)
    length = text.count(plain)
    return [
        {"role": "main", "contentType": "text/plain", "charCount": length, "value": plain},
        {
            "role": "richtext",
            "contentType": "text/html",
            "value": "".join(content.body_pieces(article, origin)),
        },
    ]


def _descriptions(article: Article) -> list[dict]:
    opening = "".join(text.excerpt(article_html.paragraphs(article.body), content.SUMMARY))
    told = [("summary", opening), *(("correction", line) for line in content.corrections(article))]
    return [
        {"role": role, "contentType": "text/plain", "value": words} for role, words in told if words
    ]


def _subjects(article: Article, origin: str) -> list[dict]:
    found = []
    if article.page.name:
        found.append({"name": article.page.name, "rel": "section"})
    if article.column:
        address = origin + article.column.get_absolute_url()
        found.append({"name": article.column.name, "rel": "column", "uri": address})
    for tagging in article.taggings.all():
        address = origin + reverse("articles:tag", args=[tagging.tag.pk])
        found.append({"name": tagging.tag.name, "rel": "keyword", "uri": address})
    return found


def _pages(article: Article, origin: str) -> list[dict]:
    """Return the addresses of the article itself, for people and as the archive's line."""
    line = reverse("articles:archive_line", args=[article.pk])
    return [
        {"name": "page", "href": origin + article.get_absolute_url(), "contentType": "text/html"},
        {"name": "archive", "href": origin + line, "contentType": "application/json"},
    ]


def _picture(caption, origin: str) -> dict:
    photo, web = caption.photo, content.Picture.of(caption, origin)
    made = SOURCE_TYPE.get(photo.generated)
    mark = str(photo.get_generated_display()) if photo.generated else ""
    return _without_empty(
        {
            "name": web.words or photo.alt or web.credit or photo.uid.urn,
            "uri": photo.uid.urn,
            "type": "picture",
            "rel": "illustration",
            "by": web.credit,
            "descriptions": _valued(caption=web.words, alternative=photo.alt),
            "renditions": [
                _rendition(name, content.Picture.of(caption, origin, rendition))
                for name, rendition in RENDITIONS.items()
            ],
            "digitalSourceType": _without_empty(
                {"name": mark, "uri": SOURCE_TYPES + made if made else ""}
            ),
        }
    )


def _rendition(name: str, picture: content.Picture) -> dict:
    facts = {"name": name, "href": picture.url, "contentType": "image/jpeg"}
    return _without_empty(facts | {"width": picture.width, "height": picture.height})


def _signature(row: Byline, origin: str) -> dict:
    facts = {"name": row.name, "rel": "author", "uri": content.author_url(row, origin)}
    return _without_empty(facts | {"literal": row.role})


def _is_organisation(row: Byline) -> bool:
    return bool(row.contributor and row.contributor.is_organisation)


def _valued(**values: str) -> list[dict]:
    return [{"role": role, "value": value} for role, value in values.items() if value]


def _instant(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _without_empty(facts: dict) -> dict:
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}
