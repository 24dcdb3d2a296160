"""Which tests `make test` runs on which database."""

import pytest

from newsroom.tests.__main__ import NO_BROWSER, selections

BOTH = {"SQLite": "", "PostgreSQL": "postgres://"}


@pytest.mark.parametrize(
    ("databases", "has_chromium", "expected"),
    [
        (BOTH, True, [NO_BROWSER, ()]),
        (BOTH, False, [NO_BROWSER, NO_BROWSER]),
        ({"SQLite": ""}, True, [()]),
        ({"SQLite": ""}, False, [NO_BROWSER]),
    ],
)
def test_browser_tests_run_on_one_database_and_all_others_on_each(
    databases, has_chromium, expected
):
    assert selections(databases, has_chromium=has_chromium) == expected
