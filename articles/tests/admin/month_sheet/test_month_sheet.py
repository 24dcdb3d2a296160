"""The month sheet: who is counted, with how many points, and what the files hold."""

import csv
import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse

from articles.admin.month_sheet.counting import month_sheet, months
from articles.admin.month_sheet.exports import csv_file, xlsx_file
from articles.admin.month_sheet.photo_credits import photographers
from articles.models import PointRate
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_contributor,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.form_helpers import signed_in

JULY = date(2024, 7, 1)
SHEET = "/admin/articles/pointrate/month/"


@pytest.fixture
def page(db):
    return make_page(issue=make_issue())


def printed(page, *names, role="记者", **facts):
    """Make a published article of twenty 字, signed in one role by some names."""
    article = make_article(
        page=page, paragraphs=["灯亮了，路宽了，人多了，天也晴了，都好。"], **facts
    )
    for name in names:
        make_byline(article=article, role=role, name=name)
    return article


def sheet() -> dict[str, tuple]:
    """Return articles, 字, photos and points by name."""
    return {
        line.person.name: (line.articles, line.length, line.photos, line.points)
        for line in month_sheet(JULY)
    }


def rate(points, **facts) -> PointRate:
    return PointRate.objects.create(points=points, **facts)


# Who is counted


def test_each_name_of_an_article_counts_it_whole(page):
    printed(page, "徐帆", "徐梦超")
    printed(page, "徐帆")
    assert sheet() == {"徐帆": (2, 40, 0, 0), "徐梦超": (1, 20, 0, 0)}


def test_only_what_readers_see_counts_and_by_the_day_of_its_issue(page):
    printed(page, "徐帆")
    printed(page, "草稿人", status="draft")
    make_byline(article=make_article(), name="无版人")
    printed(make_page(issue=make_issue(issued_on=date(2024, 7, 28), released_at=None)), "未发人")
    printed(make_page(issue=make_issue(issued_on=date(2024, 8, 1))), "八月人")
    printed(make_page(issue=make_issue(issued_on=date(2024, 6, 30))), "六月人")
    assert [*sheet()] == ["徐帆"]
    assert months() == [date(2024, 8, 1), JULY, date(2024, 6, 1)]


def test_a_contributor_is_one_whatever_was_printed_and_a_bare_name_another(page):
    person = make_contributor(name="林晓禾", distinction="文化部")
    first, second = printed(page), printed(page, "林晓禾")
    make_byline(article=first, name="晓禾", contributor=person)
    make_byline(article=second, name="林晓禾", role="通讯员", contributor=person)
    lines = {
        (line.person.name, line.person.contributor): line.articles for line in month_sheet(JULY)
    }
    assert lines == {("林晓禾（文化部）", person.pk): 2, ("林晓禾", None): 1}


def test_one_name_in_two_roles_of_an_article_counts_it_once(page):
    article = printed(page, "徐帆")
    make_byline(article=article, role="文/图", name="徐帆")
    assert sheet() == {"徐帆": (1, 20, 0, 0)}


def test_photos_count_for_who_took_them_as_often_as_they_are_printed(page):
    person = make_contributor(name="周一鸣")
    photo = make_photo(contributor=person, credit="周一鸣 摄")
    for _ in range(2):
        make_caption(article=printed(page, "徐帆"), photo=photo)
    make_caption(article=printed(page), photo=make_photo(credit="通讯员 徐芊卉 李丙 摄"))
    make_caption(article=printed(page), photo=photo, credit="王丁 供图")
    make_caption(article=printed(page), photo=make_photo(credit=""))
    found = sheet()
    assert {name: line[2] for name, line in found.items()} == {
        "徐帆": 0,
        "周一鸣": 2,
        "徐芊卉": 1,
        "李丙": 1,
        "王丁": 1,
    }
    assert found["周一鸣"] == (0, 0, 2, 0)


def test_photo_news_is_an_article_of_its_photographer_without_characters(page):
    article = printed(page, "徐芊卉", role="摄", genre="photo")
    make_caption(article=article, photo=make_photo(credit="徐芊卉 摄"))
    assert sheet() == {"徐芊卉": (1, 0, 1, 0)}


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("周一鸣 摄", ["周一鸣"]),
        ("本报记者 徐芊卉 王 一 摄", ["徐芊卉", "王一"]),
        ("周一鸣摄", ["周一鸣"]),
        ("徐芊卉、李丙 文/图", ["徐芊卉", "李丙"]),
        ("（周一鸣 摄）", ["周一鸣"]),
        ("摄", []),
        ("", []),
    ],
)
def test_names_are_taken_out_of_a_printed_credit(credit, names):
    assert photographers(credit) == names


# Points


def test_the_rate_that_says_most_counts(page):
    rate(1)
    rate(2, role="记者")
    rate(3, genre="feature")
    rate(4, genre="feature", rank=1)
    rate(5, genre="feature", role="记者")
    rate(7, genre="feature", role="记者", rank=1)
    signed = {
        "甲": {"genre": "news", "role": "通讯员"},
        "乙": {"genre": "news"},
        "丙": {"genre": "feature", "role": "通讯员"},
        "丁": {"genre": "feature", "role": "通讯员", "rank": 1},
        "戊": {"genre": "feature"},
        "己": {"genre": "feature", "rank": 1},
    }
    for name, facts in signed.items():
        printed(page, name, **facts)
    points = {name: line[3] for name, line in sheet().items()}
    assert points == {"甲": 1, "乙": 2, "丙": 3, "丁": 4, "戊": 5, "己": 7}


def test_an_article_without_a_rank_counts_as_standard(page):
    rate(3, rank=3)
    rate(9, rank=1)
    printed(page, "徐帆")
    assert sheet()["徐帆"][3] == 3


def test_shared_points_are_divided_among_those_of_the_role(page):
    rate("10", role="记者", is_shared=True)
    rate("2", role="通讯员")
    article = printed(page, "甲", "乙", "丙")
    for name in ("丁", "戊"):
        make_byline(article=article, role="通讯员", name=name)
    points = {name: line[3] for name, line in sheet().items()}
    third = Decimal("3.33")
    assert points == {"甲": third, "乙": third, "丙": third, "丁": 2, "戊": 2}


def test_a_photo_has_the_points_of_its_own_rate_and_once(page):
    rate(8)
    article = printed(page, "徐芊卉", role="摄", genre="photo")
    make_caption(article=article, photo=make_photo(credit="徐芊卉 摄"))
    assert sheet()["徐芊卉"][3] == 0  # A rate for any role is none for photos.
    rate("1.5", role="摄")
    make_caption(article=article, photo=make_photo(credit="徐芊卉 摄"))
    assert sheet()["徐芊卉"] == (1, 0, 2, 3)


# The page


def test_the_page_shows_the_month_chosen_and_one_persons_articles(page, roles):
    article = printed(page, "徐帆", headline="灯亮了")
    printed(make_page(issue=make_issue(issued_on=date(2024, 8, 1))), "八月人")
    desk = signed_in(roles("部门主任"))
    html = desk.get(SHEET).content.decode()
    assert ("八月人" in html, "徐帆" in html) == (True, False)
    html = desk.get(SHEET, {"month": "2024-07", "person": ":徐帆"}).content.decode()
    assert ("八月人" in html, "徐帆" in html) == (False, True)
    assert reverse("admin:articles_article_change", args=[article.pk]) in html


@pytest.mark.parametrize("month", ["2024-13", "x", "9999-12", "0001-01", "2024-7", "２０２４-07"])
def test_what_is_no_month_is_not_found(page, roles, month):
    assert signed_in(roles("部门主任")).get(SHEET, {"month": month}).status_code == 404


def test_a_month_without_articles_and_a_paper_without_issues_say_so(roles):
    desk = signed_in(roles("值班总编"))
    assert "还没有" in desk.get(SHEET).content.decode()
    make_issue()
    assert "没有署名" in desk.get(SHEET, {"month": "2024-06"}).content.decode()
    assert desk.get(SHEET, {"month": "2024-06", "format": "pdf"}).status_code == 404


@pytest.mark.parametrize("name", ["", "csv", "xlsx"])
def test_neither_the_page_nor_a_file_is_for_others(page, roles, name):
    for role in ("记者", "责任编辑", "值班编委", "管理员"):
        answer = signed_in(roles(role)).get(SHEET, {"format": name})
        assert answer.status_code == 403


@pytest.mark.parametrize("count", [1, 25])
def test_the_sheet_costs_the_same_however_much_was_printed(
    page, roles, count, django_assert_num_queries
):
    for number in range(count):
        person = make_contributor(name=f"记者{number}")
        article = printed(page, f"通讯员{number}")
        make_byline(article=article, name=person.name, contributor=person)
        make_caption(article=article, photo=make_photo(contributor=person))
        rate(number, role=f"身份{number}")
    desk = signed_in(roles("值班总编"))
    with django_assert_num_queries(12):
        desk.get(SHEET)


# Files


def test_csv_opens_in_excel_in_chinese_and_runs_no_formula(page):
    names = ["=HYPERLINK(1)", "+1", "-1", "@SUM", " =1+1", "＝1"]
    printed(page, "徐帆", *names)
    data = csv_file(month_sheet(JULY))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["姓名", "篇数", "字数", "图片", "稿分", "关联"]
    assert {row[0] for row in rows[1:]} == {"徐帆", *(f"'{name.strip()}" for name in names)}
    assert rows[1][1:5] == ["1", "20", "0", "0.0"]


def workbook(data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of a workbook, and its formulas."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        nodes = fromstring(file.read("xl/sharedStrings.xml")).iter()
        sheets = [file.read(name).decode() for name in file.namelist() if "worksheets/" in name]
    texts = [node.text for node in nodes if node.text]
    return texts, re.findall("<f>", "".join(sheets))


def test_the_workbook_has_sums_and_details_and_no_formula(page):
    printed(page, "徐帆", "=1+1", headline="=cmd|' /C calc'!A0")
    texts, formulas = workbook(xlsx_file(month_sheet(JULY)))
    assert {"徐帆", "=1+1", "=cmd|' /C calc'!A0", "2024-07-27", "A1", "稿分"} <= {*texts}
    assert formulas == []


def test_the_files_have_names_and_kinds_and_stay_in_no_cache(page, roles):
    printed(page, "徐帆")
    desk = signed_in(roles("值班总编"))
    kinds = {"xlsx": "application/vnd.openxmlformats", "csv": "text/csv"}
    for name, kind in kinds.items():
        answer = desk.get(SHEET, {"month": "2024-07", "format": name})
        assert answer["Content-Type"].startswith(kind)
        assert answer["Content-Disposition"].endswith(f"-2024-07.{name}")
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_of_rates_costs_the_same_however_long(roles, count, django_assert_num_queries):
    for number in range(count):
        rate(number, role=f"身份{number}")
    desk = signed_in(roles("值班总编"))
    with django_assert_num_queries(9):
        desk.get(reverse("admin:articles_pointrate_changelist"))


def test_rates_are_changed_in_their_list(page, roles):
    row = rate(1)
    desk = signed_in(roles("值班总编"))
    where = reverse("admin:articles_pointrate_changelist")
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk}
    desk.post(where, form | {"form-0-points": "2.5", "_save": "1"})
    assert PointRate.objects.get().points == Decimal("2.5")
    desk.post(where, form | {"form-0-points": "-1", "_save": "1"})
    assert PointRate.objects.get().points == Decimal("2.5")
    other = reverse("admin:articles_pointrate_add")
    answer = desk.post(other, {"genre": "", "role": "", "rank": "0", "points": "3"})
    assert (answer.status_code, PointRate.objects.count()) == (200, 1)
