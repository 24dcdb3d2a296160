"""The zones of a parsed page: its articles as areas of the print, and as rows."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.facsimiles.polygons import area, contains, is_polygon
from articles.intake import page_zones, raw_pages
from articles.intake.parse.corrections import Correction
from articles.intake.parse.page_pdf.numbering import PictureWords
from articles.intake.parse.page_pdf.zones import zones_of
from articles.intake.parse.parser import assemble
from articles.intake.parse.types import Decision, ParsedBlock
from articles.intake.pdf_pages import parse_pdf
from articles.intake.persistence import DraftsRefusedError, save_drafts
from articles.models import Article, Facsimile, Zone
from articles.tests.facsimiles.making import make_facsimile
from articles.tests.factories import make_issue, make_page

from . import pdf_files


def block(line, *, kind="body", begins=False, text="印出来的字"):
    return ParsedBlock(line, text, kind, Decision("print-indent"), begins)


def zones(blocks, places, pictures=()):
    return zones_of(assemble(blocks), dict(enumerate(places, 1)), pictures)


def rectangle(left, top, right, bottom):
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_an_article_is_one_polygon_over_its_head_columns_and_gutter():
    blocks = [block(1, kind="headline", begins=True), block(2), block(3)]
    places = [(100, 100, 500, 150), (100, 160, 290, 400), (310, 160, 500, 400)]
    assert zones(blocks, places) == [[rectangle(100, 99, 500, 401)]]


def test_articles_keep_off_each_other():
    blocks = [block(1, begins=True), block(2), block(3, begins=True)]
    places = [(100, 100, 300, 300), (320, 100, 900, 200), (320, 220, 900, 500)]
    found = zones(blocks, places)
    assert [len(polygons) for polygons in found] == [1, 1]
    assert not contains(found[0][0], 600, 300)
    assert contains(found[0][0], 310, 150)


def test_a_box_within_an_article_is_cut_out():
    blocks = [block(1, begins=True), block(2, begins=True)]
    found = zones(blocks, [(100, 100, 900, 900), (400, 400, 600, 600)])
    assert sum(map(area, found[0])) + sum(map(area, found[1])) == 800 * 800
    assert not any(contains(polygon, 500, 500) for polygon in found[0])


def test_a_picture_belongs_to_its_words_or_to_the_article_around_it():
    blocks = [block(1, begins=True), block(2, begins=True), block(3, kind="caption")]
    places = [(100, 100, 900, 300), (100, 400, 400, 800), (600, 780, 900, 800)]
    pictures = [
        PictureWords((600, 400, 900, 770), (3,)),
        PictureWords((420, 500, 580, 700), ()),
        PictureWords((100, 850, 900, 950), ()),
    ]
    first, second = zones(blocks, places, pictures)
    assert contains(second[0], 700, 500)
    assert contains(second[0], 500, 600)
    assert not any(contains(polygon, 500, 900) for polygon in first + second)


def test_a_column_that_two_articles_share_is_parted_by_their_words():
    blocks = [block(1, begins=True, text="一" * 30), block(2, begins=True, text="二" * 10)]
    found = zones(blocks, [(100, 100, 300, 500), (100, 100, 300, 500)])
    assert found == [[rectangle(100, 100, 300, 400)], [rectangle(100, 400, 300, 500)]]


def test_furniture_has_no_zone_and_is_in_none():
    blocks = [block(1, begins=True), block(2, kind="furniture"), block(3)]
    places = [(100, 100, 300, 200), (100, 220, 300, 280), (100, 300, 300, 400)]
    (found,) = zones(blocks, places)
    assert [contains(polygon, 200, 250) for polygon in found] == [False, False]


BOX = st.tuples(*[st.integers(-20, 1020)] * 4).map(
    lambda s: (min(s[0], s[2]), min(s[1], s[3]), max(s[0], s[2]), max(s[1], s[3]))
)


@given(st.lists(st.tuples(BOX, st.booleans()), min_size=1, max_size=8), st.lists(BOX, max_size=3))
def test_zones_lie_on_the_page_and_never_over_each_other(rows, boxes):
    blocks = [block(n, begins=begins) for n, (_, begins) in enumerate(rows, 1)]
    found = zones(blocks, [box for box, _ in rows], [PictureWords(box, ()) for box in boxes])
    assert all(is_polygon(polygon) for polygons in found for polygon in polygons)
    assert sum(area(polygon) for polygons in found for polygon in polygons) <= 1_000_000
    for one, two in combinations(found, 2):
        for x in range(7, 1000, 49):
            for y in range(7, 1000, 49):
                hits = [any(contains(p, x + 0.5, y + 0.5) for p in each) for each in (one, two)]
                assert hits != [True, True]


# As rows


@pytest.fixture
def raw():
    page = make_page(issue=make_issue(issued_on=date(2026, 11, 30), released_at=None), label="A2")
    (parsed,) = parse_pdf(pdf_files.sound_pdf())
    raw = raw_pages.create_raw_page(page, parsed, by=None)
    make_facsimile(page)
    Facsimile.objects.update(raw_page=raw)
    return raw


pages = pytest.mark.django_db


def stored():
    return list(Zone.objects.values_list("article__headline", "polygon"))


@pages
def test_saving_drafts_makes_the_zones(raw):
    save_drafts(raw, by=None)
    ((headline, polygon),) = stored()
    assert headline == pdf_files.HEADLINE
    assert contains(polygon, 100, 200)
    assert contains(polygon, 450, 200)
    assert Facsimile.objects.get().version == 2


@pages
def test_saving_once_more_changes_nothing(raw):
    save_drafts(raw, by=None)
    before = list(Zone.objects.values())
    save_drafts(raw, by=None)
    assert list(Zone.objects.values()) == before


@pages
def test_a_correction_in_the_galley_changes_the_zones(raw):
    blocks = raw_pages.corrected_blocks(raw)
    second = next(n for n, each in enumerate(blocks) if "工程分三段" in each.text)
    raw_pages.apply_correction(raw, Correction("begin", second), version=raw.version)
    save_drafts(raw, by=None)
    articles = {article for article, _ in Zone.objects.values_list("article", "order")}
    assert articles == set(Article.objects.values_list("pk", flat=True))
    assert len(articles) == 2


@pages
def test_zones_that_were_corrected_by_hand_stay(raw):
    save_drafts(raw, by=None)
    by_hand = rectangle(1, 2, 300, 400)
    Zone.objects.update(polygon=by_hand)
    Facsimile.objects.update(has_zones_by_hand=True)
    save_drafts(raw, by=None)
    assert stored() == [(pdf_files.HEADLINE, by_hand)]


@pages
def test_no_zone_is_stored_where_no_draft_is(raw, monkeypatch):
    def refuse(*_):
        raise DraftsRefusedError("disk full")

    monkeypatch.setattr(page_zones.zones, "store_read_zones", refuse)
    with pytest.raises(DraftsRefusedError):
        save_drafts(raw, by=None)
    assert not Article.objects.exists()


@pages
def test_the_picture_of_another_reading_gets_no_zones(raw):
    Facsimile.objects.update(raw_page=None)
    save_drafts(raw, by=None)
    assert stored() == []
