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
