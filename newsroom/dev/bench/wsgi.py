"""The site as it is measured: its own views, and beside them the same bytes as constants."""

import time

from django.conf import settings

from newsroom.wsgi import application as site

settings.ROOT_URLCONF = "newsroom.dev.bench.urls"


def application(environ, start_response):
    """Answer /cpu with the processor time of this worker so far, anything else as the site."""
    if environ["PATH_INFO"] != "/cpu":
        return site(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [repr(time.process_time()).encode()]
