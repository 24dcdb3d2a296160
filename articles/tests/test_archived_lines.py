"""One line of an archive: what it means, and what is wrong with it."""

import json
from datetime import date

import pytest
from django.utils import translation

from articles.archived.clippings import Where
from articles.archived.faults import ClippingError, Kind
from articles.archived.reading import read
from articles.archived.writing import line as line_of
from articles.archiving.refusals import told
from articles.copy import Copy, SignedName

from .archive_rows import line, row

UID = "6f1c2f5e-0000-4000-8000-000000000001"
HERE = Where("a.jsonl", 7)


def taken(**facts):
    return read(line(row(**facts)), HERE)


def again(clipping):
    return json.loads(line_of(clipping))


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
    clipping = taken(paragraphs=["本报讯（记者 张可馨）昨天下雨。", "今天晴。"])
    assert clipping.copy == Copy(
        headline=row()["headline"],
        dateline="本报讯",
        bylines=(SignedName("记者", "张可馨"),),
        body="<p>昨天下雨。</p><p>今天晴。</p>",
    )
    assert again(clipping) == row(paragraphs=["本报讯（记者 张可馨）昨天下雨。", "今天晴。"])


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
    clipping = taken(paragraphs=[f"{opening}昨天下雨。"])
    assert (clipping.copy.dateline, clipping.copy.bylines) == ("", ())
    assert clipping.copy.body == f"<p>{opening}昨天下雨。</p>"


def test_an_empty_dateline_says_that_a_lead_in_is_words():
    clipping = taken(paragraphs=["本报讯（记者 张可馨）昨天下雨。"], dateline="")
    assert clipping.copy.bylines == ()
    assert again(clipping)["dateline"] == ""


def test_a_lead_in_that_is_data_is_cut_from_the_first_paragraph_and_written_back():
    given = row(
        dateline="本报讯",
        bylines=[{"role": "记者", "name": "张可馨", "contributor": ["张可馨", ""]}],
        paragraphs=["本报讯（记者 张可馨）昨天下雨。"],
    )
    clipping = read(line(given), HERE)
    assert clipping.copy.body == "<p>昨天下雨。</p>"
    assert clipping.links == (("张可馨", ""),)
    assert again(clipping) == given


def test_a_body_is_given_only_where_paragraphs_cannot_say_it():
    markup = "<p>一</p><h2>二</h2><ul><li>三</li></ul>"
    given = row(paragraphs=["一", "二", "三"], body=markup)
    assert read(line(given), HERE).copy.body == markup
    assert again(read(line(given), HERE)) == given
    assert "body" not in again(taken(paragraphs=["一", "二"], body="<p>一</p><p>二</p>"))


def test_a_line_without_an_order_is_a_page_and_one_without_a_page_an_issue():
    page = read(b'{"date": "2019-10-01", "page": 3, "page_name": "\xe8\xa6\x81\xe9\x97\xbb"}', HERE)
    assert (page.page.label, page.page.name, page.order, page.uid) == ("03", "要闻", None, "")
    issue = read(b'{"date": "2019-10-01", "edition": 2, "serial": 9}', HERE)
    assert (issue.key, issue.serial, issue.page) == ((date(2019, 10, 1), 2), 9, None)
    assert again(page) == {"date": "2019-10-01", "page": 3, "page_name": "要闻"}
    assert again(issue) == {"date": "2019-10-01", "edition": 2, "serial": 9}


WRONG = {
    b"\xff\xfe{}": (Kind.NOT_TEXT, "it is not UTF-8 from byte 1 on"),
    b'{"date": "2019-10-01", "pa': (Kind.NOT_JSON, "it is not JSON: Unterminated string"),
    b"[" * 100_000: (Kind.NOT_JSON, "it is not JSON: "),
    b'{"date": "2019-10-01", "page": NaN}': (Kind.NOT_JSON, "it is not JSON: NaN"),
    b'{"date": "2019-10-01", "date": "2019-10-02"}': (Kind.NOT_JSON, "a field is given twice"),
    b'["date"]': (Kind.NOT_OBJECT, "it is JSON, but no object"),
    b"{}": (Kind.MISSING, "it has no “date”"),
    b'{"date": null}': (Kind.MISSING, "it has no “date”"),
    b'{"date": 20191001}': (Kind.WRONG_TYPE, "“date” cannot be a value of the type int"),
    b'{"date": "2019-02-29"}': (Kind.NO_DATE, "“date” is no date such as 2019-10-01: 2019-02-29"),
    b'{"date": "20191001"}': (Kind.NO_DATE, "is no date"),
    b'{"date": "0001-01-01"}': (Kind.NO_DATE, "is no date"),
    b'{"date": "2019-10-01", "edition": 0}': (Kind.OUT_OF_RANGE, "“edition” goes from 1 to 32767"),
    b'{"date": "2019-10-01", "page": true}': (Kind.WRONG_TYPE, "the type bool"),
    b'{"date": "2019-10-01", "headline": "a"}': (Kind.NOT_PLACED, "a line without “page”"),
    b'{"date": "2019-10-01", "page": 1, "kicker": ""}': (Kind.NOT_PLACED, "without “order”"),
}


@pytest.mark.parametrize("given", WRONG)
def test_a_broken_line_is_refused_for_its_reason(given):
    kind, said = WRONG[given]
    with pytest.raises(ClippingError) as refused:
        read(given, HERE)
    assert refused.value.kind == kind
    with translation.override("en"):
        assert told(refused.value).startswith("a.jsonl:7: ")
        assert said in told(refused.value)


FAULTS = [
    ({"kiker": "误"}, Kind.UNKNOWN_FIELD),
    ({"page": 0}, Kind.NO_LABEL),
    ({"page": 1000}, Kind.NO_LABEL),
    ({"page": "a1"}, Kind.NO_LABEL),
    ({"page": "A1\n"}, Kind.NO_LABEL),
    ({"page": 1.0}, Kind.WRONG_TYPE),
    ({"order": 0}, Kind.OUT_OF_RANGE),
    ({"order": "1"}, Kind.WRONG_TYPE),
    ({"headline": None}, Kind.WRONG_TYPE),
    ({"headline": "一\n二"}, Kind.SEVERAL_LINES),
    ({"headline": "一\x00二"}, Kind.CHARACTER),
    ({"deck": "一\r"}, Kind.CHARACTER),
    ({"kicker": "\x85"}, Kind.CHARACTER),
    ({"paragraphs": "一"}, Kind.WRONG_TYPE),
    ({"paragraphs": ["一", 2]}, Kind.WRONG_TYPE),
    ({"paragraphs": ["一\x1b[0m"]}, Kind.CHARACTER),
    ({"uid": "1"}, Kind.NO_UID),
    ({"rank": 5}, Kind.OUT_OF_RANGE),
    ({"dateline": "本报讯"}, Kind.OTHER_OPENING),
    ({"body": "<p>别的话</p>"}, Kind.OTHER_BODY),
    ({"bylines": [{"role": "记者"}]}, Kind.MISSING),
    ({"bylines": ["张可馨"]}, Kind.WRONG_TYPE),
    ({"bylines": [{"name": "张可馨", "contributor": ["张可馨"]}]}, Kind.WRONG_TYPE),
    ({"captions": [{"words": "无图"}]}, Kind.MISSING),
    ({"photos": [{"uid": UID, "file": "../a.jpg"}]}, Kind.NO_FILE_NAME),
    ({"photos": [{"uid": UID, "focus": "2x2"}]}, Kind.NOT_KNOWN),
    ({"photos": [{"uid": UID}]}, Kind.NOT_PLACED),
    ({"photos": [{"uid": UID}, {}], "captions": [{"photo": UID}]}, Kind.MISSING),
    ({"serial": 2**31}, Kind.OUT_OF_RANGE),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "kind"), FAULTS)
def test_a_value_that_is_none_is_refused_and_its_issue_known(facts, kind):
    with pytest.raises(ClippingError) as refused:
        taken(**facts)
    assert (refused.value.kind, refused.value.key) == (kind, (date(2019, 10, 1), 1))
    assert told(refused.value).startswith("a.jsonl:7: ")


def test_half_a_character_is_refused():
    with pytest.raises(ClippingError) as refused:
        read(b'{"date": "2019-10-01", "page": 1, "order": 1, "headline": "\\ud83d"}', HERE)
    assert refused.value.facts == {"field": "headline", "code": "U+D83D"}


def test_a_message_prints_no_hidden_characters():
    with pytest.raises(ClippingError) as refused:
        taken(uid="\u202e\x1b[31m" + "x" * 500)
    assert told(refused.value).isprintable()
    assert len(told(refused.value)) < 150
