"""PDFs read in a process of their own: sound ones, and hostile ones, each with its refusal."""

import time

import pytest

from articles.intake.page_pdf import process
from articles.intake.page_pdf.process import PdfRefusedError, read_pages

from . import pdf_files
from .pdf_files import DAMAGED, HOSTILE


def refusal(source: bytes) -> str:
    with pytest.raises(PdfRefusedError) as error:
        list(read_pages(source))
    return error.value.args[0]


def test_characters_are_read_with_place_size_and_white_space():
    (page,) = read_pages(pdf_files.sound_pdf())
    assert (page.width, page.height) == (600, 800)
    head = [each for each in page.characters if each.size == 22]
    assert "".join(each.text for each in head) == pdf_files.HEADLINE
    assert head[0].box == (90, 60.64, 112, 82.64)
    assert [each.text for each in page.characters[:4] if each.is_spaced] == ["要"]
    assert page.pictures == ((200, 100, 340, 150),)


@pytest.mark.parametrize("code", HOSTILE)
def test_what_cannot_be_read_is_refused_by_a_code(code):
    assert refusal(HOSTILE[code]) == code


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused(name):
    assert refusal(DAMAGED[name]) == "damaged"


def test_groups_in_groups_without_end_are_stopped(monkeypatch):
    monkeypatch.setattr(process, "PAGE_SECONDS", 1)
    began = time.monotonic()
    assert refusal(pdf_files.nested_pdf()) == "too-slow"
    assert time.monotonic() - began < 20


def test_a_file_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(process, "LARGEST", 100)
    assert refusal(pdf_files.sound_pdf()) == "too-heavy"


def test_a_wrong_table_of_places_is_made_up_for():
    source = pdf_files.sound_pdf()
    pages = [
        list(read_pages(each)) for each in (source, source.replace(b"startxref\n", b"startxref\n9"))
    ]
    assert pages[0] == pages[1]


def test_scripts_links_and_attached_files_are_not_read():
    assert list(read_pages(pdf_files.scripted_pdf())) == list(read_pages(pdf_files.sound_pdf()))


def test_every_page_is_read():
    contents = [pdf_files.page_content(label=label) for label in ("A1", "A2")]
    pages = list(read_pages(pdf_files.make_pdf(*contents)))
    assert [page.characters[1].text for page in pages] == ["1", "2"]


def ending(*lines: str, encoding: str = "UniGB-UCS2-H") -> str:
    """Return the last characters of a page that ends in these lines."""
    added = b"".join(pdf_files.words(40, 400 + 14 * n, 10, line) for n, line in enumerate(lines))
    (page,) = read_pages(pdf_files.make_pdf(pdf_files.page_content() + added, encoding=encoding))
    return "".join(each.text for each in page.characters[-len("".join(lines)) :])


def test_a_hyphen_at_the_end_of_a_line_is_kept():
    assert ending("关于COVID-", "19的报道") == "关于COVID-19的报道"


def test_a_rare_character_is_one_and_not_two_halves():
    assert ending("\U00020bb7野家", encoding="UniGB-UTF16-H") == "\U00020bb7野家"


def test_a_character_that_its_font_does_not_tell_is_marked():
    (page,) = read_pages(pdf_files.partly_unmapped_pdf())
    assert "".join(each.text for each in page.characters[-3:]) == "警\ufffd益"


def test_type_of_a_negative_size_is_as_large():
    source = pdf_files.make_pdf(pdf_files.page_content().replace(b" 10 Tf", b" -10 Tf"))
    assert {each.size for page in read_pages(source) for each in page.characters} == {8, 10, 22}


@pytest.mark.parametrize(
    ("turns", "matrix", "size"),
    [
        (90, "0 1 -1 0 800 0", "800 600"),
        (180, "-1 0 0 -1 600 800", "600 800"),
        (270, "0 -1 1 0 0 600", "800 600"),
    ],
)
def test_a_page_that_is_turned_is_read_as_it_is_shown(turns, matrix, size):
    content = b"q %b cm %b Q" % (matrix.encode(), pdf_files.page_content())
    source = pdf_files.make_pdf(content).replace(
        b"/MediaBox [0 0 600 800]", f"/MediaBox [0 0 {size}] /Rotate {turns}".encode()
    )
    (turned,), (plain,) = read_pages(source), read_pages(pdf_files.sound_pdf())
    shown = [
        [(each.text, each.box, each.angle) for each in page.characters] for page in (turned, plain)
    ]
    assert shown[0] == shown[1]
