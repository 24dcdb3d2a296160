"""Which tests `make test` runs on which database."""

import pytest

from newsroom.tests.__main__ import NEITHER, NO_BROWSER, ON_EACH, selections

BOTH = {"SQLite": "", "PostgreSQL": "postgres://"}


@pytest.mark.parametrize(
    ("databases", "has_chromium", "expected"),
    [
        (BOTH, True, [NO_BROWSER, ON_EACH]),
        (BOTH, False, [NO_BROWSER, NEITHER]),
        ({"SQLite": ""}, True, [()]),
        ({"SQLite": ""}, False, [NO_BROWSER]),
    ],
)
def test_what_is_the_same_on_every_database_runs_on_one_and_all_else_on_each(
    databases, has_chromium, expected
):
    assert selections(databases, has_chromium=has_chromium) == expected
