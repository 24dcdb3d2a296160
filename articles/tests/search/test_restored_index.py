"""The index of the search on PostgreSQL is made without a search path, as pg_restore does."""

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's index needs no function")
@pytest.mark.django_db
def test_the_terms_of_an_entry_are_found_without_a_search_path():
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_search_terms('鲸落')")
        terms = cursor.fetchone()
        cursor.execute("SELECT set_config('search_path', '', true)")
        cursor.execute("SELECT public.articles_search_terms('鲸落')")
        assert cursor.fetchone() == terms
