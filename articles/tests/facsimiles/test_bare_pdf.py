"""The PDF that readers get: what is printed, and nothing to open, follow or run."""

import io
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from articles.facsimiles import storing
from articles.facsimiles.process import UnusablePdfError
from articles.intake.pdf_pages import parse_pdf
from articles.tests.intake.page_pdf import pdf_files
from articles.tests.intake.page_pdf.pdf_files import make_pdf, page_content, stream

SECRET = b"the words of an attached file"
FORBIDDEN = re.compile(
    rb"/(?:Annots|AA|A|OpenAction|AF|EF|Filespec|EmbeddedFiles?|JavaScript|JS|URI|Launch|AcroForm"
    rb"|Metadata|PieceInfo|Names|Outlines|StructTreeRoot|Info|OPI|Ref|XFA|RichMedia)\b"
)
SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LINK = (
    "<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (https://x.test/) >> >>"
)
WIDGET = f"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [9 9 90 90] /AA << /E {SCRIPT} >> >>"
FILE = "<< /Type /Filespec /F (a.exe) /EF << /F 101 0 R >> >>"


def with_page_keys(keys: str, *more: bytes) -> bytes:
    """Return a sound page with further entries, and further objects."""
    source = make_pdf(page_content(), more=more)
    return source.replace(b"/Contents 7 0 R", f"/Contents 7 0 R {keys}".encode())


def with_picture_keys(keys: str, *more: bytes) -> bytes:
    """Return a sound page, whose picture has further entries, and further objects."""
    source = make_pdf(page_content(), more=more)
    return source.replace(b"/BitsPerComponent 8", f"/BitsPerComponent 8 {keys}".encode())


ATTACHED = (FILE.encode(), stream(SECRET, "/Type /EmbeddedFile"))
HOSTILE = {
    "a script on opening and an attached file": pdf_files.scripted_pdf(),
    "a link": with_page_keys(f"/Annots [{LINK}]"),
    "a form with a script": with_page_keys(f"/Annots [{WIDGET}]"),
    "a script of the page": with_page_keys(f"/AA << /O {SCRIPT} >>"),
    "a file of the page": with_page_keys("/AF [100 0 R]", *ATTACHED),
    "notes of a program": with_page_keys("/PieceInfo << /X << /Private 101 0 R >> >>", *ATTACHED),
    "a file behind a picture": with_picture_keys("/AF [100 0 R]", *ATTACHED),
    "metadata of a picture": with_picture_keys("/Metadata 101 0 R", *ATTACHED),
    "a file under an odd name": with_picture_keys("/Xx 100 0 R", *ATTACHED),
    "a script under an odd name": with_picture_keys(f"/Xx {SCRIPT}"),
    "an action of a picture in a list": with_picture_keys(f"/Xx [[{SCRIPT}]]"),
}


def everything(pdf: bytes) -> list[DictionaryObject]:
    """Return every dictionary that a PDF leads to."""
    reader = PdfReader(io.BytesIO(pdf))
    waiting, seen, found = [reader.trailer], set(), []
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            found.append(each)
            waiting += [each.raw_get(name) for name in each]
        elif isinstance(each, ArrayObject):
            waiting += list.__iter__(each)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_kept_that_can_be_opened_followed_or_run(name):
    pdf = storing.make(HOSTILE[name]).pdf
    assert FORBIDDEN.findall(pdf) == []
    data = [each.get_data() for each in everything(pdf) if isinstance(each, StreamObject)]
    assert [each for each in data if SECRET in each] == []
    names = set.union(*(set(each) for each in everything(pdf)))
    assert not {"/Annots", "/AA", "/AF", "/EF", "/JS", "/Metadata", "/PieceInfo"} & names


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a link", "a file behind a picture"])
def test_what_is_printed_stays(name):
    (kept,) = parse_pdf(storing.make(HOSTILE[name]).pdf)
    (came,) = parse_pdf(pdf_files.sound_pdf())
    assert (kept.blocks, kept.places) == (came.blocks, came.places)


def test_names_that_a_page_gives_to_its_pictures_stay():
    content = page_content() + b"q 99 0 0 99 20 20 cm /AA Do Q\n"
    pdf = storing.make(make_pdf(content, resources="/AA 90 0 R")).pdf
    assert b"/AA" in pdf


def layered(*, off: str) -> bytes:
    """Return a page with words on a layer that is on or off."""
    words = pdf_files.words(60, 600, 40, "未定稿")
    content = page_content() + b"/OC /L1 BDC " + words + b"EMC\n"
    layers = f"/OCProperties << /OCGs [100 0 R] /D << /OFF [{off}] >> >>"
    source = make_pdf(content, catalogue=layers, more=[b"<< /Type /OCG /Name (x) >>"])
    return source.replace(b"/Resources <<", b"/Resources << /Properties << /L1 100 0 R >>", 1)


def test_a_page_with_a_hidden_layer_is_refused():
    with pytest.raises(UnusablePdfError, match="layers"):
        storing.make(layered(off="100 0 R"))
    assert storing.make(layered(off=""))
