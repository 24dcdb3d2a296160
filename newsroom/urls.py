"""URLs of the project: the admin under /admin/, the readers' site everywhere else."""

from django.contrib import admin
from django.urls import include, path

from articles.views.article.typed_preview import preview
from articles.views.issue import front

handler404 = "newsroom.error_handlers.not_found"
handler500 = "newsroom.error_handlers.server_error"
handler403 = "newsroom.error_handlers.forbidden"
handler400 = "newsroom.error_handlers.bad_request"

# Previews are readers' views with the admin's permissions; articles.admin imports no views.
desk_preview = admin.site.admin_view(preview)
front_preview = admin.site.admin_view(front.preview)

urlpatterns = [
    path("admin/articles/article/preview/", desk_preview, name="preview_new"),
    path("admin/articles/article/<int:pk>/preview/", desk_preview, name="preview"),
    path("admin/articles/issue/<int:pk>/preview/", front_preview, name="preview_issue"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
