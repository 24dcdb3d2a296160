"""An article as it was read becomes words as they are stored."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, cleaning
from articles.copy import Copy, SignedName, signed
from articles.intake.drafting import BETWEEN, Draft, draft
from articles.intake.marks import squash
from articles.intake.parsing import parse

from .intake_cases import CASES, EXPECTED, PAGE
from .test_intake_conserving import SCRAPS

LEAD = "本报讯（记者 吴桐）"


def drafts(text: str) -> list[Draft]:
    return [draft(article) for article in parse(text).articles]


def only(text: str) -> Draft:
    (found,) = drafts(text)
    return found


def printed(copy: Copy) -> str:
    """Return all that a copy prints, without white space."""
    heads = (copy.column, copy.kicker, copy.headline, copy.deck)
    return squash("".join((*heads, copy.dateline, signed(copy.bylines), body.words(copy.body))))


def is_kept(article) -> bool:
    """Say whether a draft prints each character of an article, but for what bylines leave out."""
    source = squash(cleaning.printable("".join(part.text for part in article.parts)))
    lost = Counter(source) - Counter(printed(draft(article).copy))
    return not BETWEEN.sub("", "".join(lost))


def test_the_sample_page_is_stored_as_its_golden_reading():
    golden = [
        (
            story["column"], story["headline"], story["dateline"],
            [(who["role"], who["name"]) for who in story["bylines"]], story["paragraphs"],
        )
        for story in EXPECTED["stories"]
    ]  # fmt: skip
    found = [each.copy for each in drafts(PAGE)]
    assert [
        (
            copy.column, copy.headline, copy.dateline,
            [(who.role, who.name) for who in copy.bylines], body.paragraphs(copy.body),
        )
        for copy in found
    ] == golden  # fmt: skip


def test_a_resolution_is_a_document_and_a_picture_with_its_words_photo_news():
    assert [each.genre for each in drafts(PAGE)] == ["document", "news", "news", "news", "photo"]


def test_a_report_is_stored_whole():
    found = only(f"书画馆开馆\n\n{LEAD}昨天，书画馆开馆，\n\n市民前来参观。\n\n馆内有展品。\n")
    assert found == Draft(
        copy=Copy(
            headline="书画馆开馆",
            dateline="本报讯",
            bylines=(SignedName("记者", "吴桐"),),
            body="<p>昨天，书画馆开馆，市民前来参观。</p><p>馆内有展品。</p>",
        ),
        genre="news",
        source="",
        lines=(1, 3, 3, 5, 7),
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
        bylines=(SignedName("记者", "王甲"), SignedName("记者", "李丙丁")),
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
    assert body.paragraphs(onward.copy.body)[-1].endswith("（下转A2版）")
    assert body.paragraphs(back.copy.body)[0].startswith("（上接A1版）")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_character_of_a_hard_case_is_lost(case):
    assert all(map(is_kept, parse(case["raw"]).articles))


storable = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
scraps = st.lists(
    st.one_of(st.sampled_from([each for each in SCRAPS if each != "\ud800"]), storable),
    max_size=40,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(scraps)
def test_no_character_of_any_text_is_lost(text):
    assert all(map(is_kept, parse(text).articles))


@settings(max_examples=50, deadline=None)
@given(scraps)
def test_a_stored_body_is_in_the_stored_form(text):
    assert all(body.clean(each.copy.body) == each.copy.body for each in drafts(text))
