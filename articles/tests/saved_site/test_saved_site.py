"""read_saved_site: saved pages of the usual layouts become lines of an archive."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.utils.translation import override

from articles.archive.format.records import default_uid
from articles.models import Article, OldAddress
from articles.tests.saved_site.conftest import BROKEN, DAY


def read(folder, *options) -> tuple[list[dict], list[str], int]:
    """Run the command; return the lines, what was told, and the exit status."""
    output, told, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("read_saved_site", str(folder), *options, stdout=output, stderr=told)
    except SystemExit as end:
        status = end.code
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    return lines, told.getvalue().splitlines(), status


def places(lines) -> list[tuple]:
    return [(line["date"], line["page"], line["order"], line["headline"]) for line in lines]


def test_each_article_stands_at_its_place(saved, tmp_path):
    lines, told, status = read(saved, "--photos", str(tmp_path / "photos"))
    assert (told, status) == (["10个文件，7篇稿件；0个文件未能读取。"], 0)
    assert sorted(places(lines), key=str) == [
        ("2019-10-12", 1, 1, "河埠路修好了"),
        ("2019-10-12", 1, 2, "河埠路修好了"),
        ("2019-10-12", 2, 1, "社区食堂开张"),
        ("2019-10-12", 2, 2, "泵站检修"),
        ("2019-10-13", "A03", 1, "口袋公园"),
        ("2019-10-14", 1, 1, "一"),
        ("2019-10-14", 1, 2, "二"),
    ]


def test_headings_text_author_and_pictures_are_read(saved, tmp_path):
    lines, _told, _status = read(saved, "--photos", str(tmp_path / "photos"))
    found = {(line["page"], line["order"]): line for line in lines if line["date"][-2:] == "12"}
    first = found[1, 2]
    assert (first["kicker"], first["deck"]) == ("“家门口的路”", "——今年再修九条")
    assert first["page_name"] == "要闻"
    assert first["paragraphs"] == [
        "本报讯（记者 林晓禾）昨天，河埠路修好了。",
        "附近居民前来看路。",
    ]
    assert [caption["words"] for caption in first["captions"]] == ["新修的河埠路。周一鸣 摄"]
    file = first["photos"][0]["file"]
    assert (tmp_path / "photos" / file).read_bytes() == (saved / "res/1/a.jpg").read_bytes()
    second = found[1, 1]
    assert second["paragraphs"] == ["第一段", "第二段。", "第三段\n换行"]
    assert second["bylines"] == [
        {"role": "记者", "name": "周一鸣"},
        {"role": "记者", "name": "林晓禾"},
    ]
    assert found[2, 1]["paragraphs"] == ["食堂开张。"]
    assert found[2, 2]["paragraphs"] == ["泵站<一号>", "检修完毕。"]


def test_words_of_a_picture_that_is_not_there_stay_in_the_text(saved):
    (saved / "res/1/a.jpg").unlink()
    lines, told, status = read(saved)
    text = next(line["paragraphs"] for line in lines if line["deck"])
    assert text[-1] == "新修的河埠路。周一鸣 摄"
    assert told[0].startswith(f"{DAY}/content_1.htm: ")
    assert status == 0


def test_what_cannot_be_read_is_told_by_file(broken):
    lines, told, status = read(broken)
    assert (len(lines), status) == (7, 1)
    for path, why in BROKEN.items():
        (line,) = [line for line in told if line.startswith(f"{path}: ")]
        assert why in line
    assert told[-1] == "14个文件，7篇稿件；4个文件未能读取。"


def test_an_archive_and_its_redirects_are_imported_as_they_were_written(
    saved, tmp_path, client, transactional_db
):
    table, archive, photos = tmp_path / "old.csv", tmp_path / "a.jsonl", tmp_path / "photos"
    options = ("--photos", str(photos), "--redirects", str(table), "--prefix", "/yxrb/")
    lines, _told, _status = read(saved, *options)
    archive.write_text("".join(json.dumps(line) + "\n" for line in lines))
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO(), "verbosity": 0}
    call_command("import_archive", str(archive), "--photos", str(photos), "--release", **quiet)
    call_command("import_redirects", str(table), **quiet)
    assert Article.objects.published().count() == 7
    assert OldAddress.objects.count() == 10
    answers = {
        path: client.get(f"/yxrb/{path}", follow=True)
        for path in (f"{DAY}/content_10.htm", f"{DAY}/node_2.htm")
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "泵站&lt;一号&gt;" in answers[f"{DAY}/content_10.htm"].content.decode()


def test_redirects_name_articles_as_the_archive_does(saved, tmp_path):
    table = tmp_path / "old.csv"
    lines, _told, _status = read(saved, "--redirects", str(table))
    rows = dict(row[:2] for row in csv.reader(table.open()))
    line = next(line for line in lines if line["headline"] == "社区食堂开张")
    day = date.fromisoformat(line["date"])
    assert rows[f"/{DAY}/content_3.htm"] == f"uid:{default_uid(day, 1, '02', 1)}"
    assert rows[f"/{DAY}/node_2.htm"] == "/2019-10-12/02/"


def test_a_second_run_gives_the_same_lines(saved):
    assert read(saved) == read(saved)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_folder_that_is_not_there_is_told(tmp_path, language):
    with override(language), pytest.raises(Exception, match="none"):
        call_command("read_saved_site", str(tmp_path / "none"))
