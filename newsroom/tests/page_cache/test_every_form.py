"""Every field of every form of the desk: readers see with the next request what it changed."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin

from articles import publication, revisions
from articles.lists.entries import follow
from articles.models import Column, Contributor, ProtectedName
from articles.publication import EVERYTHING
from articles.tests import factories
from articles.tests.form_helpers import fields, signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.any_database,
    pytest.mark.usefixtures("keeping"),
]
# What a browser sends besides the fields that somebody fills in.
OWN = re.compile(
    r"_FORMS$|^only_article$|(^|-)(id|article|issue|DELETE|order)$|^_|^initial-|token|editor_id"
)
CHOICES = {"genre": "notice", "rank": "1", "status": "draft", "generated": "generated"}


@pytest.fixture
def desk():
    return signed_in(factories.make_chief(is_superuser=True))


@pytest.fixture
def full_paper(paper):
    """The paper, with a row of each model that the desk edits, all of them in use."""
    article = paper["article"]
    article.column = factories.make_column()
    article.kicker, article.deck, article.dateline = "引题", "副题", "本报讯"
    article.save()
    factories.make_column(name="另一个栏目")
    factories.make_contributor(name="周一鸣")
    ProtectedName.objects.create(name="公园", traditional="公园")
    revisions.record(article, by=None)
    follow([article.pk])
    return paper


@pytest.fixture
def paths(full_paper, shown):
    column = full_paper["article"].column.get_absolute_url()
    return [*shown, column, "/search/?q=公园"]


@pytest.fixture
def seen(client, settings, paths):
    """Return a function that asserts what readers see is right, and returns it."""

    def look() -> dict[str, bytes]:
        settings.PAGE_CACHE_MB = 16
        kept = {path: client.get(path).content for path in paths}
        settings.PAGE_CACHE_MB = 0
        built = {path: client.get(path).content for path in paths}
        settings.PAGE_CACHE_MB = 16
        assert [path for path in paths if kept[path] != built[path]] == []
        return built

    return look


def other(name: str, value: str) -> str | None:
    """Return another value of a field; None where its tick is taken away."""
    last = name.rpartition("-")[2]
    if last in CHOICES:
        return CHOICES[last]
    if last == "column":
        return str(Column.objects.get(name="另一个栏目").pk)
    if last == "contributor":
        return str(Contributor.objects.get(name="周一鸣").pk)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date(2020, 1, 1).isoformat()
    if value == "on":
        return None
    if value.isdigit() or last in ("serial", "planned_length"):
        return "77"
    return value.replace("</p>", "改</p>", 1) if "</p>" in value else f"{value}改"


# The models whose forms change what pages show.
SHOWN = ["article", "column", "contributor", "issue", "masthead", "photo", "protectedname"]
# All others of the desk, with the reason why no page shows what their forms change.
NOT_SHOWN = {
    "group member": "accounts",
    "ledgerentry": "is never changed",
    "logentry": "is never changed",
    "missedaddress oldaddress": "tell where an address leads that has no page",
    "noticesettings pointrate": "for the desk alone",
    "page": "is changed in the form of its issue",
    "rawpage sourcedocument": "what articles were made of",
    "review": "is never changed",
    "tag": "the name of one in use is fixed",
}


def test_every_model_of_the_desk_is_shown_or_has_its_reason():
    known = {*SHOWN, *" ".join(NOT_SHOWN).split()}
    assert {model._meta.model_name for model in admin.site._registry} == known


@pytest.mark.parametrize("name", SHOWN)
def test_a_field_that_is_changed_is_seen_with_the_next_request(name, desk, full_paper, seen):
    row = full_paper.get(name) or apps.get_model("articles", name).objects.order_by("pk").first()
    url, form = f"/admin/articles/{name}/{row.pk}/change/", f"{name}_form"
    page = desk.get(url)
    before, changing = seen(), []
    for each in [each for each in fields(page, form) if not OWN.search(each)]:
        filled = fields(desk.get(url), form)
        if each not in filled:
            continue
        changed = filled | {each: other(each, filled[each]), "reason": "更正", "_continue": "1"}
        number = publication.numbers([EVERYTHING])
        desk.post(url, {k: v for k, v in changed.items() if v is not None})
        if publication.numbers([EVERYTHING]) != number:
            changing += [each]  # Every page is built anew: there is nothing to compare.
            continue
        after = seen()
        changing += [each] if after != before else []
        before = after
    assert changing
