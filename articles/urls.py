"""The reader's addresses. They are for ever: none encodes a title, an order or a template."""

from datetime import date

from django.urls import path, register_converter

from .models.page import LABEL
from .views import (
    about,
    archive,
    article,
    column,
    contributor,
    corrections,
    front,
    page,
    photo,
    tag,
    wellknown,
    whole,
)


class IssueKey:
    """2024-07-27, or 2024-07-27-2 for an extra: (date, edition)."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?"

    def to_python(self, value: str) -> tuple[date, int]:
        return date.fromisoformat(value[:10]), int(value[11:] or 1)

    def to_url(self, value: tuple[date, int]) -> str:
        day, edition = value
        return day.isoformat() if edition == 1 else f"{day.isoformat()}-{edition}"


class PageLabel:
    """A1, 01."""

    regex = LABEL

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(IssueKey, "issue")
register_converter(PageLabel, "label")

paper_urls = [
    path("", front.latest, name="latest"),
    path("<issue:key>/", front.issue, name="issue"),
    path("<issue:key>/pages/", whole.whole_issue, name="whole_issue"),
    path("<issue:key>/<label:label>/", page.page, name="page"),
    path("articles/<int:pk>/", article.article, name="article"),
    path("photos/<uuid:uid>/<slug:rendition>.jpg", photo.photo, name="photo"),
]

preview_urls = [
    path("preview/<str:token>/", front.in_preview, name="preview"),
    path("preview/<str:token>/pages/", whole.in_preview, name="preview_whole_issue"),
    path("preview/<str:token>/<label:label>/", page.in_preview, name="preview_page"),
    path("preview/<str:token>/articles/<int:pk>/", article.in_preview, name="preview_article"),
    path(
        "preview/<str:token>/photos/<uuid:uid>/<slug:rendition>.jpg",
        photo.in_preview,
        name="preview_photo",
    ),
]

archive_urls = [
    path("archive/", archive.latest_month, name="archive"),
    path("archive/<int:year>/", archive.year, name="archive_year"),
    path("archive/<int:year>/<int:month>/", archive.month, name="archive_month"),
]

gathered_urls = [
    path("columns/", column.columns, name="columns"),
    path("columns/<int:pk>/", column.column, name="column"),
    path("contributors/<int:pk>/", contributor.contributor, name="contributor"),
    path("tags/<int:pk>/", tag.tag, name="tag"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("about/", about.about, name="about"),
]

machine_urls = [
    path("robots.txt", wellknown.robots, name="robots"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
]

app_name = "articles"
urlpatterns = paper_urls + preview_urls + archive_urls + gathered_urls + machine_urls
