"""A page is read, and the reading learnt, from the command line; no database is asked."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.intake.parse.labels.crf import Weights
from articles.intake.parse.parser import parse
from articles.tests.intake_cases import EXPECTED, SAMPLE

LEAD = "本报讯（记者 吴桐）"
CLEAN = f"书画馆开馆\n\n{LEAD}昨天，书画馆开馆，\n\n市民前来参观。\n\n馆内有三百件展品。\n"


def shown(file, *options):
    """Return what read_page prints, what it says beside, and its exit status."""
    out, beside = StringIO(), StringIO()
    try:
        call_command("read_page", str(file), *options, stdout=out, stderr=beside)
    except SystemExit as ended:
        return out.getvalue(), beside.getvalue(), ended.code
    return out.getvalue(), beside.getvalue(), 0


@pytest.fixture
def page(tmp_path):
    """Return a function that writes a page."""

    def write(words, encoding="utf-8"):
        file = tmp_path / "page.txt"
        file.write_bytes(words if isinstance(words, bytes) else words.encode(encoding))
        return file

    return write


def test_a_clean_page_is_summed_up_in_chinese(page):
    assert shown(page(CLEAN)) == (
        "1 篇稿件\n\n1. [报道] 书画馆开馆\n   署名：本报讯 记者 吴桐\n   2 段，25 字\n",
        "",
        0,
    )


def test_a_page_in_gb18030_reads_the_same(page):
    assert shown(page(CLEAN, "gb18030")) == shown(page(CLEAN))


def test_the_sample_page_has_two_things_to_look_at():
    out, beside, status = shown(SAMPLE / "page-text.txt")
    assert (beside, status) == ("", 0)
    assert out.startswith(
        "5 篇稿件\n\n1. [报道] 中国共产党常州市武进区 第十三届委员会第七次全体会议决议\n"
    )
    assert "   署名：本报讯 实习生 徐帆 记者 徐梦超\n" in out
    assert "5. [图片新闻] （无标题）\n   栏目：重点项目 进行时\n" in out
    assert out.endswith(
        "请核对：\n"
        "   第 17+19 行：词语重复：贯彻贯彻\n"
        "   第 13+15 行：栏尾可能丢字或多字：稳扎稳打强体\n"
    )


def test_the_sample_page_as_json_is_the_golden_reading():
    out, beside, status = shown(SAMPLE / "page-text.txt", "--json")
    got = json.loads(out)
    keys = EXPECTED["stories"][0].keys()
    assert [{key: story[key] for key in keys} for story in got["stories"]] == EXPECTED["stories"]
    assert [{key: one[key] for key in ("code", "text")} for one in got["warnings"]] == (
        EXPECTED["warnings"]
    )
    assert (got["source"], got["problems"], beside, status) == (EXPECTED["source"], [], "", 0)


def test_stray_characters_are_something_to_look_at(page):
    out, beside, status = shown(page(CLEAN.replace("市民", "市\u200b民")))
    assert out == shown(page(CLEAN))[0]
    assert (beside, status) == (
        "page.txt: 不显示的字符，已去掉：零宽字符 U+200B 1 个（第 5 行）\n",
        1,
    )


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"\x81\xff\xff", "不是 UTF-8、UTF-16 或 GB18030 编码的文本。"), (b" \n", "是空文件。")],
)
def test_a_page_without_words_is_refused(page, raw, why):
    file = page(raw)
    with pytest.raises(CommandError, match=why) as refused:
        shown(file)
    assert (str(refused.value), refused.value.returncode) == (f"{file} {why}", 2)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="无法打开") as refused:
        shown(tmp_path / "none.txt")
    assert refused.value.returncode == 2


def archive(file, days=20, pages=2):
    """Write a small invented archive, gzipped, as exports are: what is empty is left out."""
    body = (
        "昨天，云溪区第{}届书画展在老街书画馆开幕，三百件展品与市民见面，"
        "展览将持续到月底，免费开放。"
    )
    rows = [
        {
            "date": f"2024-07-{day:02d}",
            "page": f"A{page}",
            "order": order,
            "headline": f"第{order}届书画展今日开幕",
            "paragraphs": [f"{LEAD}{body.format(order)}", body.format(day)],
        }
        for day in range(1, days + 1)
        for page in range(1, pages + 1)
        for order in range(1, 3)
    ]
    rows.append(
        {"date": "2024-07-01", "page": "A1", "order": 3, "paragraphs": ["图片。", "图片。"]}
    )
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_bytes(gzip.compress(lines.encode()))
    return file


def test_an_archive_teaches_weights_that_read_a_page(tmp_path):
    out = tmp_path / "learnt.json"
    said = call_command(
        "learn_reading", archive(tmp_path / "a.jsonl.gz"), out=out, stdout=StringIO()
    )
    learnt = json.loads(out.read_text("utf-8"))
    assert said == f"学得 {len(learnt['weights'])} 个权重，存入 {out}。"
    assert (learnt["pairs"], learnt["openings"]) == ({}, {})
    assert learnt["days"] == ["2024-07-01", "2024-07-20"]
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in out.read_text("utf-8"))
    read = parse(f"{CLEAN}\n\n老街开街\n\n{LEAD}昨天，老街开街。", weights=Weights(learnt)).articles
    assert [article.first("headline") for article in read] == ["书画馆开馆", "老街开街"]


@pytest.mark.slow
def test_learning_twice_gives_the_same_file(tmp_path):
    source = archive(tmp_path / "a.jsonl.gz")
    for name in ("one", "two"):
        call_command("learn_reading", source, out=tmp_path / name, stdout=StringIO())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_too_small_an_archive_teaches_nothing(tmp_path):
    source = archive(tmp_path / "a.jsonl.gz", days=13, pages=3)
    with pytest.raises(CommandError, match="39 个版面太少，至少需要 40 个"):
        call_command("learn_reading", source, out=tmp_path / "learnt.json", stdout=StringIO())
    assert not (tmp_path / "learnt.json").exists()


@pytest.mark.parametrize("raw", [b"", b"not json", b'{"paragraphs": ["a"]}', b"\xff"])
def test_what_is_no_archive_teaches_nothing(tmp_path, raw):
    source = tmp_path / "a.jsonl"
    source.write_bytes(raw)
    with pytest.raises(CommandError, match="没有学到任何东西"):
        call_command("learn_reading", source, out=tmp_path / "learnt.json", stdout=StringIO())
    assert not (tmp_path / "learnt.json").exists()
