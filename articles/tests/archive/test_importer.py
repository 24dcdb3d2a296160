"""import_archive: issues are stored whole or not at all, and a second run changes nothing."""

import gzip
from datetime import date

import pytest
from django.core.management import CommandError

from articles.archive.format.record_errors import ErrorCode, RecordError
from articles.models import (
    Article,
    Byline,
    Caption,
    Change,
    Column,
    Contributor,
    Issue,
    Page,
    Revision,
    Status,
    Tagging,
)
from articles.revisions import read
from articles.tests.archive_records import exported, line, row, run, stored, written
from articles.tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db

DAYS = [f"2019-10-0{day}" for day in range(1, 6)]


def month(*, pages=2, orders=(1, 2, 4)) -> list[dict]:
    return [
        row(date=day, page=page, order=order)
        for day in DAYS
        for page in range(1, pages + 1)
        for order in orders
    ]


def counts() -> list[int]:
    return [each.objects.count() for each in (Issue, Page, Article, Revision)]


def test_an_archive_becomes_issues_pages_and_articles_each_with_a_revision(tmp_path):
    status, out, err = run("import_archive", written(tmp_path / "a.jsonl.gz", month()))
    assert (status, err, counts()) == (0, "", [5, 10, 30, 30])
    article = Article.objects.get(page__issue__issued_on=DAYS[2], page__label="02", position=4)
    assert article.headline == "云溪区第2版第4条新闻"
    assert article.body == ("<p>2019-10-03，河埠路修好了4段。</p><p>　　附近居民前来看路。</p>")
    kept = article.revisions.get()
    assert (kept.number, kept.change, kept.made_by) == (1, Change.ARCHIVED, None)
    assert (kept.copy, kept.digest, article.version) == (read(article), read(article).digest, 1)
    assert article.status == Status.DRAFT


def test_a_second_run_changes_nothing_and_says_so(tmp_path):
    file = written(tmp_path / "a.jsonl", month())
    run("import_archive", file)
    before = [list(each.objects.values()) for each in (Issue, Page, Article, Revision)]
    status, out, err = run("import_archive", file)
    assert (status, err) == (0, "")
    assert out == "入库 0 期；已在库中、未变 5 期；新增稿件 0 篇；更新稿件 0 篇"
    assert [list(each.objects.values()) for each in (Issue, Page, Article, Revision)] == before


def test_what_goes_in_comes_out_in_its_seven_fields(tmp_path):
    run("import_archive", written(tmp_path / "a.jsonl", month()))
    assert exported(tmp_path, "--all") == month()


def test_files_need_not_be_in_order_and_an_issue_may_lie_in_several(tmp_path):
    rows = month()
    one = written(tmp_path / "a.jsonl", rows[1::2][::-1])
    other = written(tmp_path / "b.jsonl.gz", rows[::2])
    assert run("import_archive", one, other)[0] == 0
    assert exported(tmp_path, "--all") == month()


def test_a_poisoned_line_keeps_its_issue_out_and_no_other(tmp_path):
    rows = month()
    lines = list(map(line, rows))
    lines[27] = line(rows[27] | {"headline": "毒\n"})
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"".join(lines))
    status, _out, err = run("import_archive", file)
    assert status == 1
    assert err.splitlines() == [f"{file}:28: “headline”不止一行", "2019年10月5日未入库。"]
    assert counts() == [4, 8, 24, 24]
    assert not Issue.objects.filter(issued_on=DAYS[4]).exists()


def test_a_line_that_names_no_issue_keeps_out_those_beside_it(tmp_path):
    lines = list(map(line, month()))
    lines.insert(12, b'{"date": "2019-1\n')
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"".join(lines))
    assert run("import_archive", file)[0] == 1
    kept = Issue.objects.order_by("issued_on").values_list("issued_on", flat=True)
    assert list(map(str, kept)) == [DAYS[0], DAYS[3], DAYS[4]]


def test_a_line_that_names_no_issue_in_a_file_without_order_keeps_all_out(tmp_path):
    lines = list(map(line, month()[::2] + month()[1::2]))
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"".join([*lines[:3], b"{}\n", *lines[3:]]))
    assert run("import_archive", file)[0] == 1
    assert counts() == [0, 0, 0, 0]


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_gzip_that_is_cut_short_stores_nothing(tmp_path, share):
    data = gzip.compress(b"".join(map(line, month())))
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CommandError, match="a.jsonl.gz"):
        run("import_archive", file)
    assert counts() == [0, 0, 0, 0]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="none.jsonl"):
        run("import_archive", tmp_path / "none.jsonl")


def test_a_file_of_nothing_but_a_broken_line_is_not_passed_over(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"nothing\n")
    status, _out, err = run("import_archive", file)
    assert (status, f"{file}:1: " in err) == (1, True)


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + line(row()) + b"\n   \r\n")
    assert run("import_archive", file)[0] == 0
    assert exported(tmp_path, "--all") == [row()]


def test_headings_as_long_as_real_papers_print_them_are_stored(tmp_path):
    line = row(kicker="引" * 250, headline="长" * 300, deck="副" * 329)
    stored(line)
    article = Article.objects.get()
    assert (len(article.kicker), len(article.headline), len(article.deck)) == (250, 300, 329)
    assert exported(tmp_path, "--all") == [line]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([row(), row(headline="别的")], ErrorCode.SAME_PLACE),
        ([row(page=1), row(page="01")], ErrorCode.SAME_PLACE),
        (
            [
                row(),
                row(order=2, uid="f0000000-0000-4000-8000-000000000001"),
                row(order=3, uid="f0000000-0000-4000-8000-000000000001"),
            ],
            ErrorCode.SAME_ARTICLE,
        ),
        ([row(serial=1), row(order=2, serial=2)], ErrorCode.DISAGREES),
        ([row(page_name="要闻"), row(order=2, page_name="综合")], ErrorCode.DISAGREES),
        ([row(headline="长" * 1001)], ErrorCode.TOO_LONG),
        ([row(tags=["长" * 101])], ErrorCode.TOO_LONG),
        ([row(genre="poem")], ErrorCode.NOT_KNOWN),
    ],
)
def test_an_issue_that_contradicts_itself_is_refused_whole(rows, kind):
    with pytest.raises(RecordError) as refused:
        stored(*rows)
    assert (refused.value.code, refused.value.key) == (kind, (date(2019, 10, 1), 1))
    assert counts() == [0, 0, 0, 0]


def test_everything_that_only_this_house_has_is_stored():
    stored(
        row(
            page="A1",
            page_name="要闻",
            editor="王编",
            designer="李版",
            proofreader="张校",
            planned=6,
            planned_length=3500,
            edition=2,
            serial=77,
            uid="f0000000-0000-4000-8000-000000000001",
            genre="feature",
            rank=1,
            source="新华社",
            column="重点项目 进行时",
            dateline="本报讯",
            bylines=[
                {"role": "记者", "name": "张可馨", "contributor": ["张可馨", "要闻部"]},
                {"role": "通讯员", "name": "周一鸣"},
            ],
            paragraphs=["本报讯（记者 张可馨 通讯员 周一鸣）昨天下雨。", "小标题"],
            body="<p>昨天下雨。</p><h2>小标题</h2>",
            tags=["民生", "水利"],
        )
    )
    article = Article.objects.select_related("page__issue", "column").get()
    facts = ("label", "name", "editor", "designer", "proofreader", "planned", "planned_length")
    assert [getattr(article.page, name) for name in facts] == [
        *("A1", "要闻", "王编", "李版", "张校"),
        *(6, 3500),
    ]
    issue = article.page.issue
    assert (issue.edition, issue.serial, issue.released_at) == (2, 77, None)
    assert str(article.uid) == "f0000000-0000-4000-8000-000000000001"
    assert (article.genre, article.rank, article.source) == ("feature", 1, "新华社")
    assert (article.column.name, article.dateline) == ("重点项目 进行时", "本报讯")
    assert article.body == "<p>昨天下雨。</p><h2>小标题</h2>"
    assert [str(each) for each in article.bylines.all()] == ["记者 张可馨", "通讯员 周一鸣"]
    assert [
        each.contributor and each.contributor.distinction for each in article.bylines.all()
    ] == ["要闻部", None]
    assert sorted(article.tags.names()) == ["民生", "水利"]


def test_columns_contributors_and_tags_that_are_there_are_used():
    Column.objects.create(name="民生")
    Contributor.objects.create(name="张可馨", role="记者")
    facts = {
        "column": "民生",
        "tags": ["C++", "c", "C"],
        "bylines": [{"name": "张可馨", "contributor": ["张可馨", ""]}],
    }
    stored(row(**facts), row(order=2, **facts))
    stored(row(date="2019-10-02", **facts))
    assert (Column.objects.count(), Contributor.objects.count()) == (1, 1)
    assert Tagging.objects.count() == 9
    assert {*Article.objects.first().tags.names()} == {"C++", "c", "C"}
    assert len({*Tagging.objects.values_list("tag__slug", flat=True)}) == 3


def test_pages_and_issues_that_hold_nothing_are_kept(tmp_path):
    rows = [
        {"date": DAYS[0], "page": 1, "page_name": "要闻"},
        row(date=DAYS[0], page=2, order=1, page_name="综合"),
        {"date": DAYS[1], "serial": 12},
    ]
    run("import_archive", written(tmp_path / "a.jsonl", rows))
    assert counts() == [2, 2, 1, 1]
    assert exported(tmp_path, "--all") == rows


def test_an_issue_that_is_there_gets_the_pages_and_articles_it_lacks():
    page = make_page(issue=make_issue(issued_on=date(2019, 10, 1), released_at=None), label="01")
    own = make_article(page=page, position=3, status=Status.DRAFT)
    result = stored(row(order=1), row(page=2, order=1))
    assert (result.is_new, result.created) == (False, 2)
    assert list(page.articles.order_by("position").values_list("position", flat=True)) == [1, 3]
    own.refresh_from_db()
    assert own.position == 3


def test_a_place_that_another_article_has_keeps_the_issue_out(tmp_path):
    page = make_page(issue=make_issue(issued_on=date(2019, 10, 1), released_at=None), label="01")
    make_article(page=page, position=2, status=Status.DRAFT)
    status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", [row(), row(order=2)]))
    assert (status, Article.objects.count()) == (1, 1)
    assert "a.jsonl:2" in err


@pytest.mark.parametrize("label", ["1", "001"])
def test_a_page_that_is_there_under_another_label_keeps_the_issue_out(tmp_path, label):
    make_page(issue=make_issue(issued_on=date(2019, 10, 1), released_at=None), label=label)
    status, _out, err = run("import_archive", written(tmp_path / "a.jsonl", [row()]))
    assert (status, label in err, Page.objects.count()) == (1, True, 1)
    assert run("import_archive", written(tmp_path / "a.jsonl", [row(page=label)]))[0] == 0


def test_silence_can_be_asked_for(tmp_path):
    file = written(tmp_path / "a.jsonl", month())
    assert run("import_archive", file, verbosity=0) == (0, "", "")


def test_parts_of_articles_are_in_their_printed_order():
    bylines = [{"role": "记者", "name": f"某{number}"} for number in range(5)]
    stored(row(bylines=bylines))
    found = Byline.objects.order_by("position").values_list("position", "name")
    assert list(found) == [(number + 1, f"某{number}") for number in range(5)]
    assert not Caption.objects.exists()


def test_invisible_characters_are_told_and_a_second_run_changes_nothing(tmp_path):
    line = row(headline="甲\u200b镇\u200b开工", paragraphs=["一段\u202a。"])
    result = stored(line)
    assert (Article.objects.get().headline, len(result.cleaned)) == ("甲镇开工", 1)
    assert "零宽字符 U+200B 2 个、书写方向控制符 U+202A 1 个。" in result.cleaned[0]
    assert stored(line).is_unchanged
    assert exported(tmp_path, "--all") == [row(headline="甲镇开工", paragraphs=["一段。"])]
