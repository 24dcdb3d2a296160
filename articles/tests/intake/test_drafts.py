"""An article as it was read becomes words as they are stored."""

from collections import Counter

import pytest
from hypothesis import given, settings

from articles.content import article_html, characters
from articles.content.copy import BylineText, Copy, format_bylines
from articles.intake.drafts import BETWEEN_NAMES, Draft, make_draft
from articles.intake.parse.parser import parse
from articles.intake.parse.raw_text import squash
from articles.tests.intake_cases import CASES, EXPECTED, PAGE
from articles.tests.strategies import storable_texts

LEAD = "本报讯（记者 吴桐）"


def drafts(text: str) -> list[Draft]:
    return [make_draft(article) for article in parse(text).articles]


def only(text: str) -> Draft:
    (found,) = drafts(text)
    return found


def printed(copy: Copy) -> str:
    """Return all that a copy prints, without white space."""
    heads = (copy.column, copy.kicker, copy.headline, copy.deck)
    return squash(
        "".join(
            (*heads, copy.dateline, format_bylines(copy.bylines), article_html.words(copy.body))
        )
    )


def is_kept(article) -> bool:
    """Say whether a draft prints each character of an article, but for what bylines leave out."""
    source = squash(characters.clean_text("".join(part.text for part in article.parts)))
    lost = Counter(source) - Counter(printed(make_draft(article).copy))
    return not BETWEEN_NAMES.sub("", "".join(lost))


def test_the_sample_page_is_stored_as_its_golden_reading():
    golden = [
        (
            story["column"],
            story["headline"],
            story["dateline"],
            [(who["role"], who["name"]) for who in story["bylines"]],
            story["paragraphs"],
        )
        for story in EXPECTED["stories"]
    ]
    found = [each.copy for each in drafts(PAGE)]
    assert [
        (
            copy.column,
            copy.headline,
            copy.dateline,
            [(who.role, who.name) for who in copy.bylines],
            article_html.paragraphs(copy.body),
        )
        for copy in found
    ] == golden


def test_a_resolution_is_a_document_and_a_picture_with_its_words_photo_news():
    assert [each.genre for each in drafts(PAGE)] == ["document", "news", "news", "news", "photo"]


def test_a_report_is_stored_whole():
    found = only(f"书画馆开馆\n\n{LEAD}昨天，书画馆开馆，\n\n市民前来参观。\n\n馆内有展品。\n")
    assert found == Draft(
        copy=Copy(
            headline="书画馆开馆",
            dateline="本报讯",
            bylines=(BylineText("记者", "吴桐"),),
            body="<p>昨天，书画馆开馆，市民前来参观。</p><p>馆内有展品。</p>",
        ),
        genre="news",
        source="",
    )


@pytest.mark.parametrize(
    ("lead", "bylines"),
    [
        ("本报讯（记者 王 芳 赵子昂）", [("记者", "王芳"), ("记者", "赵子昂")]),
        ("本报讯（记者吴桐 通讯员褚小满）", [("记者", "吴桐"), ("通讯员", "褚小满")]),
        ("本报讯（本报记者 吴桐）", [("本报记者", "吴桐")]),
    ],
)
def test_a_lead_in_that_its_data_prints_again_is_data(lead, bylines):
    found = only(f"书画馆开馆\n\n{lead}昨天，书画馆开馆。\n").copy
    assert found.dateline == "本报讯"
    assert [(who.role, who.name) for who in found.bylines] == bylines
    assert found.body == "<p>昨天，书画馆开馆。</p>"


def test_a_lead_in_that_its_data_would_print_otherwise_stays_in_the_text_too():
    found = only("书画馆开馆\n\n新华社北京7月26日电（记者 王甲、李丙丁）昨天，书画馆开馆。\n")
    assert found.copy == Copy(
        headline="书画馆开馆",
        bylines=(BylineText("记者", "王甲"), BylineText("记者", "李丙丁")),
        body="<p>新华社北京7月26日电（记者 王甲、李丙丁）昨天，书画馆开馆。</p>",
    )
    assert found.source == "新华社"


def test_a_subhead_a_note_and_a_poem_keep_their_form():
    subheads = only(next(case["raw"] for case in CASES if case["id"] == "H18"))
    note = only(next(case["raw"] for case in CASES if case["id"] == "H19"))
    poem = only(next(case["raw"] for case in CASES if case["id"] == "H25"))
    assert subheads.copy.body.count("<h2>") == 2
    assert note.copy.body.startswith("<blockquote><p>【编者按】")
    assert poem.copy.body.count("<br>") == 3 and poem.genre == "literary"


def test_a_caption_without_its_picture_stands_in_the_text_with_its_credit():
    found = only(
        f"书画馆开馆\n\n{LEAD}昨天，书画馆开馆。\n\n馆内有展品三百件。\n\n图为市民看展。周一鸣 摄\n"
    )
    assert found.copy.body.endswith("<p>图为市民看展。周一鸣 摄</p>")
    assert found.captions == 1


def test_a_jump_stays_where_it_was_printed():
    onward = only(next(case["raw"] for case in CASES if case["id"] == "H14"))
    back = only(next(case["raw"] for case in CASES if case["id"] == "H15"))
    assert article_html.paragraphs(onward.copy.body)[-1].endswith("（下转A2版）")
    assert article_html.paragraphs(back.copy.body)[0].startswith("（上接A1版）")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_character_of_a_hard_case_is_lost(case):
    assert all(map(is_kept, parse(case["raw"]).articles))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(storable_texts)
def test_no_character_of_any_text_is_lost(text):
    assert all(map(is_kept, parse(text).articles))


@settings(max_examples=50, deadline=None)
@given(storable_texts)
def test_a_stored_body_is_in_the_stored_form(text):
    assert all(article_html.sanitize(each.copy.body) == each.copy.body for each in drafts(text))
