"""The lists of the desk: useful columns, search, and as many queries for 25 rows as for one."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from articles.admin.list_mixins import CappedPaginator
from articles.models import Article, Column, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_member,
    make_page,
)
from articles.tests.form_helpers import signed_in


class Cells(HTMLParser):
    """Collects the words of each row of the result list."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inside |= attrs.get("id") == "result_list"
        if self.inside and tag == "tr":
            self.rows.append([])
        if self.inside and tag in ("td", "th"):
            self.rows[-1].append("")
        if self.inside and tag == "img" and self.rows[-1]:
            self.rows[-1][-1] += attrs.get("alt", "")

    def handle_endtag(self, tag):
        self.inside &= tag != "table"

    def handle_data(self, words):
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += words.strip()


def listed(desk, table: str, query: str = "") -> list[list[str]]:
    """Return the cells of the rows that a list shows."""
    app = {"tag": "taggit", "group": "auth"}.get(table, "articles")
    cells = Cells()
    cells.feed(desk.get(reverse(f"admin:{app}_{table}_changelist") + query).content.decode())
    return cells.rows[1:]


@pytest.fixture
def desk(db):
    return signed_in()


def test_the_list_of_issues_says_what_each_holds_and_waits_for(desk):
    tomorrow = timezone.localtime() + timedelta(days=1)
    waiting = make_issue(issued_on=date(2024, 7, 28), released_at=tomorrow)
    bare = make_issue(issued_on=date(2024, 7, 29), edition=2, released_at=None)
    page = make_page(issue=make_issue())
    make_page(issue=page.issue, label="A2")
    make_article(page=page)
    make_article(page=page, status=Status.DRAFT)
    assert listed(desk, "issue") == [
        ["2024年7月29日 号外之1 星期一", "2", "0", "0", "0", "未发布", "安排版面"],
        [
            "2024年7月28日 星期日",
            "1",
            "0",
            "0",
            "0",
            f"定时 {tomorrow.year}年{tomorrow.month}月{tomorrow.day}日 {tomorrow:%H:%M}",
            "安排版面",
        ],
        ["2024年7月27日 星期六", "1", "2", "2", "1", "已发布（2024年7月27日 06:00）", "安排版面"],
    ]
    for state, day in {"none": bare, "waiting": waiting, "published": page.issue}.items():
        assert [row[0] for row in listed(desk, "issue", f"?release={state}")] == [
            f"{day} {day.weekday}"
        ]


def test_issues_are_found_by_their_date_and_serial(desk):
    make_issue(serial=1234)
    make_issue(issued_on=date(2024, 8, 1))
    assert len(listed(desk, "issue", "?q=2024-08")) == 1
    assert len(listed(desk, "issue", "?q=1234")) == 1
    assert len(listed(desk, "issue", "?issued_on__month=7&issued_on__year=2024")) == 1


def test_pages_are_listed_in_natural_order_and_link_to_their_issue(desk):
    issue = make_issue()
    for label in ("A10", "A2", "B1"):
        make_page(issue=issue, label=label, name="民生")
    assert [row[1] for row in listed(desk, "page")] == ["A2 民生", "A10 民生", "B1 民生"]


def test_a_page_is_found_by_its_date_and_label(desk):
    issue = make_issue()
    pages = {label: make_page(issue=issue, label=label) for label in ("A1", "A10")}
    make_page(issue=make_issue(issued_on=date(2024, 8, 1)))
    address = reverse("admin:autocomplete")
    query = "&app_label=articles&model_name=article&field_name=page"
    found = desk.get(f"{address}?term=2024-07-27 A1{query}").json()["results"]
    assert found == [{"id": str(pages["A1"].pk), "text": "2024年7月27日 A1 要闻"}]


def test_the_small_tables_say_how_much_hangs_on_each_row(desk):
    make_masthead(cn_number="", price="1元")
    column, person = make_column(), make_contributor(distinction="摄影部")
    page = make_page()
    tagged = make_article(page=page, column=column)
    tagged.tags.add("渔业")
    make_byline(article=tagged, contributor=person)
    make_article(page=page, column=column)
    make_article(page=page, column=column, status=Status.DRAFT)
    assert listed(desk, "column") == [["民生实事", "是", "2"]]
    assert listed(desk, "contributor") == [["林晓禾", "摄影部", "-", "否", "1", "0"]]
    assert listed(desk, "tag") == [["渔业", "1"]]
    assert listed(desk, "masthead") == [["2000年1月1日", "云溪日报", "-", "-", "1元"]]


def test_a_tag_is_renamed_and_keeps_its_articles(desk):
    article = make_article(status=Status.DRAFT)
    article.tags.add("鱼业")
    tag = Tag.objects.get()
    desk.post(reverse("admin:taggit_tag_change", args=[tag.pk]), {"name": "渔业"})
    assert list(Article.objects.get(pk=article.pk).tags.names()) == ["渔业"]


def test_members_are_listed_with_their_roles(roles, desk):
    member = roles("责任编辑")
    row = next(row for row in listed(desk, "member") if row[0] == member.username)
    assert row[:5] == ["member-责任编辑", "责任编辑", "责任编辑", "是", "否"]
    assert ["责任编辑", "1"] in listed(desk, "group")


MAKE = {
    "issue": lambda n: make_article(
        page=make_page(issue=make_issue(issued_on=date(2024, 7, 1) + timedelta(days=n % 28)))
    ),
    "page": lambda n: make_page(issue=make_issue(issued_on=date(2024, 7, 1 + n % 28))),
    "masthead": lambda n: make_masthead(valid_from=date(2000 + n, 1, 1)),
    "column": lambda n: make_article(column=make_column(name=f"栏目{n}")),
    "contributor": lambda n: make_contributor(name=f"作者{n}"),
    "tag": lambda n: make_article().tags.add(f"标签{n}"),
    "member": lambda n: make_member(username=f"m{n}"),
}


@pytest.mark.parametrize("table", MAKE)
def test_a_list_asks_as_often_for_25_rows_as_for_two(desk, table, django_assert_num_queries):
    for n in range(2):
        MAKE[table](n)
    listed(desk, table)
    with CaptureQueriesContext(connection) as few:
        listed(desk, table)
    for n in range(2, 25):
        MAKE[table](n)
    with django_assert_num_queries(len(few)):
        assert len(listed(desk, table)) >= 25
    assert len(few) <= 9


@pytest.mark.parametrize("table", [*MAKE, "group"])
def test_no_list_offers_to_delete_many_rows_at_once(desk, table):
    app = {"tag": "taggit", "group": "auth"}.get(table, "articles")
    page = desk.get(reverse(f"admin:{app}_{table}_changelist"))
    assert page.context["action_form"] is None
    desk.post(
        reverse(f"admin:{app}_{table}_changelist"),
        {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"},
    )


def test_a_long_list_is_counted_no_further_than_its_cap(db, django_assert_num_queries):
    for n in range(5):
        make_column(name=f"栏目{n}")
    paginator = CappedPaginator(Column.objects.order_by("pk"), 2)
    paginator.cap = 4
    with django_assert_num_queries(1):
        assert (paginator.count, paginator.num_pages) == (4, 2)


def test_the_index_opens_with_the_issues_at_work(roles):
    today = timezone.localdate()
    make_issue(issued_on=today - timedelta(days=1))
    issue = make_issue(issued_on=today + timedelta(days=1), released_at=None)
    make_article(page=make_page(issue=issue), status=Status.DRAFT)
    html = signed_in(roles("值班编委")).get(reverse("admin:index")).content.decode()
    assert f"{issue} {issue.weekday}" in html
    assert "1 个版，1 篇稿件" in html
    assert "1 篇未签发" in html
    assert reverse("admin:articles_issue_release", args=[issue.pk]) in html
    assert f"{today - timedelta(days=1)}" not in html


def test_the_index_shows_a_member_only_what_is_theirs(roles):
    make_issue(issued_on=timezone.localdate(), released_at=None)
    html = signed_in(roles("管理员")).get(reverse("admin:index")).content.decode()
    assert reverse("admin:articles_member_changelist") in html
    assert "/articles/issue/" not in html


def test_the_tables_stand_in_newsroom_order(desk):
    groups = desk.get(reverse("admin:index")).context["app_list"]
    assert [group["name"] for group in groups] == ["本报", "归类", "报社"]
    assert [model["object_name"] for model in groups[0]["models"]][:3] == [
        "Issue",
        "Page",
        "Article",
    ]


def test_the_index_asks_as_often_for_many_issues_as_for_one(desk, django_assert_num_queries):
    today = timezone.localdate()
    member = make_member(username="lisi")
    make_issue(issued_on=today, released_at=None)
    desk.get(reverse("admin:index"))
    with django_assert_num_queries(7):
        desk.get(reverse("admin:index"))
    for n in range(1, 25):
        page = make_page(issue=make_issue(issued_on=today + timedelta(days=n), released_at=None))
        make_article(page=page)
        LogEntry.objects.log_actions(member.pk, [page], CHANGE, "", single_object=True)
    with django_assert_num_queries(7):
        desk.get(reverse("admin:index"))


def test_the_date_picker_speaks_chinese(desk):
    script = desk.get(reverse("admin:jsi18n")).content.decode()
    assert r'"one letter Monday\u0004M": "\u4e00"' in script
    assert r'"abbrev. month July\u0004Jul": "7\u6708"' in script
    assert r'"Today": "\u4eca\u5929"' in script
