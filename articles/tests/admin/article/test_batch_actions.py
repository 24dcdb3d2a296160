"""Steps with the articles that are ticked in the list: what is offered, done, refused, told."""

import pytest
from django.utils.translation import gettext as _

from articles.models import Article
from articles.tests.factories import PAST, make_article, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import messages_of
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, written

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
CHANGED = "The words have changed since you read them. Please read them again."
OWN = "You wrote or last changed these words: somebody else must read them."


def rows(desk, query="") -> dict[str, str]:
    """Return what the list shows of each article: its headline, and the hidden field of its row."""
    page = Parsed(desk.get(LIST + query))
    seen = [each.get("value") for each in page.all(".//input[@name='seen']")]
    headlines = page.texts(".//th[@class='field-titled']")
    return dict(zip(headlines, seen, strict=True))


def post(desk, action, shown, ticks, query="", **fields):
    """Post the list with some articles ticked, as a browser without JavaScript does."""
    ticked = [shown[headline].partition(":")[0] for headline in ticks]
    data = {"index": "0", "action": action, "seen": [*shown.values()], "_selected_action": ticked}
    return desk.post(LIST + query, data | {"page": ""} | fields)


def statuses() -> dict[str, str]:
    return dict(Article.objects.values_list("headline", "status"))


MOVES_OF = {
    "记者": ["submit", "place"],
    "责任编辑": ["submit", "pass_first", "hold", "place"],
    "部门主任": ["submit", "pass_first", "pass_second", "hold", "place"],
    "值班编委": ["submit", "pass_second", "sign", "hold", "place"],
    "值班总编": ["submit", "sign", "hold", "place"],
    "校对": ["place"],
}


@pytest.mark.parametrize("role", MOVES_OF)
def test_each_role_is_offered_the_steps_that_it_may_take(roles, role):
    make_article(status="draft")
    page = Parsed(signed_in(roles(role)).get(LIST))
    buttons = [each.get("value") for each in page.all(".//button[@name='action']")]
    assert buttons == MOVES_OF[role]


def test_a_stage_that_the_newsroom_does_not_have_is_not_offered(settings, roles):
    settings.REVIEW_STAGES = 1
    make_article(status="draft")
    page = Parsed(signed_in(roles("部门主任")).get(LIST))
    buttons = [each.get("value") for each in page.all(".//button[@name='action']")]
    assert buttons == ["submit", "hold", "place"]


def test_ticked_drafts_are_submitted_and_told_in_one_message(writer):
    for headline in "甲乙丙":
        written(by=writer, headline=headline)
    desk = signed_in(writer)
    answer = post(desk, "submit", rows(desk), "甲丙", query="?status__exact=draft")
    assert answer.url == LIST + "?status__exact=draft"
    assert messages_of(answer) == ["送审：《丙》《甲》。"]
    assert statuses() == {"甲": "first_review", "乙": "draft", "丙": "first_review"}


def test_a_long_list_of_names_is_shortened(writer):
    for number in range(14):
        written(by=writer, headline=f"第{number}篇")
    desk = signed_in(writer)
    shown = rows(desk)
    answer = post(desk, "submit", shown, shown)
    names = "".join(f"《第{number}篇》" for number in range(13, 3, -1))
    assert messages_of(answer) == [f"送审：{names}等 14 篇。"]


def test_what_is_refused_is_told_by_name_with_what_was_done(writer, readers):
    reader = readers[0]
    facts = {"readers": readers, "status": "first_review"}
    for headline, by in (("甲", writer), ("乙", writer), ("丙", reader), ("丁", reader)):
        put_at(headline=headline, writer=by, **facts)
    desk = signed_in(reader)
    shown = rows(desk, "?status__exact=first_review")
    rewritten(Article.objects.get(headline="乙"), by=writer, headline="乙改")
    answer = post(desk, "pass_first", shown, "甲乙丙丁", query="?status__exact=first_review")
    assert messages_of(answer) == [
        "一审通过：《甲》。"
        f" 未能一审通过：《丁》《丙》。{_(OWN)} 未能一审通过：《乙改》。{_(CHANGED)}"
    ]
    assert statuses()["甲"] == "second_review"


def test_an_article_that_left_the_filter_meanwhile_is_told_too(writer, readers):
    article = written(by=writer, headline="甲")
    desk = signed_in(writer)
    shown = rows(desk, "?status__exact=draft")
    put_at("signed", writer=writer, readers=readers, headline="乙")
    Article.objects.filter(pk=article.pk).update(status="held")
    answer = post(desk, "submit", shown, "甲", query="?status__exact=draft")
    moved_on = _("The article has moved on in the meantime. Please look at it again.")
    assert messages_of(answer) == [f"未能送审：《甲》。{moved_on}"]


def test_ticked_articles_are_moved_to_another_page(roles):
    page = make_page(issue=make_issue(released_at=None))
    for headline in "甲乙":
        make_article(headline=headline, status="draft")
    desk = signed_in(roles("责任编辑"))
    answer = post(desk, "place", rows(desk), "甲乙", page=page.pk)
    assert messages_of(answer) == ["移到 A1 要闻：《乙》《甲》。"]
    assert list(page.articles.order_by("position").values_list("headline", flat=True)) == [
        "乙",
        "甲",
    ]


@pytest.mark.parametrize("chosen", ["", "x", "0", "9" * 40])
def test_a_move_to_no_page_moves_nothing_and_says_so(roles, chosen):
    make_article(headline="甲", page=make_page(issue=make_issue(released_at=None)))
    desk = signed_in(roles("责任编辑"))
    answer = post(desk, "place", rows(desk), "甲", page=chosen)
    assert messages_of(answer) == ["请先选一个版。没有移动稿件。"]
    assert Article.objects.get().page


def test_only_pages_of_unreleased_issues_are_offered_the_latest_first(roles):
    make_page(issue=make_issue(released_at=PAST))
    for edition in (2, 3):
        issue = make_issue(edition=edition, released_at=None)
        for label in ("A10", "A2"):
            make_page(issue=issue, label=label)
    make_article()
    page = Parsed(signed_in(roles("责任编辑")).get(LIST))
    assert page.texts(".//select[@id='batch-page']/option") == [
        "—",
        "2024年7月27日 号外之2 A2 要闻",
        "2024年7月27日 号外之2 A10 要闻",
        "2024年7月27日 号外之1 A2 要闻",
        "2024年7月27日 号外之1 A10 要闻",
    ]


@pytest.mark.parametrize("action", ["", "delete_selected", "return", "pass_first", "x"])
def test_a_step_that_is_not_offered_does_nothing(writer, action):
    reporter = member_who_may("view_article", "submit_article")
    written(by=writer, headline="甲")
    desk = signed_in(reporter)
    answer = post(desk, action, rows(desk), "甲")
    assert answer.status_code in (200, 302)
    assert statuses() == {"甲": "draft"}


@pytest.mark.parametrize("seen", ["", "x", "1:1", "9:" * 50, "\x00"])
def test_a_row_that_says_nothing_of_what_it_showed_is_left_alone(writer, seen):
    article = written(by=writer, headline="甲")
    data = {"action": "submit", "index": "0", "_selected_action": [article.pk], "seen": [seen]}
    signed_in(writer).post(LIST, data)
    assert statuses() == {"甲": "draft"}


def test_no_step_is_offered_where_an_article_is_chosen(writer):
    written(by=writer)
    page = Parsed(signed_in(writer).get(LIST + "?_popup=1"))
    assert page.all(".//button[@name='action']") == []
