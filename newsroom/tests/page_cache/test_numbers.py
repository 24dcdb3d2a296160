"""The numbers of scopes: one way to read them inside a transaction, a shorter one outside."""

import pytest
from django.db import transaction

from articles import publication
from articles.publication import LISTS, NAMES


@pytest.mark.django_db(transaction=True)
def test_numbers_are_the_same_inside_a_transaction_and_outside():
    publication.change(LISTS, "issue 1")
    publication.change(LISTS)
    scopes = [LISTS, "issue 1", NAMES]
    outside = publication.numbers(scopes)
    with transaction.atomic():
        assert publication.numbers(scopes) == outside
    assert outside[LISTS].startswith("2.")
    assert outside[NAMES] == ""
