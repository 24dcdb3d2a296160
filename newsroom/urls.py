"""The switchboard: the desk under /admin/, the reader's site everywhere else."""

from django.contrib import admin
from django.urls import include, path

from articles.views.preview import preview

handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"
handler403 = "articles.views.errors.forbidden"
handler400 = "articles.views.errors.bad_request"

# The desk shows articles in the reader's look; the desk itself knows nothing of that look.
desk_preview = admin.site.admin_view(preview)

urlpatterns = [
    path("admin/articles/article/preview/", desk_preview, name="preview_new"),
    path("admin/articles/article/<int:pk>/preview/", desk_preview, name="preview"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
