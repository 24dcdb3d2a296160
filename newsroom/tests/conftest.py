"""The building is tested on the same ground as the paper."""

from articles.tests.conftest import chromium, own_files, static_files, tab

__all__ = ["chromium", "own_files", "static_files", "tab"]
