"""Workflow moves on the article form: buttons, notes, refusals, and ten people at once."""

import re

import pytest
from django.urls import reverse

from articles.models import Article
from articles.tests.factories import make_article
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    signed_in,
)
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, written
from articles.workflow import move

pytestmark = pytest.mark.django_db


def buttons(html: str) -> dict[str, bool]:
    """Return the steps that a form offers: name → whether it can be pressed."""
    found = re.findall(r'<button type="submit" class="button move[^>]*value="(\w+)"([^>]*)>', html)
    return {name: "disabled" not in rest for name, rest in found}


def pressed(desk, article, name: str, **typed):
    """Fill in the form as it stands, press the button of a step, and follow."""
    form = fields(desk.get(article_url(article)), "article_form")
    return desk.post(article_url(article), form | typed | {"_move": name}, follow=True)


def test_the_form_offers_the_steps_and_says_what_bars_them(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    html = signed_in(people[0]).get(article_url(article)).content.decode()
    assert buttons(html) == {"pass_first": False, "return": True, "hold": True, "spike": True}
    assert "稿件由您撰写或最后改动，须由他人审读。" in html
    assert all(buttons(signed_in(people[1]).get(article_url(article)).content.decode()).values())
    reporter = member_who_may("submit_article", "view_article", "change_article")
    assert buttons(signed_in(reporter).get(article_url(article)).content.decode()) == {}


def test_a_button_stores_what_was_typed_and_takes_the_step_with_it(people):
    article = written(by=people[0])
    page = pressed(signed_in(people[0]), article, "submit", headline="送审前最后一改")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.version, stored.status) == ("送审前最后一改", 2, "first_review")
    assert stored.reviews.get().revision.number == 2
    assert "已送审。" in page.content.decode()


def test_who_corrects_words_while_passing_them_passes_them_as_corrected(people):
    article = put_at("second_review", writer=people[0], readers=people[1:])
    pressed(signed_in(people[2]), article, "pass_second", headline="二读顺手一改")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("二读顺手一改", "final_review")
    passed = stored.reviews.last()
    assert (passed.move, passed.revision.number, passed.made_by) == ("pass_second", 2, people[2])


def test_with_strict_rules_who_changes_words_while_passing_them_does_not_pass(people, settings):
    settings.REVIEW_RULES = "strict"
    article = put_at("second_review", writer=people[0], readers=people[1:])
    page = pressed(
        signed_in(people[2]), article, "pass_second", headline="二读顺手一改", _note="导语已理顺"
    )
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("二读顺手一改", "first_review")
    assert [review.move for review in stored.reviews.all()] == ["submit", "pass_first", "void"]
    assert "导语已理顺</textarea>" in page.content.decode()


def test_a_button_on_a_page_opened_earlier_takes_no_step_and_keeps_the_note(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    desk = signed_in(people[1])
    form = fields(desk.get(article_url(article)), "article_form")
    rewritten(article, by=people[0], headline="作者又改了")
    page = desk.post(
        article_url(article), form | {"_move": "pass_first", "_note": "可以"}, follow=True
    )
    html = page.content.decode()
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("作者又改了", "first_review")
    assert "您审读之后稿面有改动" in html
    assert "可以</textarea>" in html
    assert "可以</textarea>" not in desk.get(article_url(article)).content.decode()


def test_a_step_without_its_reason_is_refused_and_nothing_typed_is_lost(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    page = pressed(signed_in(people[1]), article, "return", headline="改了题", _note=" ")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("改了题", "first_review")
    assert "请写明原因。" in page.content.decode()
    pressed(signed_in(people[1]), article, "return", _note="请补充采访")
    assert Article.objects.get(pk=article.pk).status == "draft"


def test_a_form_that_does_not_hold_keeps_the_note(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    html = pressed(
        signed_in(people[1]), article, "return", genre="nonsense", _note="请补充采访"
    ).content.decode()
    assert "请补充采访</textarea>" in html
    assert Article.objects.get(pk=article.pk).status == "first_review"


def test_where_the_form_is_only_shown_a_button_goes_to_the_address_of_the_steps(people):
    reader = member_who_may("view_article", "pass_first_review")
    article = put_at("first_review", writer=people[0], readers=people[1:])
    desk = signed_in(reader)
    page = desk.get(article_url(article))
    address = reverse("admin:articles_article_move", args=[article.pk])
    assert f'formaction="{address}"' in page.content.decode()
    form = fields(page, "article_form")
    desk.post(address, form | {"_move": "pass_first"})
    assert Article.objects.get(pk=article.pk).status == "second_review"


def test_a_reader_is_shown_what_has_changed_since_it_was_read(people):
    article = put_at("second_review", writer=people[0], readers=people[1:], headline="九个窗口")
    rewritten(article, by=people[0], headline="八个窗口")
    html = signed_in(people[1]).get(article_url(article)).content.decode()
    assert "<del>九</del><ins>八</ins>个窗口" in html
    assert "您看过第 1 版之后的改动" in html
    unread = put_at("first_review", writer=people[0], readers=people[1:])
    html = signed_in(people[1]).get(article_url(unread)).content.decode()
    assert "<ins>" not in html


@pytest.mark.parametrize(
    ("rules", "status", "person", "told"),
    [
        ("amend", "first_review", 1, "仍在待一审，您可以接着通过，下一位先看到改动的字"),
        ("amend", "first_review", 0, "仍在待一审，由他人再读"),
        ("amend", "second_review", 0, "回到待一审，由他人再读"),
        ("amend", "second_review", 1, "仍在待二审，由他人再读"),
        ("amend", "second_review", 2, "仍在待二审，您可以接着通过，下一位先看到改动的字"),
        ("amend", "final_review", 3, "回到待二审，由他人再读"),
        ("amend", "signed", 3, "回到待二审，由他人再读"),
        ("strict", "first_review", 1, "仍在待一审，由他人再读"),
        ("strict", "second_review", 2, "回到待一审，由他人再读"),
    ],
)
def test_what_a_change_will_bring_is_told_before_it_is_saved(
    people, settings, rules, status, person, told
):
    settings.REVIEW_RULES = rules
    article = put_at(status, writer=people[0], readers=people[1:])
    html = signed_in(people[person]).get(article_url(article)).content.decode()
    assert f'id="after-change">改动保存后：{told}。</p>' in html


def test_a_draft_is_changed_without_a_word_about_its_review(people):
    article = put_at("draft", writer=people[0], readers=people[1:])
    assert "after-change" not in signed_in(people[0]).get(article_url(article)).content.decode()


def test_a_returned_article_shows_the_remark_above_its_words_until_it_is_submitted(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    move(article, "return", by=people[1], note="请补充采访\n问问居民")
    remark = '<p class="returned">一读退回：请补充采访\n问问居民</p>'
    desk = signed_in(people[0])
    assert remark in desk.get(article_url(article)).content.decode()
    move(article, "submit", by=people[0])
    assert 'class="returned"' not in desk.get(article_url(article)).content.decode()


def test_the_form_shows_the_latest_reviews_with_their_notes(people):
    article = put_at("signed", writer=people[0], readers=people[1:])
    move(article, "return", by=people[3], note="法院要求暂缓")
    html = signed_in(people[0]).get(article_url(article)).content.decode()
    assert "法院要求暂缓" in html
    assert re.findall(r"<strong>(\S+)</strong>\n", html)[:5] == [
        "退回作者",
        "签发",
        "二审通过",
        "一审通过",
        "送审",
    ]


def test_a_new_article_is_told_that_it_can_be_submitted(people):
    html = signed_in(people[0]).get(article_url(make_article(status="draft"))).content.decode()
    assert "尚未送审。" in html
    assert buttons(html)["submit"]


def test_a_new_article_is_saved_and_submitted_at_once():
    writer = member_who_may("view_article", "add_article", "change_article", "submit_article")
    desk = signed_in(writer)
    assert buttons(desk.get(ARTICLE_ADD_URL).content.decode()) == {"submit": True}
    page = desk.post(
        ARTICLE_ADD_URL, article_data(headline="一写就送") | {"_move": "submit"}, follow=True
    )
    stored = Article.objects.get()
    assert page.redirect_chain == [(article_url(stored), 302)]
    assert (stored.headline, stored.status, stored.version) == ("一写就送", "first_review", 1)
    assert "已送审。" in page.content.decode()


def test_a_new_article_is_stored_though_its_step_is_refused():
    writer = member_who_may("view_article", "add_article", "change_article")
    desk = signed_in(writer)
    assert buttons(desk.get(ARTICLE_ADD_URL).content.decode()) == {}
    desk.post(ARTICLE_ADD_URL, article_data(headline="还不能送") | {"_move": "submit"})
    stored = Article.objects.get()
    assert (stored.headline, stored.status, stored.version) == ("还不能送", "draft", 1)


def test_the_first_step_that_is_not_refused_is_the_next_one(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    found = {
        person: signed_in(person).get(article_url(article)).context["next_step"]
        for person in (people[0], people[1])
    }
    assert found[people[0]] is None
    assert found[people[1]].name == "pass_first"


def test_an_article_that_nobody_has_saved_yet_is_submitted_as_it_stands(people):
    article = make_article(status="draft")
    pressed(signed_in(people[0]), article, "submit")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.status, stored.version, stored.headline) == ("first_review", 1, article.headline)


# Ten at once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["pass_first", "return", "hold"])
def test_the_same_step_posted_ten_times_at_once_is_taken_once(together, name):
    people = [member_who_may(username=each) for each in ("作者", "一读", "二读", "三读")]
    article = put_at("first_review", writer=people[0], readers=people[1:])
    desks = [signed_in(person) for person in (people[1:] * 4)[:10]]
    address = reverse("admin:articles_article_move", args=[article.pk])
    posted = {"_move": name, "_version": "1", "_status": "first_review", "_note": "请核实"}

    def press(desk):
        return lambda: desk.post(address, posted, follow=True).content.decode()

    pages = together([press(desk) for desk in desks])
    told = [re.search(r'<li class="(success|error)">', page)[1] for page in pages]
    assert sorted(told) == ["error"] * 9 + ["success"]
    assert all(
        "状态刚刚变了" in page for page, tone in zip(pages, told, strict=True) if tone == "error"
    )
    assert [review.move for review in article.reviews.all()] == ["submit", name]
