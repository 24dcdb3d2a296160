"""What completes bylines and tags while they are typed."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, signed_in
from articles.tests.workflow_factories import member_who_may

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(desk, django_assert_num_queries):
    """A function that returns what is suggested, and asserts the number of queries."""

    def suggested(kind, q, *, queries):
        desk.get(reverse("admin:index"))  # The session and the member are known.
        with django_assert_num_queries(queries + 2):
            answer = desk.get(reverse("admin:articles_article_suggestions"), {"kind": kind, "q": q})
        return answer.json()["found"]

    return suggested


def test_contributors_come_before_names_that_have_only_signed(found):
    lin = factories.make_contributor(name="林晓禾", role="记者", distinction="要闻部")
    article = factories.make_article()
    factories.make_byline(article=article, name="林晓禾", contributor=lin)
    factories.make_byline(article=article, role="通讯员", name="林一")
    factories.make_byline(article=article, role="通讯员", name="林一")
    assert found("name", "林", queries=3) == [
        {"name": "林晓禾", "role": "记者", "contributor": lin.pk, "label": "林晓禾（要闻部）"},
        {"name": "林一", "role": "通讯员"},
    ]
    assert found("contributor", str(lin.pk), queries=1)[0]["role"] == "记者"
    assert found("name", "", queries=0) == []


def test_the_most_frequent_role_comes_first(found):
    article = factories.make_article()
    for role in ("通讯员", "记者", "记者", ""):
        factories.make_byline(article=article, role=role, name="甲")
    assert found("role", "", queries=1) == [{"name": "记者"}, {"name": "通讯员"}]
    assert found("role", "通", queries=1) == [{"name": "通讯员"}]


def test_tags_that_begin_with_the_text_come_first(found):
    factories.make_article().tags.add("便民服务", "服务业", "交通")
    assert found("tag", "服务", queries=1) == [{"name": "服务业"}, {"name": "便民服务"}]


def test_nonsense_suggests_nothing(found):
    assert found("price", "x", queries=0) == []
    assert found("contributor", "x" * 500, queries=1) == []
    assert found("tag", "\0", queries=0) == []


def test_who_does_not_write_is_suggested_nothing():
    reader = signed_in(member_who_may("view_article"))
    assert reader.get(reverse("admin:articles_article_suggestions")).status_code == 403


def test_a_typed_name_is_linked_when_the_form_is_saved(desk):
    contributor = factories.make_contributor(name="林晓禾")
    rows = [{"order": 1, "role": "记者", "name": "林晓禾"}]
    desk.post(ARTICLE_ADD_URL, article_data(headline="有作者", bylines=rows))
    assert Article.objects.get().bylines.get().contributor == contributor
