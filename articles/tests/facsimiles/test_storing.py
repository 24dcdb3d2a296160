"""Pictures and PDFs of pages: made in a child process, stored whole or not at all."""

import io

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from articles.facsimiles import process, storing
from articles.facsimiles.process import UnusablePdfError
from articles.models import Facsimile
from articles.tests.facsimiles.making import made_page, make_facsimile
from articles.tests.factories import make_page
from articles.tests.intake.page_pdf import pdf_files

pytestmark = pytest.mark.django_db


def opened(name: str) -> Image.Image:
    return Image.open(io.BytesIO(default_storage.open(name).read()))


def test_a_page_has_pictures_in_four_widths_and_two_formats():
    row = make_facsimile(make_page())
    assert row.widths == [480, 960, 1600, 2600]
    assert (row.width, row.height) == (600, 800)
    found = {name: opened(name) for name in row.picture_names()}
    sizes = {picture.size for picture in found.values()}
    assert sizes == {tuple(size) for size in row.pictures}
    assert {picture.format for picture in found.values()} == {"WEBP", "JPEG"}


def test_the_picture_shows_what_is_printed():
    row = make_facsimile(make_page())
    grey = opened(row.picture_name(480, "jpg")).convert("L")
    headline = grey.crop((72, 45, 265, 66))
    assert min(headline.tobytes()) < 100
    assert min(grey.crop((0, 500, 480, 640)).tobytes()) > 240  # nothing is printed there


def test_a_picture_that_a_phone_loads_first_is_light():
    lines = ["字里行间密密麻麻铺满整个版面没有空白的地方" * 2 for _ in range(150)]
    content = b"".join(
        pdf_files.words(2, 6 + 5.2 * number, 5, line * 3) for number, line in enumerate(lines)
    )
    row = make_facsimile(make_page(), source=pdf_files.make_pdf(content))
    names = [row.picture_name(width, kind) for width in (480, 960) for kind in ("webp", "jpg")]
    assert max(default_storage.size(name) for name in names) <= 150_000


def test_the_same_pdf_is_stored_once():
    page = make_page()
    row, again = make_facsimile(page), make_facsimile(page)
    assert (row.pk, row.pdf.name) == (again.pk, again.pdf.name)
    assert len(storing.stored_files(row.pdf.name)) == 9


def test_another_pdf_takes_the_place_of_the_first(django_capture_on_commit_callbacks):
    page = make_page()
    first = make_facsimile(page)
    with django_capture_on_commit_callbacks(execute=True):
        second = make_facsimile(page, source=pdf_files.scripted_pdf())
    assert first.pk == second.pk
    assert storing.stored_files(first.pdf.name) == []
    assert len(storing.stored_files(second.pdf.name)) == 9


def test_a_number_beyond_the_pages_is_refused():
    with pytest.raises(UnusablePdfError, match="damaged"):
        storing.make(pdf_files.sound_pdf(), number=1)


def test_a_scan_and_a_page_without_unicode_have_pictures_too():
    for source in (pdf_files.scanned_pdf(), pdf_files.unmapped_pdf()):
        assert made_page(source).size == (600, 800)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (pdf_files.HOSTILE["not-pdf"], "not-pdf"),
        (pdf_files.HOSTILE["encrypted"], "encrypted"),
        (pdf_files.HOSTILE["too-many-pages"], "too-many-pages"),
        *((source, "damaged") for source in pdf_files.DAMAGED.values()),
    ],
)
def test_what_cannot_be_drawn_is_refused(source, code):
    with pytest.raises(UnusablePdfError) as error:
        storing.make(source)
    assert error.value.args[0] == code
    assert str(storing.REFUSALS[code])


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 0.01)
    with pytest.raises(UnusablePdfError, match="too-slow"):
        storing.make(pdf_files.sound_pdf())


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_of_a_page_that_was_not_stored():
    page, names = make_page(), []
    with pytest.raises(RuntimeError), storing.removed_without_row() as stored, transaction.atomic():
        stored.append(storing.store(page, made_page()))
        names += storing.stored_files(stored[0].pdf.name)
        raise RuntimeError
    assert len(names) == 9
    assert [name for name in names if default_storage.exists(name)] == []
    assert not Facsimile.objects.exists()
