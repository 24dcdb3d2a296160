"""Rewrite the PDF of a page so that it holds what is printed and nothing else.

Part of the child process (`__main__.py`), which runs without the project: no import of it here.
"""

from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}
PAGE_KEYS |= {"/UserUnit", "/Group"}
# What a resource may hold besides what it prints: files, links, scripts, notes of programs.
DROPPED = {
    *("/AF", "/EF", "/RF", "/Ref", "/OPI", "/Alternates", "/Metadata", "/PieceInfo", "/Measure"),
    *("/A", "/AA", "/OpenAction", "/Annots", "/JS", "/JavaScript", "/URI", "/Names", "/AcroForm"),
    *("/Outlines", "/StructTreeRoot", "/Thumb", "/Dests", "/PtData", "/EmbeddedFiles", "/XFA"),
}
# The data of such a stream would stand in another file.
ELSEWHERE = {"/F", "/FFilter", "/FDecodeParms"}
FOREIGN = {"/Filespec", "/EmbeddedFile", "/Action", "/Annot", "/Metadata"}
ACTIONS = {
    *("/JavaScript", "/Launch", "/URI", "/GoTo", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"),
    *("/ResetForm", "/Rendition", "/Movie", "/Sound", "/Named", "/Hide", "/RichMediaExecute"),
}
# Here names are those that the page gave to its fonts, pictures and glyphs.
NAMED_FREELY = {
    *("/Font", "/XObject", "/ColorSpace", "/Pattern", "/Shading", "/ExtGState", "/Properties"),
    *("/CharProcs", "/Colorants"),
}
LAYERS = {"/OCG", "/OCMD"}


def write_bare(rough: Path, file: Path) -> bool:
    """Write the one page of a PDF without what is no print; tell whether it has layers."""
    page = PdfReader(rough).pages[0]
    for name in set(page) - PAGE_KEYS:
        del page[name]
    has_layers = strip(page)
    writer = PdfWriter()
    writer.add_page(page)
    writer.metadata = None
    writer.write(file)
    return has_layers


def strip(start: DictionaryObject) -> bool:
    """Delete what is no print from everything that a page names; tell whether it has layers."""
    waiting, seen, has_layers = [(start, False)], set(), False
    while waiting:
        each, is_free = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            clean(each, is_free=is_free)
            has_layers = has_layers or ("/Type" in each and str(each["/Type"]) in LAYERS)
            waiting += [(each.raw_get(name), name in NAMED_FREELY) for name in parts(each)]
        elif isinstance(each, ArrayObject):
            waiting += [(part, False) for part in list.__iter__(each)]
    return has_layers


def parts(each: DictionaryObject) -> list[str]:
    """Return the names of what a dictionary leads on to."""
    return [name for name in each if name != "/Parent"]


def clean(each: DictionaryObject, *, is_free: bool) -> None:
    """Delete the entries of a dictionary that are no print; all, where it is none itself."""
    dropped = set() if is_free else DROPPED
    if isinstance(each, StreamObject):
        dropped = dropped | ELSEWHERE
    if is_foreign(each):
        dropped = set(each)
        each._data = b""  # of a stream
    for name in [name for name in each if name in dropped]:
        del each[name]


def is_foreign(each: DictionaryObject) -> bool:
    """Tell whether a dictionary is a file, an action or an annotation, wherever it hangs."""
    names = {str(each[name]) for name in ("/Type", "/S") if name in each}
    return not names.isdisjoint(FOREIGN | ACTIONS)
