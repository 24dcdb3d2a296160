"""The building is tested on the same ground as the paper."""

from articles.tests.browser import chromium, tab
from articles.tests.conftest import live_server, own_files, served, static_files

__all__ = ["chromium", "live_server", "own_files", "served", "static_files", "tab"]
