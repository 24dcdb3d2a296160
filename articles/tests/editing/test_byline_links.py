"""Names of new bylines that are linked to the only contributor who has them."""

import pytest

from articles.content.copy import BylineText, Copy
from articles.editing.byline_links import link_new_names
from articles.editing.saving import BaseVersion, Submission
from articles.tests import factories

pytestmark = pytest.mark.django_db

LIN, ZHOU, CHEN = (BylineText("记者", name) for name in ("林晓禾", "周一鸣", "陈立"))


def submission(**links) -> Submission:
    rows = {"lin": LIN, "zhou": ZHOU, "chen": CHEN}
    named = {rows[name]: key for name, key in links.items()}
    return Submission(copy=Copy(bylines=tuple(named)), metadata={}, links=named)


def test_a_new_name_is_linked_where_only_one_contributor_has_it(django_assert_num_queries):
    lin = factories.make_contributor(name="林晓禾")
    factories.make_contributor(name="周一鸣")
    factories.make_contributor(name="周一鸣", distinction="摄影")
    with django_assert_num_queries(1):
        linked = link_new_names(submission(lin=None, zhou=None, chen=None), BaseVersion(None))
    assert linked.links == {LIN: lin.pk, ZHOU: None, CHEN: None}


def test_a_choice_that_was_made_and_a_link_that_was_removed_stay(django_assert_num_queries):
    factories.make_contributor(name="林晓禾")
    other = factories.make_contributor(name="周一鸣")
    given = submission(lin=None, zhou=other.pk)
    with django_assert_num_queries(0):
        linked = link_new_names(given, BaseVersion(1, {}, {LIN: None}))
    assert linked == given
