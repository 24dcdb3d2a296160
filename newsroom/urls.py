"""URLs of the project: the admin under /admin/, /health/, the readers' site everywhere else."""

from functools import partial

from django.contrib import admin
from django.urls import include, path

from articles.admin.reading.reading_views import next_view, reading_view
from articles.views.article.printed_document import printed_document
from articles.views.article.typed_preview import preview
from articles.views.issue import front
from newsroom.health import health

handler404 = "newsroom.error_handlers.not_found"
handler500 = "newsroom.error_handlers.server_error"
handler403 = "newsroom.error_handlers.forbidden"
handler400 = "newsroom.error_handlers.bad_request"

# Previews are readers' views with the admin's permissions; articles.admin imports no views.
desk_preview = admin.site.admin_view(preview)
front_preview = admin.site.admin_view(front.preview)
# The reading view shows an article as readers' views do.
reading = admin.site.admin_view(partial(reading_view, printed=printed_document))
next_reading = admin.site.admin_view(next_view)

urlpatterns = [
    path("admin/articles/article/preview/", desk_preview, name="preview_new"),
    path("admin/articles/article/<int:pk>/preview/", desk_preview, name="preview"),
    path("admin/articles/article/read/", next_reading, name="read_next"),
    path("admin/articles/article/<int:pk>/read/", reading, name="read_article"),
    path("admin/articles/issue/<int:pk>/preview/", front_preview, name="preview_issue"),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("", include("articles.urls")),
]
