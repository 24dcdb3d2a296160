"""The review sheet, the journal of moves, and the procedure on the article form."""

import re

import pytest
from django.urls import reverse

from articles.models import Article, Review
from articles.workflow import move

from .desk import member_who_may, put_at, rewritten, through, written
from .make import make_article, make_issue, make_member, make_page
from .posting import fields, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [member_who_may(username=name) for name in ("作者", "一读", "二读", "三读")]


def sheet_of(article) -> str:
    return reverse("admin:articles_review_sheet", args=[article.pk])


def form_of(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def lines(html: str) -> list[str]:
    """Return the rows of the sheet as plain words."""
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index("<tbody") :], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


# The sheet


def test_the_sheet_shows_every_revision_and_review_with_name_role_time_note_and_digest(roles):
    writer, editor, chief = roles("记者"), roles("责任编辑"), roles("值班总编")
    page = make_page(issue=make_issue(released_at=None))
    article = written(by=writer, kicker="民生实事", deck="——副题", headline="主题", page=page,
                      position=1)  # fmt: skip
    through(article, ("submit", writer), ("pass_first", editor))
    rewritten(article, by=chief, headline="主题改", reason="更准确")
    article = Article.objects.get(pk=article.pk)
    move(article, "return", by=chief, note="请补充数字\n再核对")
    html = signed_in(editor).get(sheet_of(article)).content.decode()
    assert [html.count(text) for text in (">民生实事<", "<h2>主题改<", ">——副题<")] == [1, 1, 1]
    assert "2024年7月27日 A1" in html
    digests = list(article.revisions.order_by("number").values_list("digest", flat=True))
    found = lines(html)
    assert [line for line in found if line.startswith("指纹")] == [
        f"指纹 {digest}" for digest in [digests[0]] * 3 + [digests[1]] * 3
    ]
    told = [re.sub(r"^\S+ \S+ ", "", line) for line in found if not line.startswith("指纹")]
    assert told == [
        "记者 记者 写稿 草稿 第 1 版",
        "记者 记者 送审 草稿 → 待一审 第 1 版 见批注",
        "责任编辑 责任编辑 一审通过 待一审 → 待二审 第 1 版 见批注",
        "值班总编 值班总编 改稿 待二审 第 2 版 更准确",
        "值班总编 值班总编 稿面有改动，须重新审读 待二审 → 待一审 第 2 版 更准确",
        "值班总编 值班总编 退回作者 待一审 → 草稿 第 2 版 请补充数字 再核对",
    ]
    first = article.revisions.get(number=1).made_at
    assert found[0].startswith(f"{first.astimezone().year}-")


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
    assert signed_in(make_member(username="guanli", is_staff=True)).get(
        sheet_of(article)
    ).status_code == 403  # fmt: skip


def test_a_note_cannot_bring_code_onto_the_sheet(people):
    article = written(by=people[0], headline="<script>alert(1)</script>")
    through(article, ("submit", people[0]))
    move(article, "return", by=people[1], note="<img src=x onerror=alert(2)>")
    for address in (sheet_of(article), form_of(article)):
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
    with django_assert_num_queries(12):
        desk.get(sheet_of(article))


# The journal


def test_the_journal_can_be_read_by_who_has_the_right_and_changed_by_nobody(people, roles):
    article = put_at("signed", writer=people[0], readers=people[1:])
    review = article.reviews.last()
    listed = reverse("admin:articles_review_changelist")
    one = reverse("admin:articles_review_change", args=[review.pk])
    for member in (roles("值班总编"), make_member(username="guanli", is_staff=True,
                                                is_superuser=True)):  # fmt: skip
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
        assert desk.post(listed, {"action": "delete_selected", "_selected_action": [review.pk],
                                  "post": "yes"}).status_code in (200, 302, 403)  # fmt: skip
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


# The article form


def buttons(html: str) -> dict[str, bool]:
    """Return the steps that a form offers: name → whether it can be pressed."""
    found = re.findall(r'<button type="submit" class="button move[^>]*value="(\w+)"([^>]*)>', html)
    return {name: "disabled" not in rest for name, rest in found}


def pressed(desk, article, name: str, **typed):
    """Fill in the form as it stands, press the button of a step, and follow."""
    form = fields(desk.get(form_of(article)), "article_form")
    return desk.post(form_of(article), form | typed | {"_move": name}, follow=True)


def test_the_form_offers_the_steps_and_says_what_bars_them(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    html = signed_in(people[0]).get(form_of(article)).content.decode()
    assert buttons(html) == {"pass_first": False, "return": True, "hold": True, "spike": True}
    assert "稿件由你撰写或最后改动，须由他人审读。" in html
    assert all(buttons(signed_in(people[1]).get(form_of(article)).content.decode()).values())
    reporter = member_who_may("submit_article", "view_article", "change_article")
    assert buttons(signed_in(reporter).get(form_of(article)).content.decode()) == {}


def test_a_button_stores_what_was_typed_and_takes_the_step_with_it(people):
    article = written(by=people[0])
    page = pressed(signed_in(people[0]), article, "submit", headline="送审前最后一改")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.version, stored.status) == ("送审前最后一改", 2, "first_review")
    assert stored.reviews.get().revision.number == 2
    assert "已送审。" in page.content.decode()


def test_who_changes_words_while_passing_them_has_them_stored_and_does_not_pass(people):
    article = put_at("second_review", writer=people[0], readers=people[1:])
    page = pressed(signed_in(people[2]), article, "pass_second", headline="二读顺手一改",
                   _note="导语已理顺")  # fmt: skip
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("二读顺手一改", "first_review")
    assert [review.move for review in stored.reviews.all()] == ["submit", "pass_first", "void"]
    assert "导语已理顺</textarea>" in page.content.decode()


def test_a_button_on_a_page_opened_earlier_takes_no_step_and_keeps_the_note(people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    desk = signed_in(people[1])
    form = fields(desk.get(form_of(article)), "article_form")
    rewritten(article, by=people[0], headline="作者又改了")
    page = desk.post(form_of(article), form | {"_move": "pass_first", "_note": "可以"}, follow=True)
    html = page.content.decode()
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.status) == ("作者又改了", "first_review")
    assert "您审读之后稿面有改动".replace("您", "你") in html
    assert "可以</textarea>" in html
    assert "可以</textarea>" not in desk.get(form_of(article)).content.decode()


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
    html = pressed(signed_in(people[1]), article, "return", genre="nonsense",
                   _note="请补充采访").content.decode()  # fmt: skip
    assert "请补充采访</textarea>" in html
    assert Article.objects.get(pk=article.pk).status == "first_review"


def test_where_the_form_is_only_shown_a_button_goes_to_the_address_of_the_steps(people):
    reader = member_who_may("view_article", "pass_first_review")
    article = put_at("first_review", writer=people[0], readers=people[1:])
    desk = signed_in(reader)
    page = desk.get(form_of(article))
    address = reverse("admin:articles_article_move", args=[article.pk])
    assert f'formaction="{address}"' in page.content.decode()
    form = fields(page, "article_form")
    desk.post(address, form | {"_move": "pass_first"})
    assert Article.objects.get(pk=article.pk).status == "second_review"


def test_a_reader_is_shown_what_has_changed_since_it_was_read(people):
    article = put_at("second_review", writer=people[0], readers=people[1:], headline="九个窗口")
    rewritten(article, by=people[0], headline="八个窗口")
    html = signed_in(people[1]).get(form_of(article)).content.decode()
    assert "<del>九</del><ins>八</ins>个窗口" in html
    assert "一读审读第 1 版之后的改动" in html
    unread = put_at("first_review", writer=people[0], readers=people[1:])
    html = signed_in(people[1]).get(form_of(unread)).content.decode()
    assert "<ins>" not in html


def test_the_form_shows_the_latest_reviews_with_their_notes(people):
    article = put_at("signed", writer=people[0], readers=people[1:])
    move(article, "return", by=people[3], note="法院要求暂缓")
    html = signed_in(people[0]).get(form_of(article)).content.decode()
    assert "法院要求暂缓" in html
    assert re.findall(r"<strong>(\S+)</strong>\n", html)[:5] == [
        "退回作者", "签发", "二审通过", "一审通过", "送审",
    ]  # fmt: skip


def test_a_new_article_is_told_that_it_can_be_submitted(people):
    html = signed_in(people[0]).get(form_of(make_article(status="draft"))).content.decode()
    assert "尚未送审。" in html
    assert buttons(html)["submit"]


def test_an_article_that_nobody_has_saved_yet_is_submitted_as_it_stands(people):
    article = make_article(status="draft")
    pressed(signed_in(people[0]), article, "submit")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.status, stored.version, stored.headline) == (
        "first_review", 1, article.headline,
    )  # fmt: skip


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
    assert all("状态刚刚变了" in page for page, tone in zip(pages, told, strict=True)
               if tone == "error")  # fmt: skip
    assert [review.move for review in article.reviews.all()] == ["submit", name]
