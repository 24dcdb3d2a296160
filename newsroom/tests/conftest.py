"""Fixtures of the tests of the whole project: those of the app, and its guard."""

from articles.tests.chromium import chromium, tab
from articles.tests.conftest import (
    empty_search_index,
    ledger_head,
    live_server,
    own_files,
    pytest_unconfigure,
    rows_deleted,
    served,
    static_files,
    static_files_listed_once,
)

from .object_store import in_store, out_of_reach, place, storage, store_server

__all__ = [
    "chromium",
    "empty_search_index",
    "in_store",
    "ledger_head",
    "live_server",
    "out_of_reach",
    "own_files",
    "place",
    "pytest_unconfigure",
    "rows_deleted",
    "served",
    "static_files",
    "static_files_listed_once",
    "storage",
    "store_server",
    "tab",
]
