"""Files that are no documents, or were made to hurt, are refused at once with a reason."""

import time
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from articles.documents.document_reader import read_document
from articles.documents.word.errors import DocumentRefusedError, Reason
from articles.documents.word.fields import DEEPEST_FIELD
from articles.tests.samples.word_files import (
    NAMESPACES,
    listed,
    paragraph,
    part,
    relation,
    run,
    styled,
    word_file,
)

MACROS = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
MACROS += 'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ATTRIBUTES = " ".join(f"a{number}='1'" for number in range(700_000))
MEGABYTE = 1024 * 1024
OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
RESULT = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
CITED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTE = '<w:footnote w:id="2">{}</w:footnote>'
TAGS = "<w:i/>" * 20_000
STYLE = '<w:style w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/></w:lvl>'


def zip_of(parts: dict[str, bytes | str]) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def document_of(xml: str | bytes, **others) -> BytesIO:
    return zip_of({"word/document.xml": xml, **others})


def doctype(kind: str, words: str) -> str:
    return f"{kind}<w:document {NAMESPACES}><w:body>{paragraph(words)}</w:body></w:document>"


def nested(tag: str, depth: int) -> str:
    return part("document", f"<w:body>{f'<{tag}>' * depth}{f'</{tag}>' * depth}</w:body>")


def changed(file: BytesIO, old: bytes, new: bytes) -> BytesIO:
    return BytesIO(file.getvalue().replace(old, new))


def list_of(levels: str) -> str:
    """Return the numbering of list 1."""
    return (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def lying_about_its_size() -> BytesIO:
    """Return a file whose directory says that a part is small, when it unpacks to much more."""
    data = b"<" * 5_000_000
    file = document_of(data).getvalue()
    return BytesIO(file.replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little")))


FILES = {
    "nothing": (lambda: BytesIO(b""), Reason.EMPTY),
    "an empty document": (lambda: word_file(paragraph("")), Reason.EMPTY),
    "no zip": (lambda: BytesIO("云溪区".encode()), Reason.OTHER_KIND),
    "half a zip": (lambda: BytesIO(word_file(paragraph("甲")).getvalue()[:900]), Reason.BROKEN),
    "another zip": (lambda: zip_of({"a.txt": "甲"}), Reason.OTHER_KIND),
    "a workbook": (lambda: zip_of({"xl/workbook.xml": "<workbook/>"}), Reason.OTHER_KIND),
    "an old Word file": (lambda: BytesIO(OLE + bytes(600)), Reason.OLD_WORD),
    "an encrypted file": (
        lambda: BytesIO(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        Reason.ENCRYPTED,
    ),
    "an encrypted zip": (
        lambda: changed(
            document_of("<a/>"),
            b"PK\x01\x02\x14\x03\x14\x00\x00",
            b"PK\x01\x02\x14\x03\x14\x00\x01",
        ),
        Reason.ENCRYPTED,
    ),
    "rich text": (lambda: BytesIO(b"{\\rtf1 a}"), Reason.RICH_TEXT),
    "a PDF": (lambda: BytesIO(b"%PDF-1.7"), Reason.PDF),
    "macros by type": (lambda: word_file(paragraph("甲"), types=MACROS), Reason.MACROS),
    "macros by part": (lambda: document_of("<a/>", **{"word/vbaProject.bin": "x"}), Reason.MACROS),
    "laughs": (lambda: document_of(doctype(LAUGHS, "&b;")), Reason.BROKEN),
    "an external entity": (lambda: document_of(doctype(EXTERNAL, "&x;")), Reason.BROKEN),
    "broken XML": (lambda: document_of("<w:document"), Reason.BROKEN),
    "another root": (lambda: document_of("<a/>"), Reason.OTHER_KIND),
    "a strange encoding": (
        lambda: document_of('<?xml version="1.0" encoding="x-y"?><a/>'),
        Reason.BROKEN,
    ),
    "a path outside": (lambda: document_of("<a/>", **{"../../etc/cron.d/a": "x"}), Reason.BROKEN),
    "an absolute path": (lambda: document_of("<a/>", **{"/etc/passwd": "x"}), Reason.BROKEN),
    "a bomb": (lambda: document_of("<a/>", **{"word/b.bin": bytes(60 * MEGABYTE)}), Reason.BOMB),
    "many entries": (lambda: zip_of({f"{n}.xml": "" for n in range(3_500)}), Reason.BOMB),
    "a lie": (lying_about_its_size, Reason.BROKEN),
    "deep tables": (lambda: document_of(nested("w:tbl", 5_000)), Reason.BROKEN),
    "very deep": (lambda: document_of(nested("w:p", 90_000)), Reason.BROKEN),
    "2,000 pages": (lambda: word_file(paragraph("昨天开工。" * 250) * 1_600), Reason.TOO_LONG),
    "many tags": (lambda: word_file(paragraph(run("甲") * 60) * 3_000), Reason.TOO_LONG),
    "many attributes": (
        lambda: document_of(part("document", f"<w:body {ATTRIBUTES}/>")),
        Reason.TOO_LONG,
    ),
    "open fields": (
        lambda: word_file(paragraph(OPEN_FIELD * (DEEPEST_FIELD + 1))),
        Reason.TOO_LONG,
    ),
    "many tags in two headers": (
        lambda: word_file(
            paragraph("甲"), parts={"header1": TAGS, "header2": TAGS * 9 + paragraph("乙")}
        ),
        Reason.TOO_LONG,
    ),
    "many items of a list with many levels": (
        lambda: word_file(
            listed("甲", level=8) * 7_600, numbering=list_of(LEVEL.format("%1") * 8_000)
        ),
        Reason.TOO_LONG,
    ),
    "a long label": (
        lambda: word_file(listed("甲"), numbering=list_of(LEVEL.format("%1" * 1_000_000))),
        Reason.TOO_LONG,
    ),
    "much XML": (lambda: document_of("<a>" + "甲乙丙丁戊己" * 1_000_000 + "</a>"), Reason.TOO_LONG),
}


# What names the same thing again and again; it is read once.
REPEATED = {
    "a footnote": lambda: word_file(
        paragraph(CITED * 2_000), parts={"footnotes": NOTE.format(paragraph("甲" * 50_000))}
    ),
    "styles on styles": lambda: word_file(
        styled("s5000", run("甲", "<w:i/>") * 2_000),
        styles="".join(STYLE.format(n, n - 1) for n in range(5_001)),
    ),
    "a style": lambda: word_file(
        paragraph(run("甲", '<w:rStyle w:val="s1"/>') * 2_000),
        styles=STYLE.format(1, 0).replace("<w:basedOn", f"<w:rPr>{TAGS}</w:rPr><w:basedOn"),
    ),
    "comments": lambda: word_file(
        paragraph("甲"),
        parts={"comments": paragraph("乙" * 100_000)},
        relations="".join(relation(f"c{n}", "comments", "comments.xml") for n in range(4_000)),
    ),
    "the instruction of a field": lambda: word_file(
        paragraph(f"{OPEN_FIELD}{CODE.format(' ' * 1_000_000)}{RESULT}{run('甲') * 5_000}")
    ),
}


def reason_of(name: str, file: BytesIO) -> Reason | None:
    try:
        read_document(name, file)
    except DocumentRefusedError as error:
        return error.reason
    return None


def read_within_limits(file: BytesIO) -> Reason | None:
    """Return why a file is refused; ten seconds and 300 megabytes must do."""
    tracemalloc.start()
    start = time.process_time()
    try:
        reason = reason_of("稿件.docx", file)
        elapsed, (_now, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert elapsed < 10
    assert peak < 300 * MEGABYTE
    return reason


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_within_ten_seconds_and_500_megabytes(name):
    make, expected = FILES[name]
    assert read_within_limits(make()) == expected


@pytest.mark.parametrize("name", REPEATED)
def test_a_file_that_repeats_itself_is_read_within_the_same_limits(name):
    assert read_within_limits(REPEATED[name]()) is None


def test_a_file_of_200_megabytes_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * MEGABYTE)
    with path.open("rb") as file:
        assert reason_of("large.docx", file) == Reason.TOO_HEAVY


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"\x00\x01\x02", Reason.UNREADABLE),
        ("a.txt", b"\xff\xff\xff\xff", Reason.UNREADABLE),
        ("a.txt", b" \n ", Reason.EMPTY),
        ("a.html", b"<script>alert(1)</script>", Reason.EMPTY),
        ("a.jpg", b"\xff\xd8\xff", Reason.OTHER_KIND),
        ("a.txt", "甲".encode() * 1_000_000, Reason.TOO_LONG),
    ],
)
def test_a_text_that_is_none_is_refused(name, data, expected):
    assert reason_of(name, BytesIO(data)) == expected
