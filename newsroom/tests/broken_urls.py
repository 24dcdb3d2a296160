"""Addresses whose pages fail, each in its own way."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import include, path

from newsroom.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def failing(request):
    raise RuntimeError("secret cause")


def forbidden(request):
    raise PermissionDenied("secret cause")


urlpatterns = [
    path("", failing),
    path("forbidden/", forbidden),
    path("admin/failing/", failing),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
