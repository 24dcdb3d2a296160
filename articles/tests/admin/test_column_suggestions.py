"""What the article form suggests as a column before anything is typed."""

from django.urls import reverse

from articles.tests.factories import make_article, make_column
from articles.tests.form_helpers import signed_in

FIELD = {"app_label": "articles", "model_name": "article", "field_name": "column"}


def suggested(term="") -> list[str]:
    answer = signed_in().get(reverse("admin:autocomplete"), FIELD | {"term": term})
    return [row["text"] for row in answer.json()["results"]]


def test_the_columns_used_last_come_first_and_closed_ones_not_at_all(db):
    columns = {name: make_column(name=name) for name in ("安居", "民生", "读书")}
    make_column(name="旧栏", is_current=False)
    for name in ("读书", "民生"):
        make_article(column=columns[name])
    assert suggested() == ["民生", "读书", "安居"]


def test_what_is_typed_finds_closed_columns_too(db):
    make_column(name="旧栏", is_current=False)
    assert suggested("旧") == ["旧栏"]
