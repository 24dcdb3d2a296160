"""The reader's addresses. They are for ever: none encodes a title, an order or a template."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.models.page import LABEL
from articles.views.article import article_page, citation_files, correction_history
from articles.views.issue import epub, facsimile, front, full_text, issue_overview, page

from .views import about, article_lists, back_issues, card, corrections, photo, search, well_known
from .views.machines import feeds, json_pages, oembed, sitemaps
from .views.traditional import traditional


class IssueKey(StringConverter):
    """2024-07-27, or 2024-07-27-2 for an extra: (date, edition). See `Issue.url_key`."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?"

    def to_python(self, value: str) -> tuple[date, int]:
        return date.fromisoformat(value[:10]), int(value[11:] or 1)


class PageLabel(StringConverter):
    """A1, 01."""

    regex = LABEL


class FeedFormat(StringConverter):
    """The formats of a feed."""

    regex = "atom|json"


class PictureFormat(StringConverter):
    """The formats of the picture of a page."""

    regex = "webp|jpg"


class MonthKey(StringConverter):
    """2024-07."""

    regex = r"[0-9]{4}-[0-9]{2}"


register_converter(IssueKey, "issue")
register_converter(MonthKey, "month")
register_converter(FeedFormat, "feed_format")
register_converter(PageLabel, "label")
register_converter(PictureFormat, "picture_format")

paper_urls = [
    path("", front.latest, name="latest"),
    path("<issue:key>/", front.issue, name="issue"),
    path("<issue:key>/pages/", issue_overview.issue_overview, name="issue_overview"),
    path("<issue:key>/text/", full_text.full_text, name="full_text"),
    path("<issue:key>.epub", epub.epub, name="issue_epub"),
    path("<issue:key>/<label:label>/", page.page, name="page"),
    path(
        "<issue:key>/<label:label>/facsimile-<int:width>.<picture_format:kind>",
        facsimile.picture,
        name="facsimile",
    ),
    path("<issue:key>/<label:label>.pdf", facsimile.page_pdf, name="page_pdf"),
    path("<issue:key>.pdf", facsimile.issue_pdf, name="issue_pdf"),
    path("articles/<int:pk>/", article_page.article, name="article"),
    path(
        "articles/<int:pk>/corrections/",
        correction_history.correction_history,
        name="correction_history",
    ),
    path("articles/<int:pk>/cite.bib", citation_files.bibtex, name="bibtex"),
    path("articles/<int:pk>/cite.ris", citation_files.ris, name="ris"),
    path("photos/<uuid:uid>/<slug:rendition>.jpg", photo.photo, name="photo"),
    path("cards/articles/<int:pk>.jpg", card.article_card, name="article_card"),
    path("cards/<issue:key>.jpg", card.issue_card, name="issue_card"),
]

preview_urls = [
    path("preview/<str:token>/", front.in_preview, name="preview"),
    path("preview/<str:token>/pages/", issue_overview.in_preview, name="preview_issue_overview"),
    path("preview/<str:token>/<label:label>/", page.in_preview, name="preview_page"),
    path(
        "preview/<str:token>/<label:label>/facsimile-<int:width>.<picture_format:kind>",
        facsimile.in_preview,
        name="preview_facsimile",
    ),
    path("preview/<str:token>/articles/<int:pk>/", article_page.in_preview, name="preview_article"),
    path(
        "preview/<str:token>/photos/<uuid:uid>/<slug:rendition>.jpg",
        photo.in_preview,
        name="preview_photo",
    ),
]

archive_urls = [
    path("archive/", back_issues.latest_month, name="archive"),
    path("archive/<int:year>/", back_issues.year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", back_issues.month, name="archive_month"),
]

list_urls = [
    path("columns/", article_lists.columns, name="columns"),
    path("columns/<int:pk>/", article_lists.column, name="column"),
    path("contributors/<int:pk>/", article_lists.contributor, name="contributor"),
    path("tags/<int:pk>/", article_lists.tag, name="tag"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("about/", about.about, name="about"),
    path("search/", search.search, name="search"),
    path("feeds/", feeds.feeds, name="feeds"),
]

machine_urls = [
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("service-worker.js", well_known.service_worker, name="service_worker"),
    path("offline/", well_known.offline, name="offline"),
]

feed_urls = [
    path("feeds/paper.<feed_format:kind>", feeds.paper, name="paper_feed"),
    path("feeds/pages/<str:name>.<feed_format:kind>", feeds.page, name="page_feed"),
    path("feeds/columns/<int:pk>.<feed_format:kind>", feeds.column, name="column_feed"),
    path(
        "feeds/contributors/<int:pk>.<feed_format:kind>", feeds.contributor, name="contributor_feed"
    ),
    path("feeds/tags/<int:pk>.<feed_format:kind>", feeds.tag, name="tag_feed"),
    path("search/feed.<feed_format:kind>", feeds.search, name="search_feed"),
    path("articles/<int:pk>.json", json_pages.article, name="article_json"),
    path("articles/<int:pk>.archive.json", json_pages.article_line, name="archive_line"),
    path("<issue:key>.json", json_pages.issue, name="issue_json"),
    path("oembed", oembed.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/lists.xml", sitemaps.lists, name="sitemap_lists"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemaps/<month:month>.xml", sitemaps.month, name="sitemap_month"),
    path("llms.txt", sitemaps.llms, name="llms"),
]

# Everything but files can be read in traditional characters too.
FILES = {"bibtex", "ris", "photo", "article_card", "issue_card", "facsimile"}
FILES |= {"page_pdf", "issue_pdf", "issue_epub"}
traditional_urls = [
    path(f"hant/{page.pattern}", traditional(page.callback), name=f"hant_{page.name}")
    for page in paper_urls + archive_urls + list_urls
    if page.name not in FILES
]

app_name = "articles"
urlpatterns = paper_urls + preview_urls + archive_urls + list_urls
urlpatterns += machine_urls + feed_urls + traditional_urls
