"""import_redirects: a table of old addresses is stored whole or not at all."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import OldAddress
from articles.old_addresses import csv_import
from articles.tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """A function that imports a table given as text; it returns what is printed."""

    def imported(text: str | bytes, *options: str) -> str:
        path, output = tmp_path / "old.csv", io.StringIO()
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("import_redirects", str(path), *options, stdout=output, stderr=output)
        return output.getvalue()

    return imported


def refused(run, capsys, text) -> str:
    """Return why a table is refused; nothing of it is stored."""
    before = OldAddress.objects.count()
    with pytest.raises(CommandError) as told:
        run(text)
    assert OldAddress.objects.count() == before
    return str(told.value.__cause__)


def stored() -> dict[str, str]:
    return {row.pattern: row.target or row.reason for row in OldAddress.objects.all()}


TABLE = """旧地址,去处,原因
http://old.example/html/{year}-{month}/{day}/node_{page}.htm,/{year}-{month}-{day}/{page}/

/about.htm,/about/,
/forum/{any},,论坛已关闭
"""
STORED = {
    "/html/{year}-{month}/{day}/node_{page}.htm": "/{year}-{month}-{day}/{page}/",
    "/about.htm": "/about/",
    "/forum/{any}": "论坛已关闭",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_stored_and_stored_again_without_a_change(run, encoding):
    data = TABLE.replace("\n", "\r\n").encode(encoding)
    assert run(data) == "旧地址新增3个，修改0个，未变0个。\n"
    assert stored() == STORED
    keys = set(OldAddress.objects.values_list("pk", flat=True))
    assert run(data) == "旧地址新增0个，修改0个，未变3个。\n"
    assert run("/about.htm,/corrections/\n") == "旧地址新增0个，修改1个，未变0个。\n"
    assert stored() == STORED | {"/about.htm": "/corrections/"}
    assert set(OldAddress.objects.values_list("pk", flat=True)) == keys


def test_an_article_is_named_by_its_uid(run):
    article = make_article()
    run(f"/1.htm,uid:{str(article.uid).upper()}\n")
    assert stored() == {"/1.htm": article.get_absolute_url()}


def test_a_trial_stores_nothing(run):
    assert "试运行" in run(TABLE, "--dry-run")
    assert stored() == {}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/2.htm,https://evil.example/", "站内路径"),
        ("/2.htm,//evil.example/", "站内路径"),
        ("/2.htm,/\\evil.example/", "站内路径"),
        ("/2.htm,/nowhere/", "没有页面"),
        ("/2.htm,/2.htm", "指向自身"),
        ("/2.htm,/1.htm", "没有页面"),
        ("/2.htm,/admin/", "没有页面"),
        ("/admin/a,/about/", "采编后台"),
        ("/archive/,/about/", "本站页面的地址"),
        ("/2019-10-12/,/about/", "本站页面的地址"),
        ("/a{b}.htm,/about/", "花括号"),
        ("/a{id.htm,/about/", "花括号"),
        ("/{any}/{any}/{any},/about/", "{any}"),
        ("/{id}{any},/about/", "{any}"),
        ("/{id}.htm,/{year}-01-01/", "{year}"),
        ("/2.htm,,", "二者择一"),
        ("/2.htm,/about/,关闭", "二者择一"),
        ("/2.htm", "两列或三列"),
        ("/2.htm,uid:00000000-0000-0000-0000-000000000000", "uid"),
        ("/1.htm,/corrections/", "第1行"),
        ("a.htm,/about/", "以/开头"),
        (f"/{'a' * 500},/about/", "以/开头"),
        (f"/2.htm,,{'长' * 201}", "过长"),
        ("http://[,/about/", "地址"),
        ("/a\0.htm,/about/", "地址"),
        ("/a%00.htm,/about/", "地址"),
        ("/a.aspx?n=%D4%C6,/about/", "地址"),
        ("/a.htm,,关\0闭", "空字符"),
    ],
)
def test_a_table_with_a_line_that_is_wrong_is_refused_whole(run, capsys, line, why):
    reason = refused(run, capsys, f"/1.htm,/about/\n{line}\n")
    assert reason.startswith("第2行：")
    assert why in reason


def test_the_first_twenty_wrong_lines_are_told(run, capsys):
    lines = refused(run, capsys, "a,b\n" * 30).splitlines()
    assert [line.partition("：")[0] for line in lines] == [f"第{n}行" for n in range(1, 21)]


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b'/1.htm,"/ab'])
def test_a_file_that_is_no_table_is_told(run, data):
    with pytest.raises(CommandError):
        run(data)
    assert stored() == {}


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="无法读取"):
        call_command("import_redirects", str(tmp_path / "none.csv"))


def test_a_batch_costs_the_same_queries_whatever_its_length(tmp_path, django_assert_num_queries):
    uid = make_article().uid
    for count in (1, 300):
        path = tmp_path / f"{count}.csv"
        path.write_text("".join(f"/{count}/{n}.htm,uid:{uid}\n" for n in range(count)))
        with django_assert_num_queries(5):
            csv_import.import_redirects(path, is_trial=False, tick=len_of)


def len_of(number: int) -> int:
    return number
