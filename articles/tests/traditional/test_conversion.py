"""Traditional characters: words by their meaning, names to the character, markup untouched."""

import re
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.traditional.conversion import convert, converter_for
from articles.traditional.page_html import address, convert_page

SURNAMES = "余于后里谷范郁岳沈丑干钟斗松咸制台系复万叶姜冯党种曲卜朴发云"
GIVEN = ("谷后", "里", "松云", "志余", "范台", "复", "干才", "制系", "斗", "郁咸", "于里")
# 300 names whose characters have more than one traditional form.
HARD_NAMES = ["".join(parts) for parts in islice(product(SURNAMES, GIVEN), 300)]
SEPARATE = st.text(alphabet="武进发展后来里面头发钟表，。&;<wbr> ABC", max_size=60)


def same(text: str) -> str:
    return text


def test_there_are_300_hard_names():
    assert len(set(HARD_NAMES)) == 300


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("后来他在里面理发，头发很长", "後來他在裡面理髮，頭髮很長"),
        ("经济发展，皇后范围", "經濟發展，皇后範圍"),
        ("为了群众，钟表干燥", "為了群眾，鐘錶乾燥"),
        ("干部干活，若干", "幹部幹活，若干"),
    ],
)
def test_words_are_converted_by_their_meaning(simplified, traditional):
    assert convert(simplified) == traditional


@pytest.mark.parametrize("name", HARD_NAMES)
def test_a_hard_name_stays_in_a_byline_a_list_and_a_lead_in(name):
    html = f"<p>本报讯（记者 {name}）后来发展。</p><li>{name}</li><span>记者 {name} {name}摄</span>"
    found = convert_page(html, converter_for(html, {name: name}, {name}))
    assert found == (
        f"<p>本報訊（記者 {name}）後來發展。</p><li>{name}</li><span>記者 {name} {name}攝</span>"
    )


def test_a_name_of_two_characters_is_not_found_inside_of_other_words():
    html = "<p>由于海水上涨，于海摄</p>"
    assert (
        convert_page(html, converter_for(html, {"于海": "于海"}, {"于海"}))
        == "<p>由於海水上漲，于海攝</p>"
    )


def test_a_name_can_have_a_form_of_its_own():
    html = "<p>后塍街道发展</p>"
    assert (
        convert_page(html, converter_for(html, {"后塍街道": "后塍街道"})) == "<p>后塍街道發展</p>"
    )
    written = convert_page(html, converter_for(html, {"后塍": "後塍"}))
    assert written == "<p>後塍街道發展</p>"


def test_a_longer_name_goes_before_a_shorter_one_in_it():
    html = "<p>余谷后</p>"
    names = {"余谷后": "余谷后", "余谷": "餘穀"}
    assert convert_page(html, converter_for(html, names)) == html


def test_places_for_line_breaks_do_not_cut_words():
    assert convert_page("<h1>头<wbr>发</h1>", convert) == "<h1>頭<wbr>髮</h1>"


def test_attributes_that_are_read_are_converted_and_others_are_not():
    html = (
        '<img src="/photos/发.jpg" alt="发展" title="后来"><meta name="description" content="发展">'
    )
    assert convert_page(html, convert) == (
        '<img src="/photos/发.jpg" alt="發展" title="後來"><meta name="description" content="發展">'
    )


def test_structured_data_is_converted_too():
    html = '<script type="application/ld+json">{"headline":"发展"}</script>'
    assert convert_page(html, convert) == html.replace("发展", "發展")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/", "/hant/"),
        ("/2024-07-27/A1/", "/hant/2024-07-27/A1/"),
        ("/hant/about/", "/hant/about/"),
        ("/static/css/paper.css", "/static/css/paper.css"),
        ("/photos/1/wide.jpg", "/photos/1/wide.jpg"),
        ("/articles/1/cite.bib", "/articles/1/cite.bib"),
        ("?page=2", "?page=2"),
        ("#main", "#main"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_links_stay_among_such_pages(path, leads_to):
    assert address(path) == leads_to
    assert convert_page(f'<a href="{path}">', same) == f'<a href="{leads_to}">'


def test_a_link_to_the_other_script_stays():
    html = '<a href="/about/" hreflang="zh-Hans">'
    assert convert_page(html, same) == html


@given(st.lists(SEPARATE, max_size=8))
def test_no_text_is_lost_and_no_markup_changed(texts):
    html = "".join(f'<p class="发">{text}</p>' for text in texts)
    assert convert_page(html, same) == html
    converted = convert_page(html, convert)
    assert re.findall("<[^>]*>", converted) == re.findall("<[^>]*>", html)
    assert len(converted) == len(html)
