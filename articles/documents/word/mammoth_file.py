"""Writes the accepted text as a small Word file, which mammoth converts.

What mammoth would print wrongly (deleted ends of paragraphs, fields, footnotes, numbers of
lists) has been resolved before: the file holds plain paragraphs, tables and pictures only.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZipFile

from .content import Look, Paragraph, Piece, Table
from .wordml import DRAWING, MAIN, OFFICE

NAMESPACES = {
    "xmlns:w": MAIN,
    "xmlns:r": f"{OFFICE}relationships",
    "xmlns:a": f"{DRAWING}main",
    "xmlns:pic": f"{DRAWING}picture",
    "xmlns:wp": f"{DRAWING}wordprocessingDrawing",
}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ROLES = ("headline", "deck", "kicker", "heading", "caption", "quote")
BULLETS, NUMBERS, LEVELS = "1", "2", 5
PICTURE = "picture"


def write_file(blocks: Iterable[Paragraph | Table]) -> BytesIO:
    """Return the file. The name of each picture's part is its alternative text."""
    links: dict[str, str] = {}
    document = Element("w:document", NAMESPACES)
    _write_blocks(SubElement(document, "w:body"), blocks, links)
    parts = {
        "_rels/.rels": _relations([("document", "officeDocument", "word/document.xml", "")]),
        "word/document.xml": document,
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/_rels/document.xml.rels": _relations(
            [(PICTURE, "image", "picture.png", "")]
            + [(key, "hyperlink", link, "External") for link, key in links.items()]
        ),
    }
    return _packed(parts)


def _packed(parts: Mapping[str, Element]) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, root in parts.items():
            archive.writestr(name, tostring(root, encoding="utf-8"))
    file.seek(0)
    return file


def _write_blocks(parent: Element, blocks: Iterable[Paragraph | Table], links: dict) -> None:
    for block in blocks:
        if isinstance(block, Table):
            _write_table(SubElement(parent, "w:tbl"), block, links)
        else:
            _write_paragraph(SubElement(parent, "w:p"), block, links)


def _write_table(parent: Element, table: Table, links: dict) -> None:
    for row in table.rows:
        line = SubElement(parent, "w:tr")
        if row.is_header:
            SubElement(SubElement(line, "w:trPr"), "w:tblHeader")
        for cell in row.cells:
            box = SubElement(line, "w:tc")
            properties = SubElement(box, "w:tcPr")
            SubElement(properties, "w:gridSpan", {"w:val": str(cell.span)})
            if cell.merge:
                SubElement(properties, "w:vMerge", {"w:val": cell.merge})
            _write_blocks(box, cell.blocks, links)


def _write_paragraph(parent: Element, paragraph: Paragraph, links: dict) -> None:
    properties = SubElement(parent, "w:pPr")
    if paragraph.role:
        SubElement(properties, "w:pStyle", {"w:val": paragraph.role})
    if paragraph.item:
        numbering = SubElement(properties, "w:numPr")
        level = min(paragraph.item.level, LEVELS - 1)
        SubElement(numbering, "w:ilvl", {"w:val": str(level)})
        kind = BULLETS if paragraph.item.is_bullet else NUMBERS
        SubElement(numbering, "w:numId", {"w:val": kind})
    for look, pieces in groupby(paragraph.pieces, key=lambda piece: piece.look):
        place = parent
        if look.link:
            key = links.setdefault(look.link, f"link{len(links)}")
            place = SubElement(parent, "w:hyperlink", {"r:id": key})
        _write_run(SubElement(place, "w:r"), look, pieces)


def _write_run(run: Element, look: Look, pieces: Iterable[Piece]) -> None:
    properties = SubElement(run, "w:rPr")
    if look.is_bold:
        SubElement(properties, "w:b")
    if look.raised:
        SubElement(properties, "w:vertAlign", {"w:val": look.raised})
    for piece in pieces:
        if piece.kind == "text":
            SubElement(run, "w:t").text = piece.text
        elif piece.kind == "sym":
            SubElement(run, "w:sym", {"w:font": piece.detail, "w:char": piece.text})
        elif piece.kind == "picture":
            _write_picture(run, piece.text)
        else:
            SubElement(run, f"w:{piece.kind}")


def _write_picture(run: Element, part: str) -> None:
    frame = SubElement(SubElement(run, "w:drawing"), "wp:inline")
    SubElement(frame, "wp:docPr", {"descr": part})
    data = SubElement(SubElement(frame, "a:graphic"), "a:graphicData")
    fill = SubElement(SubElement(data, "pic:pic"), "pic:blipFill")
    SubElement(fill, "a:blip", {"r:embed": PICTURE})


def _styles() -> Element:
    root = Element("w:styles", NAMESPACES)
    for role in ROLES:
        style = SubElement(root, "w:style", {"w:type": "paragraph", "w:styleId": role})
        SubElement(style, "w:name", {"w:val": role})
    return root


def _numbering() -> Element:
    root = Element("w:numbering", NAMESPACES)
    for kind, style in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        levels = SubElement(root, "w:abstractNum", {"w:abstractNumId": kind})
        for level in range(LEVELS):
            definition = SubElement(levels, "w:lvl", {"w:ilvl": str(level)})
            SubElement(definition, "w:numFmt", {"w:val": style})
    for kind in (BULLETS, NUMBERS):
        number = SubElement(root, "w:num", {"w:numId": kind})
        SubElement(number, "w:abstractNumId", {"w:val": kind})
    return root


def _relations(rows: Iterable[tuple[str, str, str, str]]) -> Element:
    root = Element("Relationships", {"xmlns": RELATIONS})
    for key, kind, target, mode in rows:
        type_ = f"{OFFICE}relationships/{kind}"
        each = SubElement(root, "Relationship", {"Id": key, "Type": type_, "Target": target})
        if mode:
            each.set("TargetMode", mode)
    return root
