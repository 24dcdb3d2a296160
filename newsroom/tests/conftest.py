"""Fixtures of the tests of the whole project: those of the app, and its guard."""

from articles.tests.chromium import chromium, tab
from articles.tests.conftest import live_server, own_files, pytest_unconfigure, served, static_files

__all__ = [
    "chromium",
    "live_server",
    "own_files",
    "pytest_unconfigure",
    "served",
    "static_files",
    "tab",
]
