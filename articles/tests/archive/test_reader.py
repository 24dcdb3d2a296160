"""One line of an archive: what it means, and what is wrong with it."""

import json
from datetime import date

import pytest
from django.utils import translation

from articles.archive.error_messages import describe_error
from articles.archive.format.reader import parse_record
from articles.archive.format.record_errors import ErrorCode, RecordError
from articles.archive.format.records import SourceLine
from articles.archive.format.writer import format_record as line_of
from articles.content.copy import BylineText, Copy
from articles.tests.archive_records import line, row

UID = "6f1c2f5e-0000-4000-8000-000000000001"
HERE = SourceLine("a.jsonl", 7)


def taken(**facts):
    return parse_record(line(row(**facts)), HERE)


def again(record):
    return json.loads(line_of(record))


@pytest.mark.parametrize(
    ("page", "label"), [(1, "01"), (20, "20"), (100, "100"), ("A1", "A1"), ("1", "1"), ("01", "01")]
)
def test_a_page_is_told_by_its_number_or_by_its_label(page, label):
    assert taken(page=page).page.label == label


def test_a_label_beside_the_number_is_the_page_s_label():
    assert taken(page=1, label="A1").page.label == "A1"


@pytest.mark.parametrize("page", [1, 20, 100, "A1", "1", "001", "A01", "000"])
def test_a_page_is_written_as_it_was_told(page):
    assert again(taken(page=page))["page"] == page


def test_a_plain_line_is_written_as_it_was_read():
    assert again(taken()) == row()


def test_an_article_without_a_uid_has_that_of_its_place():
    here, there = taken(order=1), taken(order=2)
    assert here.uid == taken(order=1, headline="别的").uid
    assert len({here.uid, there.uid, taken(edition=2).uid, taken(page="A1").uid}) == 4


def test_a_lead_in_that_composing_gives_back_is_data():
    record = taken(paragraphs=["本报讯（记者 张可馨）昨天下雨。", "今天晴。"])
    assert record.copy == Copy(
        headline=row()["headline"],
        dateline="本报讯",
        bylines=(BylineText("记者", "张可馨"),),
        body="<p>昨天下雨。</p><p>今天晴。</p>",
    )
    assert again(record) == row(paragraphs=["本报讯（记者 张可馨）昨天下雨。", "今天晴。"])


@pytest.mark.parametrize(
    "opening",
    [
        "本报北京10月16日电 （记者王晓波）",
        "本报讯（记者张可馨）",
        "新华社北京10月1日电  ",
        "本报讯 ",
    ],
)
def test_a_lead_in_that_composing_would_change_stays_in_the_words(opening):
    record = taken(paragraphs=[f"{opening}昨天下雨。"])
    assert (record.copy.dateline, record.copy.bylines) == ("", ())
    assert record.copy.body == f"<p>{opening}昨天下雨。</p>"


def test_an_empty_dateline_says_that_a_lead_in_is_words():
    record = taken(paragraphs=["本报讯（记者 张可馨）昨天下雨。"], dateline="")
    assert record.copy.bylines == ()
    assert again(record)["dateline"] == ""


def test_a_lead_in_that_is_data_is_cut_from_the_first_paragraph_and_written_back():
    given = row(
        dateline="本报讯",
        bylines=[{"role": "记者", "name": "张可馨", "contributor": ["张可馨", ""]}],
        paragraphs=["本报讯（记者 张可馨）昨天下雨。"],
    )
    record = parse_record(line(given), HERE)
    assert record.copy.body == "<p>昨天下雨。</p>"
    assert record.links == (("张可馨", ""),)
    assert again(record) == given


def test_a_body_is_given_only_where_paragraphs_cannot_say_it():
    markup = "<p>一</p><h2>二</h2><ul><li>三</li></ul>"
    given = row(paragraphs=["一", "二", "三"], body=markup)
    assert parse_record(line(given), HERE).copy.body == markup
    assert again(parse_record(line(given), HERE)) == given
    assert "body" not in again(taken(paragraphs=["一", "二"], body="<p>一</p><p>二</p>"))


def test_a_line_without_an_order_is_a_page_and_one_without_a_page_an_issue():
    page = parse_record(
        b'{"date": "2019-10-01", "page": 3, "page_name": "\xe8\xa6\x81\xe9\x97\xbb"}', HERE
    )
    assert (page.page.label, page.page.values["name"], page.order, page.uid) == (
        "03",
        "要闻",
        None,
        "",
    )
    issue = parse_record(b'{"date": "2019-10-01", "edition": 2, "serial": 9}', HERE)
    assert (issue.key, issue.issue["serial"], issue.page) == ((date(2019, 10, 1), 2), 9, None)
    assert again(page) == {"date": "2019-10-01", "page": 3, "page_name": "要闻"}
    assert again(issue) == {"date": "2019-10-01", "edition": 2, "serial": 9}


WRONG = {
    b"\xff\xfe{}": (ErrorCode.NOT_TEXT, "it is not UTF-8 from byte 1 on"),
    b'{"date": "2019-10-01", "pa': (ErrorCode.NOT_JSON, "it is not JSON: Unterminated string"),
    b"[" * 100_000: (ErrorCode.NOT_JSON, "it is not JSON: "),
    b'{"date": "2019-10-01", "page": NaN}': (ErrorCode.NOT_JSON, "it is not JSON: NaN"),
    b'{"date": "2019-10-01", "date": "2019-10-02"}': (ErrorCode.NOT_JSON, "a field is given twice"),
    b'["date"]': (ErrorCode.NOT_OBJECT, "it is JSON, but no object"),
    b"{}": (ErrorCode.MISSING, "it has no “date”"),
    b'{"date": null}': (ErrorCode.MISSING, "it has no “date”"),
    b'{"date": 20191001}': (ErrorCode.WRONG_TYPE, "“date” cannot be a value of the type int"),
    b'{"date": "2019-02-29"}': (
        ErrorCode.NO_DATE,
        "“date” is no date such as 2019-10-01: 2019-02-29",
    ),
    b'{"date": "20191001"}': (ErrorCode.NO_DATE, "is no date"),
    b'{"date": "0001-01-01"}': (ErrorCode.NO_DATE, "is no date"),
    b'{"date": "2019-10-01", "edition": 0}': (
        ErrorCode.OUT_OF_RANGE,
        "“edition” goes from 1 to 32767",
    ),
    b'{"date": "2019-10-01", "page": true}': (ErrorCode.WRONG_TYPE, "the type bool"),
    b'{"date": "2019-10-01", "headline": "a"}': (ErrorCode.NOT_PLACED, "a line without “page”"),
    b'{"date": "2019-10-01", "page": 1, "kicker": ""}': (ErrorCode.NOT_PLACED, "without “order”"),
}


@pytest.mark.parametrize("given", WRONG)
def test_a_broken_line_is_refused_for_its_reason(given):
    kind, said = WRONG[given]
    with pytest.raises(RecordError) as refused:
        parse_record(given, HERE)
    assert refused.value.code == kind
    with translation.override("en"):
        assert describe_error(refused.value).startswith("a.jsonl:7: ")
        assert said in describe_error(refused.value)


FAULTS = [
    ({"kiker": "误"}, ErrorCode.UNKNOWN_FIELD),
    ({"page": 0}, ErrorCode.NO_LABEL),
    ({"page": 1000}, ErrorCode.NO_LABEL),
    ({"page": "a1"}, ErrorCode.NO_LABEL),
    ({"page": "A1\n"}, ErrorCode.NO_LABEL),
    ({"page": 1.0}, ErrorCode.WRONG_TYPE),
    ({"order": 0}, ErrorCode.OUT_OF_RANGE),
    ({"order": "1"}, ErrorCode.WRONG_TYPE),
    ({"headline": None}, ErrorCode.WRONG_TYPE),
    ({"headline": "一\n二"}, ErrorCode.SEVERAL_LINES),
    ({"paragraphs": "一"}, ErrorCode.WRONG_TYPE),
    ({"paragraphs": ["一", 2]}, ErrorCode.WRONG_TYPE),
    ({"uid": "1"}, ErrorCode.NO_UID),
    ({"rank": 5}, ErrorCode.OUT_OF_RANGE),
    ({"dateline": "本报讯"}, ErrorCode.OTHER_OPENING),
    ({"body": "<p>别的话</p>"}, ErrorCode.OTHER_BODY),
    ({"bylines": [{"role": "记者"}]}, ErrorCode.MISSING),
    ({"bylines": ["张可馨"]}, ErrorCode.WRONG_TYPE),
    ({"bylines": [{"name": "张可馨", "contributor": ["张可馨"]}]}, ErrorCode.WRONG_TYPE),
    ({"captions": [{"words": "无图"}]}, ErrorCode.MISSING),
    ({"photos": [{"uid": UID, "file": "../a.jpg"}]}, ErrorCode.NO_FILE_NAME),
    ({"photos": [{"uid": UID, "focus": "2x2"}]}, ErrorCode.NOT_KNOWN),
    ({"photos": [{"uid": UID}]}, ErrorCode.NOT_PLACED),
    ({"photos": [{"uid": UID}, {}], "captions": [{"photo": UID}]}, ErrorCode.MISSING),
    ({"serial": 2**31}, ErrorCode.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("facts", "kind"), FAULTS)
def test_a_value_that_is_none_is_refused_and_its_issue_known(facts, kind):
    with pytest.raises(RecordError) as refused:
        taken(**facts)
    assert (refused.value.code, refused.value.key) == (kind, (date(2019, 10, 1), 1))
    assert describe_error(refused.value).startswith("a.jsonl:7: ")


def test_invisible_characters_are_taken_out_and_line_ends_end_lines():
    paragraphs = ["第一行\u2028第二行\u200b", "第三\x1b段👨\u200d👩"]
    record = taken(headline="甲\u00ad镇\x0b开工", deck="副题", paragraphs=paragraphs)
    assert record.copy.headline == "甲镇 开工"
    assert record.copy.body == "<p>第一行<br>第二行</p><p>第三段👨\u200d👩</p>"
    assert record.removed == {"\u00ad": 1, "\u200b": 1, "\x1b": 1}


def test_half_a_character_is_refused():
    with pytest.raises(RecordError) as refused:
        parse_record(b'{"date": "2019-10-01", "page": 1, "order": 1, "headline": "\\ud83d"}', HERE)
    assert refused.value.params == {"field": "headline", "code": "U+D83D"}


def test_a_message_prints_no_hidden_characters():
    with pytest.raises(RecordError) as refused:
        taken(uid="\u202e\x1b[31m" + "x" * 500)
    assert describe_error(refused.value).isprintable()
    assert len(describe_error(refused.value)) < 150
