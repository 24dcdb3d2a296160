"""The settings of a server that writes a line for each page that is built, behind the cache."""

import os
import time

from newsroom import settings
from newsroom.settings import *  # noqa: F403

BEHIND = settings.MIDDLEWARE.index("newsroom.page_cache.middleware.PageCacheMiddleware") + 1
MIDDLEWARE = [*settings.MIDDLEWARE]
MIDDLEWARE.insert(BEHIND, f"{__name__}.CountingMiddleware")


class CountingMiddleware:
    """Appends the path of each request that the page cache lets through; slowly, as a crowd is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with open(os.environ["BUILT"], "a") as file:
            file.write(f"{request.path}\n")
        time.sleep(0.3)
        return self.get_response(request)
