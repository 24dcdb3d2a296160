"""Steps with several articles: each by itself, what was done and what was refused by name."""

import pytest
from django.utils.translation import gettext as _

from articles.editing.batch import BatchResult, SeenArticle, move_all, place_all
from articles.editing.placement import PlacementError, set_rank
from articles.models import Article, Rank, Review
from articles.tests.factories import PAST, make_article, make_issue, make_page
from articles.tests.query_cost import LEDGER, LOCKED_ENTRY, NEW_ENTRY
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, written

pytestmark = pytest.mark.django_db
CHANGED = "The words have changed since you read them. Please read them again."
OWN = "You wrote or last changed these words: somebody else must read them."
MOVED_ON = "The article has moved on in the meantime. Please look at it again."
MOVED = "Somebody else has just moved the article. Please look again."
RELEASED = "The issue is released; only who may release it may move its articles."


def seen(*articles) -> list[SeenArticle]:
    return [SeenArticle.of(article) for article in articles]


def told(result: BatchResult) -> tuple[list[str], list[tuple[str, str]]]:
    return [article.display_title for article in result.done], result.refused


def statuses() -> dict[str, str]:
    return dict(Article.objects.values_list("headline", "status"))


def standing(page) -> list[tuple[int, str]]:
    return list(page.articles.order_by("position").values_list("position", "headline"))


def test_several_drafts_are_submitted_at_once(writer):
    drafts = [written(by=writer, headline=headline) for headline in "甲乙丙"]
    assert told(move_all(seen(*drafts), "submit", by=writer)) == (["甲", "乙", "丙"], [])
    assert statuses() == dict.fromkeys("甲乙丙", "first_review")
    assert Review.objects.filter(move="submit", made_by=writer).count() == 3


def test_what_is_refused_is_told_by_name_and_holds_up_nothing_else(writer, readers):
    fine, changed = (written(by=writer, headline=headline) for headline in "甲乙")
    reader = readers[0]
    own = put_at("first_review", writer=reader, readers=readers, headline="丙")
    moved = put_at("signed", writer=writer, readers=readers, headline="丁")
    gone = written(by=writer, headline="戊")
    for article in (fine, changed):
        move_all(seen(article), "submit", by=writer)
        article.refresh_from_db()
    rows = [*seen(fine, changed, own), SeenArticle(moved.pk, 1, "first_review"), *seen(gone)]
    rewritten(changed, by=writer, headline="乙改")
    number = gone.pk
    gone.revisions.all()._raw_delete("default")
    gone.delete()
    assert told(move_all(rows, "pass_first", by=reader)) == (
        ["甲"],
        [
            ("乙改", _(CHANGED)),
            ("丙", _(OWN)),
            ("丁", _(MOVED_ON)),
            (f"第 {number} 号稿件", _("The article has been deleted.")),
        ],
    )
    assert statuses() == {
        "甲": "second_review",
        "乙改": "first_review",
        "丙": "first_review",
        "丁": "signed",
    }


def test_an_article_that_is_named_twice_is_moved_once(writer):
    draft = written(by=writer)
    result = move_all(seen(draft, draft), "submit", by=writer)
    assert (len(result.done), result.refused) == (1, [])


def test_a_move_without_the_permission_is_refused_for_each(writer):
    draft = written(by=writer, headline="甲")
    stranger = member_who_may("view_article")
    assert told(move_all(seen(draft), "submit", by=stranger)) == (
        [],
        [("甲", _("You may not take this step."))],
    )
    assert statuses() == {"甲": "draft"}


def test_articles_are_put_on_another_page_in_the_order_given(writer):
    issue = make_issue(released_at=None)
    a1, a2 = (make_page(issue=issue, label=label) for label in ("A1", "A2"))
    for page, headlines in ((a1, "甲乙丙"), (a2, "丁")):
        for headline in headlines:
            make_article(page=page, headline=headline)
    loose = make_article(headline="戊")
    third, first = (Article.objects.get(headline=headline) for headline in "丙甲")
    result = place_all(seen(third, loose, first), a2, by=writer)
    assert told(result) == (["丙", "戊", "甲"], [])
    assert standing(a1) == [(1, "乙")]
    assert standing(a2) == [(1, "丁"), (2, "丙"), (3, "戊"), (4, "甲")]
    assert told(place_all(seen(Article.objects.get(headline="丁")), None, by=writer))[1] == []
    assert standing(a2) == [(1, "丙"), (2, "戊"), (3, "甲")]


def test_an_article_that_may_not_go_or_was_moved_meanwhile_stays(writer):
    published = make_page(issue=make_issue(released_at=PAST), label="A1")
    page = make_page(issue=make_issue(edition=2, released_at=None), label="B1")
    out = make_article(page=published, headline="甲")
    was_loose = make_article(page=page, headline="乙")
    rows = [*seen(out), SeenArticle(was_loose.pk, 0, "signed", None)]
    assert told(place_all(rows, page, by=writer)) == ([], [("甲", _(RELEASED)), ("乙", _(MOVED))])
    assert (standing(published), standing(page)) == ([(1, "甲")], [(1, "乙")])


def test_a_rank_is_set_and_taken_back(writer):
    article = make_article(page=make_page(issue=make_issue(released_at=None)))
    for rank in (Rank.LEAD, None):
        set_rank(article.pk, rank, by=writer)
        article.refresh_from_db()
        assert article.rank == rank


def test_a_rank_in_a_released_issue_is_set_only_by_who_may_release(writer):
    article = make_article(page=make_page(issue=make_issue(released_at=PAST)))
    with pytest.raises(PlacementError, match=_(RELEASED)):
        set_rank(article.pk, Rank.LEAD, by=writer)
    set_rank(article.pk, Rank.LEAD, by=member_who_may("release_issue"))
    article.refresh_from_db()
    assert article.rank == Rank.LEAD


@pytest.mark.parametrize("number", [1, 2, 9])
def test_each_article_takes_the_same_number_of_queries(writer, number, django_assert_num_queries):
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    rows = seen(*(written(by=writer) for each in range(number)))
    writer.get_all_permissions()
    with django_assert_num_queries(1 + (12 + LEDGER) * number):
        assert move_all(rows, "submit", by=writer).refused == []
    with django_assert_num_queries(1 + (13 + LOCKED_ENTRY + NEW_ENTRY) * number):
        assert place_all(rows, page, by=writer).refused == []


@pytest.mark.parametrize("line", ["", "1", "x:2:draft:", "1::draft:", "٣:1:draft:", "9" * 40])
def test_an_odd_line_is_no_article(line):
    assert SeenArticle.parse(line) is None


@pytest.mark.parametrize("each", [SeenArticle(3, 2, "draft", 7), SeenArticle(3, 0, "signed")])
def test_what_was_seen_is_read_from_a_line(each):
    assert SeenArticle.parse(str(each)) == each
