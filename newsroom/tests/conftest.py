"""The building is tested on the same ground as the paper."""

from articles.tests.conftest import chromium, live_server, own_files, static_files, tab

__all__ = ["chromium", "live_server", "own_files", "static_files", "tab"]
