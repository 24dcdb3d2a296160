"""The places of photos in a body: stored, printed where they stand, harmless where they are not."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import article_html
from articles.content.article_html import blocks, render_body, sanitize, words
from articles.content.figures import figure_html, figure_photos
from articles.content.merge import merged_body

ONE, TWO, THREE = (str(UUID(int=number, version=4)) for number in (1, 2, 3))
A, B, C = map(figure_html, (ONE, TWO, THREE))


def printed(markup: str, photos, lead="") -> list:
    """Return the texts and the numbers of the photos in the order in which they are printed."""
    pieces = render_body(markup, lead_in=lead, photos=photos, table_label="")
    return [part for piece in pieces for part in piece if part not in ("", None)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (f"<p>一</p>{A}<p>二</p>", f"<p>一</p>{A}<p>二</p>"),
        (f"<p>一{A}二</p>", f"<p>一</p>{A}<p>二</p>"),
        (f'<figure class="x" data-photo="{ONE.upper()}" onclick="a()">', A),
        (
            f'<figure data-photo="{ONE}"><img src="x"><figcaption>图说</figcaption></figure>',
            f"{A}<p>图说</p>",
        ),
        ('<figure data-photo="../x">一</figure>', "<p>一</p>"),
        ("<figure>一</figure>", "<p>一</p>"),
        (f'<div data-photo="{ONE}">一</div>', "<p>一</p>"),
        (f"<ul><li>一{A}</li></ul>", "<ul><li>一</li></ul>"),
        (f"<blockquote>一{A}二</blockquote>", "<blockquote><p>一</p><p>二</p></blockquote>"),
        (f"<del>{A}</del>一", "<p>一</p>"),
        (
            f"一<figure data-photo='{ONE}' style='display:inline'></figure>二",
            f"<p>一</p>{A}<p>二</p>",
        ),
    ],
)
def test_a_figure_is_stored_at_the_top_of_a_body_only(typed, stored):
    assert sanitize(typed) == stored
    assert sanitize(stored) == stored


@pytest.mark.parametrize(
    ("markup", "photos", "expected"),
    [
        (f"<p>一</p>{A}<p>二</p>", [ONE], ["<p>一</p>", 0, "<p>二</p>"]),
        (f"{B}<p>一</p>{A}", [ONE, TWO], [1, "<p>一</p>", 0]),
        (f"<p>一</p>{A}<p>二</p>", [TWO], ["<p>一</p><p>二</p>", 0]),
        (f"<p>一</p>{A}<p>二</p>", [], ["<p>一</p><p>二</p>"]),
        (f"<p>一</p>{A}{A}<p>二</p>", [ONE, ONE], ["<p>一</p>", 0, 1, "<p>二</p>"]),
        (f"<p>一</p>{A}<p>二</p>{A}", [ONE], ["<p>一</p>", 0, "<p>二</p>"]),
        (
            f"<p>一。</p><p>二。</p><p>三。</p>{A}",
            [ONE, TWO],
            ["<p>一。</p><p>二。</p>", 1, "<p>三。</p>", 0],
        ),
        (A, [ONE, TWO], [0, 1]),
    ],
)
def test_a_photo_is_printed_where_its_figure_stands_and_the_others_where_the_layout_decides(
    markup, photos, expected
):
    assert printed(markup, photos) == expected


def test_the_lead_in_opens_the_first_paragraph_behind_a_figure():
    assert printed(f"{A}<p>一</p>", [ONE], lead="甲") == [0, "<p>甲一</p>"]
    assert printed(A, [ONE], lead="甲") == [0, "<p>甲</p>"]


def test_a_figure_has_no_words():
    assert words(f"<p>一</p>{A}<p>二</p>") == "一\n二"
    assert [block.tag for block in blocks(f"<p>一</p>{A}")] == ["p", "figure"]


def test_a_figure_that_one_editor_places_is_merged_with_what_another_writes():
    before = "<p>一</p><p>二</p><p>三</p>"
    placed, written = f"<p>一</p>{A}<p>二</p><p>三</p>", "<p>一</p><p>二</p><p>三改</p>"
    assert merged_body(before, placed, written) == f"<p>一</p>{A}<p>二</p><p>三改</p>"


BODIES = st.lists(st.sampled_from(["<p>一</p>", "<h2>二</h2>", "<ul><li>三</li></ul>", A, B, C]))


@given(parts=BODIES, photos=st.lists(st.sampled_from([ONE, TWO])), lead=st.sampled_from(["", "甲"]))
def test_every_photo_is_printed_once_and_no_word_is_lost(parts, photos, lead):
    markup = "".join(parts)
    assert sanitize(markup) == markup
    shown = printed(markup, photos, lead)
    assert sorted(part for part in shown if isinstance(part, int)) == [*range(len(photos))]
    text = "".join(part for part in shown if isinstance(part, str))
    assert article_html.words(text).replace("\n", "") == lead + words(markup).replace("\n", "")
    assert figure_photos(text) == []
