"""Saving the drafts of a raw page."""

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings

from articles import revisions
from articles.content import article_html
from articles.content.copy import BylineText
from articles.intake import persistence, raw_pages
from articles.intake.drafts import make_draft
from articles.intake.parse.corrections import Correction
from articles.intake.persistence import DraftsRefusedError, save_drafts
from articles.models import Article, Change, Page, RawPage, Status, WorkingCopy
from articles.tests.factories import (
    make_article,
    make_contributor,
    make_issue,
    make_member,
    make_page,
    numbers,
)
from articles.tests.intake_cases import EXPECTED, PAGE
from articles.tests.query_cost import CHANGED_ENTRY, LEDGER, NEW_ENTRY
from articles.tests.strategies import storable_texts
from articles.tests.workflow_factories import rewritten
from articles.workflow import move

pytestmark = pytest.mark.django_db
FIRST = (
    "书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆，\n\n市民前来参观。\n\n馆内有展品三百件。\n"
)
SECOND = "夜市开张\n\n本报讯（记者 李若溪）昨晚，夜市开张，摊主们忙到半夜。\n"


@pytest.fixture
def page():
    return make_page(issue=make_issue(released_at=None), name="")


@pytest.fixture
def member():
    return make_member(username="lin", is_staff=True)


def imported(page, text, name=""):
    return raw_pages.import_text(page, text.encode(), name=name, by=None)


def titles(articles):
    return [article.headline for article in articles]


def headlines_by_outcome(outcome):
    """Return the headlines in each list of an outcome that is not empty."""
    names = ("created", "updated", "unchanged", "left", "gone", "captioned")
    return {name: titles(getattr(outcome, name)) for name in names if getattr(outcome, name)}


def test_the_sample_page_is_stored_to_the_character(page, member):
    outcome = save_drafts(imported(page, PAGE), by=member)
    rows = list(page.articles.order_by("position"))
    assert titles(outcome.created) == titles(rows)
    copies = [revisions.read(row) for row in rows]
    assert [
        {
            "column": copy.column,
            "headline": copy.headline,
            "dateline": copy.dateline,
            "bylines": [{"role": who.role, "name": who.name} for who in copy.bylines],
            "paragraphs": article_html.paragraphs(copy.body),
        }
        for copy in copies
    ] == [
        {key: story[key] for key in ("column", "headline", "dateline", "bylines", "paragraphs")}
        for story in EXPECTED["stories"]
    ]
    assert {row.status for row in rows} == {Status.DRAFT}
    kept = [row.revisions.get() for row in rows]
    assert {(each.change, each.made_by) for each in kept} == {(Change.IMPORTED, member)}
    assert [each.digest for each in kept] == [copy.digest for copy in copies]


def test_a_page_read_twice_changes_nothing(page, member):
    save_drafts(imported(page, PAGE), by=member)
    before = list(Article.objects.values())
    again = save_drafts(imported(page, PAGE), by=member)
    assert len(again.unchanged) == 5 and headlines_by_outcome(again).keys() == {"unchanged"}
    assert list(Article.objects.values()) == before
    assert RawPage.objects.count() == 1


def test_the_sample_issue_has_its_page_already(member):
    call_command("loaddata", "sample_issue", verbosity=0)
    outcome = save_drafts(imported(Page.objects.get(), PAGE), by=None)
    assert headlines_by_outcome(outcome).keys() == {"unchanged"} and len(outcome.unchanged) == 5


def test_a_corrected_page_updates_the_drafts_that_nobody_has_touched(page, member):
    save_drafts(imported(page, FIRST + "\n" + SECOND), by=member)
    Article.objects.get(headline="夜市开张").tags.add("夜市")
    outcome = save_drafts(
        imported(page, (FIRST + "\n" + SECOND).replace("半夜", "后半夜").replace("三百", "五百")),
        by=member,
    )
    assert headlines_by_outcome(outcome) == {"updated": ["书画馆开馆", "夜市开张"]}
    assert [
        article_html.paragraphs(row.body)[-1] for row in page.articles.order_by("position")
    ] == ["馆内有展品五百件。", "昨晚，夜市开张，摊主们忙到后半夜。"]
    assert list(Article.objects.get(headline="夜市开张").tags.names()) == ["夜市"]


def test_a_draft_that_somebody_has_touched_is_left_and_told_of(page, member):
    save_drafts(imported(page, FIRST + "\n" + SECOND), by=member)
    mine = rewritten(Article.objects.get(headline="夜市开张"), by=member, headline="河埠夜市开张")
    outcome = save_drafts(
        imported(page, (FIRST + "\n" + SECOND).replace("半夜", "后半夜")), by=member
    )
    assert headlines_by_outcome(outcome) == {"unchanged": ["书画馆开馆"], "left": ["河埠夜市开张"]}
    assert Article.objects.get(pk=mine.pk).version == mine.version


def test_a_draft_with_words_typed_and_not_saved_is_left(page, member):
    (article,) = save_drafts(imported(page, FIRST), by=member).created
    WorkingCopy.objects.create(
        article=article,
        member=member,
        editor_id="0b0f2d5c-5f7e-4a6e-9c9b-1f6a3c9d2e11",
        typed_at="2024-07-26T12:00Z",
        seen_at="2024-07-26T12:00Z",
    )
    assert headlines_by_outcome(
        save_drafts(imported(page, FIRST.replace("三百", "五百")), by=member)
    ) == {"left": ["书画馆开馆"]}


def test_a_draft_whose_words_were_changed_without_a_revision_is_left(page, member):
    save_drafts(imported(page, FIRST), by=member)
    Article.objects.update(headline="河埠书画馆开馆")
    outcome = save_drafts(imported(page, FIRST.replace("三百", "五百")), by=member)
    assert headlines_by_outcome(outcome) == {"left": ["河埠书画馆开馆"]}


def test_an_article_on_its_way_through_the_readings_is_left(page, writer, member):
    (article,) = save_drafts(imported(page, FIRST), by=member).created
    move(article, "submit", by=writer)
    outcome = save_drafts(imported(page, FIRST.replace("三百", "五百")), by=member)
    assert headlines_by_outcome(outcome) == {"left": ["书画馆开馆"]}


def test_an_article_that_the_corrected_page_lacks_stays_and_is_told_of(page, member):
    save_drafts(imported(page, FIRST + "\n" + SECOND), by=member)
    outcome = save_drafts(imported(page, FIRST), by=member)
    assert headlines_by_outcome(outcome) == {"unchanged": ["书画馆开馆"], "gone": ["夜市开张"]}
    assert page.articles.count() == 2


def test_two_files_of_a_page_do_not_miss_each_others_articles(page, member):
    save_drafts(imported(page, FIRST, "1.txt"), by=member)
    assert headlines_by_outcome(save_drafts(imported(page, SECOND, "2.txt"), by=member)) == {
        "created": ["夜市开张"]
    }
    assert [row.position for row in page.articles.order_by("position")] == [1, 2]


def test_a_draft_that_was_put_on_another_page_is_found_there(page, member):
    (article,) = save_drafts(imported(page, FIRST), by=member).created
    other = make_page(issue=page.issue, label="A2")
    Article.objects.filter(pk=article.pk).update(page=other)
    outcome = save_drafts(imported(page, FIRST.replace("三百", "五百")), by=member)
    assert headlines_by_outcome(outcome) == {"updated": ["书画馆开馆"]}
    assert Article.objects.get().page == other


def test_what_an_editor_wrote_by_hand_is_not_made_twice(page, member):
    make_article(page=page, status="draft", headline="书画馆开馆", paragraphs=["昨天开馆。"])
    assert headlines_by_outcome(save_drafts(imported(page, FIRST), by=member)) == {
        "left": ["书画馆开馆"]
    }


def test_a_spiked_article_does_not_keep_its_like_out(page, member):
    save_drafts(imported(page, FIRST), by=member)
    Article.objects.update(status=Status.SPIKED)
    assert headlines_by_outcome(save_drafts(imported(page, FIRST), by=member)) == {
        "created": ["书画馆开馆"]
    }


def test_names_are_linked_to_the_one_contributor_they_can_mean(page, member):
    one = make_contributor(name="吴桐")
    make_contributor(name="李若溪", distinction="记者")
    make_contributor(name="李若溪", distinction="作者")
    save_drafts(imported(page, FIRST + "\n" + SECOND), by=member)
    first, second = page.articles.order_by("position")
    assert revisions.byline_contributors(first) == {BylineText("记者", "吴桐"): one.pk}
    assert revisions.byline_contributors(second) == {BylineText("记者", "李若溪"): None}


def test_the_page_takes_what_its_furniture_says_where_nothing_was_filled_in(page, member):
    page.editor = "周一鸣"
    page.save()
    folio = "A1 要闻\n\n责任编辑：张晓禾 校对：王 芳\n\n"
    save_drafts(imported(page, folio + FIRST), by=member)
    page.refresh_from_db()
    assert (page.name, page.editor, page.proofreader) == ("要闻", "周一鸣", "王芳")


@pytest.mark.parametrize("folio", ["A2 要闻\n\n", "2024年7月26日 星期五\n\n"])
def test_a_text_that_names_another_page_or_day_is_not_stored(page, member, folio):
    with pytest.raises(DraftsRefusedError) as refused:
        save_drafts(imported(page, folio + FIRST), by=member)
    assert len(refused.value.reasons) == 1
    assert not Article.objects.exists()


def test_a_head_that_is_too_long_is_not_stored_and_named(page, member):
    raw = imported(page, FIRST + "\n" + SECOND)
    (last,) = [n for n, block in enumerate(raw_pages.corrected_blocks(raw)) if "三百" in block.text]
    long = imported(page, (FIRST + "\n" + SECOND).replace("三百件", "三百件" * 350))
    raw_pages.apply_correction(long, Correction("reclassify", last, "headline"), version=0)
    with pytest.raises(DraftsRefusedError) as refused:
        save_drafts(long, by=member)
    assert refused.value.reasons == (
        "“馆内有展品三百件三百件三百件三百件三百件…”作为主题太长，最多 1000 字。",
    )
    assert not Article.objects.exists()


def test_a_released_issue_takes_no_article_from_the_operator():
    page = make_page()
    with pytest.raises(DraftsRefusedError, match="这一期已发布"):
        save_drafts(imported(page, FIRST), by=None)
    assert not Article.objects.exists()


def test_a_failure_in_the_middle_stores_nothing(page, member, monkeypatch):
    def failing(*given):
        assert Article.objects.count() == 2
        raise RuntimeError

    monkeypatch.setattr(persistence, "_fill_in_page", failing)
    with pytest.raises(RuntimeError):
        save_drafts(imported(page, FIRST + "\n" + SECOND), by=member)
    assert not Article.objects.exists()


def text_of(count, closing="半夜"):
    """Return a page of so many articles, each with a byline."""
    return "\n".join(
        f"第{n}届夜市开张\n\n本报讯（记者 李若溪）昨晚，第{n}届夜市开张，摊主们忙到{closing}。\n"
        for n in range(1, count + 1)
    )


@pytest.mark.parametrize("count", [1, 10])
def test_new_drafts_take_three_queries_each(page, member, count, django_assert_num_queries):
    raw = imported(page, text_of(count))
    with django_assert_num_queries(8 + (4 + NEW_ENTRY) * count + LEDGER):
        result = save_drafts(raw, by=member)
    assert len(result.created) == count


@pytest.mark.parametrize("count", [1, 10])
def test_updated_drafts_take_five_queries_each(page, member, count, django_assert_num_queries):
    save_drafts(imported(page, text_of(count)), by=member)
    raw = imported(page, text_of(count, "天亮"))
    with django_assert_num_queries(10 + (6 + CHANGED_ENTRY) * count + LEDGER):
        result = save_drafts(raw, by=member)
    assert len(result.updated) == count


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(storable_texts.filter(str.strip))
def test_whatever_the_text_what_is_stored_is_what_was_read(db, text):
    page = make_page(issue=make_issue(edition=next(numbers) % 30_000 + 1, released_at=None))
    try:
        raw = imported(page, text)
        outcome = save_drafts(raw, by=None)
    except (raw_pages.UnreadableTextError, DraftsRefusedError):
        assert not page.articles.exists()
        return
    assert bytes(RawPage.objects.get(pk=raw.pk).source) == text.encode()
    drafts = [make_draft(article).copy for article in raw_pages.corrected_page(raw).articles]
    assert [revisions.read(row) for row in outcome.created] == drafts


@pytest.mark.slow
def test_ten_at_once_make_each_article_once(page, together):
    raw = imported(page, FIRST + "\n" + SECOND)
    outcomes = together([lambda: save_drafts(RawPage.objects.get(pk=raw.pk), by=None)] * 10)
    assert sorted(len(each.created) for each in outcomes) == [0] * 9 + [2]
    assert Article.objects.count() == 2
