"""The switchboard: the desk under /admin/, the reader's site everywhere else."""

from django.contrib import admin
from django.urls import include, path

from articles.views import front
from articles.views.preview import preview

handler404 = "articles.views.errors.not_found"
handler500 = "newsroom.outage.server_error"
handler403 = "articles.views.errors.forbidden"
handler400 = "articles.views.errors.bad_request"

# The desk shows articles and issues in the reader's look, of which it knows nothing itself.
desk_preview = admin.site.admin_view(preview)
front_preview = admin.site.admin_view(front.preview)

urlpatterns = [
    path("admin/articles/article/preview/", desk_preview, name="preview_new"),
    path("admin/articles/article/<int:pk>/preview/", desk_preview, name="preview"),
    path("admin/articles/issue/<int:pk>/preview/", front_preview, name="preview_issue"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
