"""The site's addresses, and constant answers beside them."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.urls import include, path

from newsroom.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@cache
def page_bytes(name: str) -> bytes:
    """Return the body of a page as it was fetched before."""
    return (Path(os.environ["BENCH_PAGES"]) / name).read_bytes()


def constant(request, name: str) -> HttpResponse:
    """Answer with the bytes of a page, ready made."""
    return HttpResponse(page_bytes(name))


urlpatterns = [path("constant/<str:name>/", constant), path("", include("newsroom.urls"))]
