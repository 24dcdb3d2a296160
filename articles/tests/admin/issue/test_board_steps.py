"""Steps with the articles that are ticked on the board, and ranks by a click."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext as _

from articles.models import Article, Issue, Rank
from articles.tests.factories import PAST, make_article, make_issue, make_page
from articles.tests.form_helpers import fields, signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import (
    announcement,
    article_named,
    board_order,
    board_url,
    make_board,
    open_board,
)
from articles.tests.workflow_factories import rewritten, written

pytestmark = pytest.mark.django_db
OWN = "You wrote or last changed these words: somebody else must read them."
CHANGED = "The words have changed since you read them. Please read them again."


@pytest.fixture
def issue(db):
    return make_board()


@pytest.fixture
def editor(roles):
    return roles("责任编辑")


def ticks(desk, issue) -> dict[str, str]:
    """Return the value of the tick box of each article on the board, by headline."""
    boxes = Parsed(desk.get(board_url(issue) + "?unplaced=all")).all(".//input[@name='tick']")
    values = {box.get("value").split(":")[0]: box.get("value") for box in boxes}
    return {article.headline: values[str(article.pk)] for article in Article.objects.all()}


def post(desk, issue, headlines, *, shown=None, **button):
    """Press a button of the board with some articles ticked."""
    shown = shown or ticks(desk, issue)
    ticked = [shown[headline] for headline in headlines]
    return desk.post(board_url(issue), open_board(desk, issue) | {"tick": ticked} | button)


def statuses() -> dict[str, str]:
    return dict(Article.objects.values_list("headline", "status"))


def test_ticked_articles_of_several_pages_are_submitted_in_one_step(editor, issue):
    Article.objects.update(status="draft")
    desk = signed_in(editor)
    answer = post(desk, issue, "甲丙丁", step="submit")
    assert (answer.status_code, announcement(answer)) == (200, "送审：《甲》《丙》《丁》。")
    expected = {"甲": "first_review", "乙": "draft", "丙": "first_review", "丁": "first_review"}
    assert statuses() == expected


def test_what_is_refused_is_told_by_name_on_the_board(editor, writer, issue):
    page = issue.pages.in_order()[1]
    for headline, by in (("戊", writer), ("己", editor), ("庚", writer)):
        written(by=by, headline=headline, page=page)
    desk = signed_in(editor)
    post(desk, issue, "戊己庚", step="submit")
    shown = ticks(desk, issue)
    rewritten(article_named("庚"), by=writer, headline="庚改")
    answer = post(desk, issue, "戊己庚", shown=shown, step="pass_first")
    assert answer.status_code == 409
    assert announcement(answer) == (
        f"一审通过：《戊》。 未能一审通过：《己》。{_(OWN)} 未能一审通过：《庚改》。{_(CHANGED)}"
    )
    assert statuses()["戊"] == "second_review"


@pytest.mark.parametrize(
    ("headlines", "label", "expected", "told"),
    [
        ("甲丙", "A2", {"A1": "乙", "A2": "丁甲丙"}, "移到 A2 要闻：《甲》《丙》。"),
        ("丙丁", "A1", {"A1": "甲乙丙丁", "A2": ""}, "移到 A1 要闻：《丙》《丁》。"),
        ("甲丁", "", {"A1": "乙丙", "A2": ""}, "撤下版面：《甲》《丁》。"),
    ],
)
def test_ticked_articles_are_moved_in_one_step(editor, issue, headlines, label, expected, told):
    desk = signed_in(editor)
    to = issue.pages.get(label=label).pk if label else ""
    answer = post(desk, issue, headlines, to=to)
    assert (answer.status_code, announcement(answer)) == (200, told)
    assert board_order(issue) == expected


def test_articles_are_not_moved_to_a_page_of_another_issue(editor, issue):
    other = make_page(issue=make_issue(edition=2, released_at=None), label="C1")
    answer = post(signed_in(editor), issue, "甲", to=other.pk)
    assert answer.status_code == 409
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}


@pytest.mark.parametrize(
    "button",
    [
        {"step": ""},
        {"step": "x"},
        {"step": "return"},
        {"step": "submit"},
        {"to": "x"},
        {"to": ""},
        {"rank": ""},
        {"rank": "x:1"},
        {"rank": "1:9"},
        {"rank": f"{10**12}:1"},
    ],
)
def test_a_step_without_articles_or_sense_is_refused_and_changes_nothing(editor, issue, button):
    before = list(Article.objects.order_by("pk").values())
    desk = signed_in(editor)
    for ticked in ([], ["x", "1", "\x00"]):
        answer = desk.post(board_url(issue), open_board(desk, issue) | {"tick": ticked} | button)
        assert answer.status_code == 409
    assert list(Article.objects.order_by("pk").values()) == before


def test_a_rank_is_given_and_taken_back_by_its_button(editor, issue):
    desk, pk = signed_in(editor), article_named("乙").pk
    for expected in (Rank.LEAD, Rank.BRIEF, None):
        wanted = expected or article_named("乙").rank
        page = Parsed(desk.get(board_url(issue)))
        label = Rank(wanted).label
        (button,) = [
            each
            for each in page.all(f".//li[@id='article-{pk}']//button[@name='rank']")
            if each.text.strip() == label
        ]
        answer = desk.post(
            board_url(issue), open_board(desk, issue) | {"rank": button.get("value")}
        )
        assert answer.url == f"{board_url(issue)}?ranked={pk}&unplaced=signed#article-{pk}"
        assert article_named("乙").rank == expected


def test_who_may_not_arrange_may_submit_and_nothing_else(roles, issue):
    make_article(headline="戊", status="draft", page=issue.pages.first())
    desk = signed_in(roles("记者"))
    shown = ticks(desk, issue)
    page = Parsed(desk.get(board_url(issue)))
    assert [each.get("value") for each in page.all(".//button[@name='step']")] == [None, "submit"]
    assert page.all(".//button[@name='to']") + page.all(".//button[@name='rank']") == []
    for button in ({"to": ""}, {"rank": f"{article_named('戊').pk}:1"}):
        answer = desk.post(board_url(issue), {"tick": [shown["戊"]]} | button)
        assert answer.status_code == 403
    hold = desk.post(board_url(issue), {"tick": [shown["戊"]], "step": "hold"})
    assert announcement(hold) == f"未能缓发：《戊》。{_('You may not take this step.')}"
    desk.post(board_url(issue), {"tick": [shown["戊"]], "step": "submit"})
    assert statuses()["戊"] == "first_review"


def test_a_released_issue_keeps_its_ranks_and_places(editor, issue):
    Issue.objects.update(released_at=PAST)
    desk = signed_in(editor)
    shown = ticks(desk, issue)
    released = _("The issue is released; only who may release it may move its articles.")
    answer = desk.post(board_url(issue), {"rank": f"{article_named('甲').pk}:1"})
    assert announcement(answer) == released
    answer = desk.post(board_url(issue), {"tick": [shown["甲"]], "to": ""})
    assert announcement(answer) == f"未能撤下版面：《甲》。{released}"
    assert article_named("甲").rank is None


# Another issue, and one page more


def test_ticked_articles_are_moved_to_another_issue_and_refusals_are_named(roles, editor, issue):
    later = make_issue(edition=2, released_at=None)
    page = make_page(issue=later, label="B1")
    desk = signed_in(editor)
    shown = ticks(desk, issue)
    board = Parsed(desk.get(board_url(issue)))
    assert board.texts(".//select[@name='other_page']//option") == ["—", "B1 要闻"]
    Article.objects.filter(headline="丙").update(page=None, position=None)
    answer = post(desk, issue, "甲丙丁", shown=shown, to="elsewhere", other_page=page.pk)
    moved = _("Somebody else has just moved the article. Please look again.")
    to = f"移到 {page}"
    assert announcement(answer) == f"{to}：《甲》《丁》。 未能{to}：《丙》。{moved}"
    assert board_order(issue) == {"A1": "乙", "A2": ""}
    assert board_order(later) == {"B1": "甲丁"}


def test_a_released_issue_takes_no_articles_of_another(roles, issue):
    released = make_page(issue=make_issue(edition=2, released_at=PAST), label="C1")
    desk = signed_in(roles("值班总编"))
    assert not Parsed(desk.get(board_url(issue))).all(".//select[@name='other_page']")
    for page in ("", "x", released.pk):
        answer = post(desk, issue, "甲", to="elsewhere", other_page=page)
        assert answer.status_code == 409
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}


def test_a_published_article_stays_in_its_issue(roles, issue):
    page = make_page(issue=make_issue(edition=2, released_at=None), label="B1")
    Issue.objects.filter(pk=issue.pk).update(released_at=PAST)
    desk = signed_in(roles("值班总编"))
    answer = post(desk, issue, "甲", to="elsewhere", other_page=page.pk)
    assert announcement(answer).startswith(f"未能移到 {page}：《甲》。")
    assert board_order(issue)["A1"] == "甲乙丙"


def test_a_page_is_added_with_the_label_and_name_that_are_suggested(editor, issue):
    make_page(issue=make_issue(edition=2), label="A3", name="民生")
    desk = signed_in(editor)
    offered = fields(desk.get(board_url(issue)), "add-page")
    answer = desk.post(board_url(issue), offered | {"add_page": "1"})
    added = issue.pages.get(label="A3")
    assert answer.url == f"{board_url(issue)}?planned={added.pk}&unplaced=signed#page-{added.pk}"
    assert added.name == "民生"
    assert LogEntry.objects.get().get_change_message() == "加了 A3 民生。"


def test_a_page_that_is_refused_keeps_what_was_typed(editor, issue):
    desk = signed_in(editor)
    answer = desk.post(board_url(issue), {"add_page": "1", "page_label": "A1", "page_name": "副刊"})
    assert (answer.status_code, announcement(answer)) == (409, "这一期已经有这个版次了。")
    assert fields(answer, "add-page")["page_name"] == "副刊"


def test_no_page_is_offered_to_who_may_add_none_or_after_the_release(roles, editor, issue):
    reporter = signed_in(roles("记者"))
    assert "add-page" not in reporter.get(board_url(issue)).content.decode()
    assert reporter.post(board_url(issue), {"add_page": "1"}).status_code == 403
    Issue.objects.filter(pk=issue.pk).update(released_at=PAST)
    desk = signed_in(roles("值班总编"))
    assert "add-page" not in desk.get(board_url(issue)).content.decode()
    posted = {"add_page": "1", "page_label": "A9"}
    assert desk.post(board_url(issue), posted).status_code == 409
