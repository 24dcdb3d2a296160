"""The review sheet of an article, and the journal of all moves."""

import re

import pytest
from django.urls import reverse

from articles.models import Article, Review
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.form_helpers import article_url, signed_in
from articles.tests.workflow_factories import put_at, rewritten, through, written
from articles.workflow import move

pytestmark = pytest.mark.django_db


def sheet_of(article) -> str:
    return reverse("admin:articles_review_sheet", args=[article.pk])


def lines(html: str) -> list[str]:
    """Return the rows of the sheet as plain words."""
    rows = re.findall(r"<tr(?: class=\"review\")?>(.*?)</tr>", html[html.index("<tbody") :], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


# The sheet


def test_the_sheet_shows_every_revision_and_review_with_name_role_time_note_and_digest(roles):
    writer, editor, chief = roles("记者"), roles("责任编辑"), roles("值班总编")
    page = make_page(issue=make_issue(released_at=None))
    article = written(
        by=writer, kicker="民生实事", deck="——副题", headline="主题", page=page, position=1
    )
    through(article, ("submit", writer), ("pass_first", editor))
    rewritten(article, by=chief, headline="主题改", reason="更准确")
    article = Article.objects.get(pk=article.pk)
    move(article, "return", by=chief, note="请补充数字\n再核对")
    html = signed_in(editor).get(sheet_of(article)).content.decode()
    assert [html.count(text) for text in (">民生实事<", "<h2>主题改<", ">——副题<")] == [1, 1, 1]
    assert "2024年7月27日 A1" in html
    digests = list(article.revisions.order_by("number").values_list("digest", flat=True))
    assert [html.count(digest) for digest in digests] == [1, 1]
    found = lines(html)
    told = [re.sub(r"^\S+ \S+ ", "", line) for line in found]
    assert told == [
        "记者 记者 写稿 草稿 第 1 版",
        "记者 记者 送审 草稿 → 待一审 第 1 版 见批注",
        "责任编辑 责任编辑 一审通过 待一审 → 待二审 第 1 版 见批注",
        "值班总编 值班总编 改稿 待二审 第 2 版 更准确",
        "值班总编 值班总编 稿面有改动，须重新审读 待二审 → 待一审 第 2 版 更准确",
        "值班总编 值班总编 退回作者 待一审 → 草稿 第 2 版 请补充数字 再核对",
    ]
    first = article.revisions.get(number=1).made_at
    assert found[0].startswith(f"{first.astimezone().year}年")


def test_the_sheet_has_the_words_as_they_are_printed(people):
    article = written(
        by=people[0],
        dateline="本报讯",
        body="<p>灯亮了。</p><h2>路宽了</h2><p>人多了&lt;b&gt;。</p>",
    )
    make_byline(article=article, role="记者", name="张可馨")
    make_caption(article=article, words="新装的路灯。")
    desk = signed_in(people[1])
    html = desk.get(sheet_of(article)).content.decode()
    lead_in = '<p><b class="lead-in">本报讯</b>（记者 张可馨）灯亮了。</p>'
    for text in (lead_in, "<h2>路宽了</h2>", "人多了&lt;b&gt;。", "新装的路灯。 周一鸣 摄"):
        assert html.count(text) == 1, text
    Article.objects.filter(pk=article.pk).update(dateline="")
    assert "<span>记者 张可馨</span>" in desk.get(sheet_of(article)).content.decode()


def test_the_sheet_is_kept_nowhere(people):
    article = put_at("signed", writer=people[0], readers=people[1:])
    response = signed_in(people[1]).get(sheet_of(article))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_an_article_never_saved_has_an_empty_sheet(people):
    html = signed_in(people[0]).get(sheet_of(make_article(status="draft"))).content.decode()
    assert "本稿还没有留存记录" in html


def test_who_may_see_no_articles_sees_no_sheet(people):
    article = put_at("draft", writer=people[0], readers=people[1:])
    assert (
        signed_in(make_member(username="guanli", is_staff=True)).get(sheet_of(article)).status_code
        == 403
    )


def test_a_note_cannot_bring_code_onto_the_sheet(people):
    article = written(by=people[0], headline="<script>alert(1)</script>")
    through(article, ("submit", people[0]))
    move(article, "return", by=people[1], note="<img src=x onerror=alert(2)>")
    for address in (sheet_of(article), article_url(article)):
        html = signed_in(people[1]).get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("rounds", [1, 25])
def test_the_sheet_costs_the_same_however_long(people, rounds, django_assert_num_queries):
    article = written(by=people[0])
    for number in range(rounds):
        through(article, ("submit", people[0]), ("return", people[1]))
        article = rewritten(article, by=people[number % 2], headline=f"第{number}稿")
    desk = signed_in(people[1])
    with django_assert_num_queries(15):
        desk.get(sheet_of(article))


# The journal


def test_the_journal_can_be_read_by_who_has_the_right_and_changed_by_nobody(people, roles):
    article = put_at("signed", writer=people[0], readers=people[1:])
    review = article.reviews.last()
    listed = reverse("admin:articles_review_changelist")
    one = reverse("admin:articles_review_change", args=[review.pk])
    for member in (
        roles("值班总编"),
        make_member(username="guanli", is_staff=True, is_superuser=True),
    ):
        desk = signed_in(member)
        assert str(article) in desk.get(listed).content.decode()
        assert article.revisions.get().digest in desk.get(one).content.decode()
        for address in (
            reverse("admin:articles_review_add"),
            one,
            reverse("admin:articles_review_delete", args=[review.pk]),
        ):
            answer = desk.post(address, {"post": "yes", "note": "改", "move": "submit"})
            assert answer.status_code == 403
        assert desk.post(
            listed, {"action": "delete_selected", "_selected_action": [review.pk], "post": "yes"}
        ).status_code in (200, 302, 403)
    assert (Review.objects.count(), Review.objects.get(pk=review.pk).note) == (4, "备注")
    assert signed_in(roles("记者")).get(listed).status_code == 403


@pytest.mark.parametrize("count", [1, 25])
def test_the_journal_costs_the_same_however_long(people, roles, count, django_assert_num_queries):
    for _ in range(count):
        put_at("draft", writer=people[0], readers=people[1:])
        put_at("signed", writer=people[0], readers=people[1:])
    desk = signed_in(roles("值班总编"))
    with django_assert_num_queries(9):
        desk.get(reverse("admin:articles_review_changelist"))
