"""Raw pages: stored byte for byte, parsed once, corrected one by one."""

import pytest

from articles.intake import raw_pages
from articles.intake.parse.corrections import Correction
from articles.intake.parse.types import Furniture
from articles.intake.raw_pages import StaleParseError, UnreadableTextError
from articles.models import RawPage
from articles.tests.factories import make_column, make_member, make_page
from articles.tests.intake_cases import PAGE

pytestmark = pytest.mark.django_db
RAW = (
    "书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆，\n\n市民前来参观。\n\n馆内有展品三百件。\n"
)


@pytest.fixture
def page():
    return make_page()


@pytest.fixture
def raw(page):
    return raw_pages.import_text(page, RAW.encode(), by=None)


def fresh(raw):
    return RawPage.objects.get(pk=raw.pk)


def paragraphs(raw):
    return [article.paragraphs for article in raw_pages.corrected_page(fresh(raw)).articles]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_kept_byte_for_byte_with_who_and_when(page, encoding):
    member, source = make_member(username="lin"), f"\r\n{PAGE}\r\n".encode(encoding)
    raw = fresh(raw_pages.import_text(page, source, name="A1.txt", by=member))
    assert (bytes(raw.source), raw.name, raw.uploaded_by) == (source, "A1.txt", member)
    assert len(raw_pages.corrected_page(raw).articles) == 5


def test_the_same_text_is_kept_once_for_a_page(page, raw):
    raw_pages.apply_correction(raw, Correction("part", 2), version=0)
    again = raw_pages.import_text(page, RAW.encode(), by=None)
    assert (again.pk, again.applied_count, RawPage.objects.count()) == (raw.pk, 1, 1)
    other = make_page(issue=page.issue, label="A2")
    assert raw_pages.import_text(other, RAW.encode(), by=None).pk != raw.pk


@pytest.mark.parametrize("source", [b"", b" \n\n ", b"\xff\xff\xff\xff", b"a" * (2 * 1024**2 + 1)])
def test_what_cannot_be_read_is_refused_and_not_kept(page, source):
    with pytest.raises(UnreadableTextError):
        raw_pages.import_text(page, source, by=None)
    assert not RawPage.objects.exists()


def test_a_text_with_null_characters_is_kept_and_read_without_them(page):
    raw = fresh(raw_pages.import_text(page, "书画馆\x00开馆".encode(), by=None))
    parsed = raw_pages.corrected_page(raw)
    assert bytes(raw.source) == "书画馆\x00开馆".encode()
    assert parsed.blocks[0].text == "书画馆开馆"
    assert parsed.furniture == (Furniture("stray", "\x00", 1),)


def test_the_standing_columns_of_the_paper_are_known(page):
    make_column(name="河埠夜话")
    raw = raw_pages.import_text(
        page, "河埠夜话\n\n昨天，书画馆开馆，市民前来参观。\n".encode(), by=None
    )
    assert raw_pages.corrected_page(raw).articles[0].first("column") == "河埠夜话"


def test_a_step_is_taken_undone_and_redone(raw):
    joined = [["昨天，书画馆开馆，市民前来参观。", "馆内有展品三百件。"]]
    parted = [["昨天，书画馆开馆，", "市民前来参观。", "馆内有展品三百件。"]]
    assert paragraphs(raw) == joined
    raw_pages.apply_correction(raw, Correction("part", 2), version=0)
    assert paragraphs(raw) == parted
    raw_pages.undo(fresh(raw), version=1)
    assert paragraphs(raw) == joined
    raw_pages.redo(fresh(raw), version=2)
    assert (paragraphs(raw), fresh(raw).version) == (parted, 3)


def test_there_is_nothing_to_undo_or_redo_beyond_the_ends(raw):
    raw_pages.undo(raw, version=0)
    raw_pages.redo(raw, version=1)
    assert (fresh(raw).applied_count, fresh(raw).version) == (0, 2)


def test_a_new_step_takes_the_place_of_what_was_undone(raw):
    raw_pages.apply_correction(raw, Correction("part", 2), version=0)
    raw_pages.undo(raw, version=1)
    raw_pages.apply_correction(raw, Correction("reclassify", 3, "subhead"), version=2)
    assert raw_pages.corrections_of(fresh(raw)) == [Correction("reclassify", 3, "subhead")]


def test_two_windows_do_not_work_over_each_other(raw):
    elsewhere = fresh(raw)
    raw_pages.apply_correction(raw, Correction("part", 2), version=0)
    for act in (
        lambda: raw_pages.apply_correction(elsewhere, Correction("confirm", 0), version=0),
        lambda: raw_pages.undo(elsewhere, version=0),
    ):
        with pytest.raises(StaleParseError):
            act()
    assert raw_pages.corrections_of(fresh(raw)) == [Correction("part", 2)]


def test_a_step_that_there_is_not_changes_nothing(raw):
    with pytest.raises(ValueError):
        raw_pages.apply_correction(raw, Correction("reclassify", 0, "poster"), version=0)
    assert (fresh(raw).applied_count, fresh(raw).version) == (0, 0)


def test_a_reading_takes_no_query(raw, django_assert_num_queries):
    with django_assert_num_queries(0):
        raw_pages.corrected_page(raw)
    with django_assert_num_queries(1):
        raw_pages.apply_correction(raw, Correction("part", 2), version=0)
