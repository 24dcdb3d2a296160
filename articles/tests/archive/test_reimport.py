"""import_archive once more: what nobody has touched is brought up to date, the rest left alone."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from articles import revisions
from articles.content.copy import Copy
from articles.editing import placement, saving
from articles.models import Article, Change, Issue, Page, Revision, Status
from articles.tests.archive_records import row, run, stored, written
from articles.tests.factories import make_article, make_chief, make_member
from articles.tests.query_cost import LOCKED_ENTRY
from articles.workflow import transitions
from articles.workflow.release import release_printed
from articles.workflow.transitions import sign_printed_articles

pytestmark = pytest.mark.django_db

ROWS = [row(order=1), row(order=2), row(page=2, order=1)]
CORRECTED = [ROWS[0] | {"headline": "改过的标题", "genre": "feature"}, *ROWS[1:]]


def first() -> Article:
    return Article.objects.get(page__label="01", position=1)


def states() -> list:
    """Return all that an import could change."""
    rows = Article.objects.order_by("pk").values()
    return [list(rows), list(Revision.objects.order_by("pk").values())]


@pytest.fixture
def imported():
    stored(*ROWS)
    return first()


def test_other_words_become_the_next_revision_of_what_nobody_has_touched(imported):
    result = stored(*CORRECTED)
    assert (result.created, result.updated, result.skipped) == (0, 1, [])
    article = first()
    assert (article.pk, article.headline, article.genre) == (imported.pk, "改过的标题", "feature")
    numbers = article.revisions.order_by("number").values_list("number", "change")
    assert list(numbers) == [(1, Change.ARCHIVED), (2, Change.ARCHIVED)]
    assert article.version == 2
    assert article.revisions.get(number=2).copy == revisions.read(article)
    assert stored(*CORRECTED).is_unchanged


def test_other_facts_alone_make_no_revision(imported):
    assert stored(ROWS[0] | {"rank": 2, "source": "新华社"}, *ROWS[1:]).updated == 1
    article = first()
    assert (article.rank, article.source, article.version) == (2, "新华社", 1)
    assert article.revisions.count() == 1


def test_other_bylines_and_tags_take_the_place_of_those_before(imported):
    stored(row(order=1, bylines=[{"name": "甲"}, {"name": "乙"}], tags=["一", "二"]), *ROWS[1:])
    stored(row(order=1, bylines=[{"name": "丙"}], tags=["二", "三"]), *ROWS[1:])
    assert [byline.name for byline in first().bylines.all()] == ["丙"]
    assert sorted(first().tags.names()) == ["三", "二"]
    assert first().version == 3


def edited(article):
    by = make_chief()
    copy = Copy(headline="编辑改的", body="<p>编辑写的。</p>")
    typed = saving.Submission(copy, saving.metadata_of(article))
    saving.save(article.pk, typed, base=saving.BaseVersion(1, saving.metadata_of(article)), by=by)


def annotated(article):
    Article.objects.filter(pk=article.pk).update(genre="notice")
    LogEntry.objects.log_actions(make_member(username="a").pk, [article], CHANGE, "体裁")


def written_by_a_side_door(article):
    Article.objects.filter(pk=article.pk).update(headline="旁门改的")


def submitted(article):
    by = make_chief()
    from_desk = Article.objects.get(pk=article.pk)
    return transitions.move(from_desk, "submit", by=by)


def moved(article):
    other = Page.objects.get(label="02")
    placement.place(article, other, by=make_chief())


def taken_off(article):
    placement.place(article, None, by=make_chief())


@pytest.mark.parametrize(
    "touch", [edited, annotated, written_by_a_side_door, submitted, moved, taken_off]
)
def test_what_a_person_has_worked_on_is_left_alone_and_reported(tmp_path, imported, touch):
    touch(imported)
    before = states()
    status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", CORRECTED))
    assert (status, states()) == (1, before)
    assert "a.jsonl:1: " in err and len(err.splitlines()) in (1, 2)


def test_what_readers_see_is_left_alone_and_reported(tmp_path, imported):
    sign_printed_articles(list(Article.objects.all()), by=None)
    release_printed(Issue.objects.get(), by=None)
    before = states()
    status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", CORRECTED))
    assert (status, states()) == (1, before)
    assert "a.jsonl:1: " in err
    status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", ROWS), release=True)
    assert (status, err, states()) == (0, "", before)


def test_nothing_is_added_to_an_issue_that_is_released(tmp_path, imported):
    sign_printed_articles(list(Article.objects.all()), by=None)
    release_printed(Issue.objects.get(), by=None)
    before = states()
    for more in (row(order=9), row(page=3, order=1), {"date": "2019-10-01", "page": 4}):
        status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", [*ROWS, more]))
        assert (status, states(), Page.objects.count()) == (1, before, 2)
        assert len(err.splitlines()) == 2


def test_the_rest_of_an_issue_is_stored_beside_what_is_left_alone(imported):
    edited(imported)
    result = stored(*CORRECTED, row(page=3, order=1))
    assert (result.created, result.updated, len(result.skipped)) == (1, 0, 1)


def test_facts_of_pages_are_filled_in_and_never_overwritten():
    stored(row(), serial := row(page=2, page_name="综合"))
    result = stored(row(page_name="要闻", editor="王编", serial=5), serial)
    assert (result.filled, result.skipped) == (2, [])
    assert Page.objects.get(label="01").name == "要闻"
    assert Issue.objects.get().serial == 5
    result = stored(row(page_name="头版", editor="王编", serial=6), serial)
    assert (result.filled, len(result.skipped)) == (0, 2)
    assert (Page.objects.get(label="01").name, Issue.objects.get().serial) == ("要闻", 5)


def test_an_article_with_a_uid_is_known_wherever_it_stands(tmp_path):
    uid = "f0000000-0000-4000-8000-000000000001"
    stored(row(uid=uid))
    status, _out, err = run(
        "import_archive", written(tmp_path / "a.jsonl", [row(date="2019-10-02", uid=uid)])
    )
    assert (status, Article.objects.count()) == (1, 1)
    assert "a.jsonl:1" in err


def test_articles_that_the_files_do_not_name_are_not_touched(imported):
    own = make_article(page=imported.page, position=7, status=Status.DRAFT, headline="自己的")
    stored(*CORRECTED)
    own.refresh_from_db()
    assert (own.headline, own.position, own.version) == ("自己的", 7, 0)


def test_a_second_import_asks_little_and_writes_nothing(imported, django_assert_num_queries):
    rows = json.loads(json.dumps(ROWS))
    # Five of them compare the entries of the search.
    with django_assert_num_queries(15 + LOCKED_ENTRY):
        assert stored(*rows).is_unchanged
