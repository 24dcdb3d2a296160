"""The reader's addresses. They are for ever: none encodes a title, an order or a template."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.models.page import LABEL
from articles.views.article import article_page, citation_files, correction_history
from articles.views.issue import front, issue_overview, page

from .views import about, article_lists, back_issues, card, corrections, photo, well_known
from .views.traditional import traditional


class IssueKey(StringConverter):
    """2024-07-27, or 2024-07-27-2 for an extra: (date, edition). See `Issue.url_key`."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?"

    def to_python(self, value: str) -> tuple[date, int]:
        return date.fromisoformat(value[:10]), int(value[11:] or 1)


class PageLabel(StringConverter):
    """A1, 01."""

    regex = LABEL


register_converter(IssueKey, "issue")
register_converter(PageLabel, "label")

paper_urls = [
    path("", front.latest, name="latest"),
    path("<issue:key>/", front.issue, name="issue"),
    path("<issue:key>/pages/", issue_overview.issue_overview, name="issue_overview"),
    path("<issue:key>/<label:label>/", page.page, name="page"),
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
]

machine_urls = [
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("service-worker.js", well_known.service_worker, name="service_worker"),
    path("offline/", well_known.offline, name="offline"),
]

# Everything but files can be read in traditional characters too.
FILES = {"bibtex", "ris", "photo", "article_card", "issue_card"}
traditional_urls = [
    path(f"hant/{page.pattern}", traditional(page.callback), name=f"hant_{page.name}")
    for page in paper_urls + archive_urls + list_urls
    if page.name not in FILES
]

app_name = "articles"
urlpatterns = paper_urls + preview_urls + archive_urls + list_urls + machine_urls + traditional_urls
