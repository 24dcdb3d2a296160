"""Reads what stands in a paragraph of a Word document: characters, breaks, symbols, pictures."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from .content import Look, Note, Paragraph, Piece, Table
from .formulas import formula_signs
from .wordml import child, is_on, text_of, value

GONE = ("w:del", "w:moveFrom")
# Properties, marks and settings: no words stand in them.
SILENT = {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rubyPr", "w:delInstrText", "m:ctrlPr"}
SILENT |= {"wp:docPr", "w:commentReference", "w:softHyphen", "w:ffData", "w:fldData"}
RAISED = ("superscript", "subscript")
# Fonts whose characters are signs and not what their codes say.
SYMBOL_FONTS = {"Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol"}
# What makes a choice worth taking: words or a picture.
CONTENT = {"w:t", "a:t", "m:t", "v:textpath", "pic:pic", "v:imagedata", "w:sym"}
NO_PICTURES = ("/chart", "/diagram", "/chartex")


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a run, its font, and whether its words are hidden or struck."""

    look: Look = field(default_factory=Look)
    font: str = ""
    is_hidden: bool = False
    is_struck: bool = False
    alt: str = ""


def choice(element: Element) -> Element:
    """Return the one alternative of several that is read: the first with words or a picture."""
    for each in element:
        if any(inner.tag in CONTENT for inner in each.iter()):
            return each
    return Element("none")


class ParagraphReader:
    """Reads one paragraph; `document` has the notes, styles and fields of all of them."""

    def __init__(self, document, paragraph: Paragraph, style_id: str):
        self._document, self._paragraph, self._style_id = document, paragraph, style_id
        self._boxes: list[Paragraph | Table] = []

    def read(self, element: Element) -> list[Paragraph | Table]:
        """Add the pieces of an element to the paragraph; return the blocks of its text boxes."""
        self._children(element, Style())
        return self._boxes

    def _children(self, element: Element, style: Style) -> None:
        for each in element:
            self._read(each, style)

    def _read(self, element: Element, style: Style) -> None:
        if element.tag in SILENT:
            return
        if (handler := HANDLERS.get(element.tag)) is not None:
            handler(self, element, style)
        else:
            self._children(element, style)

    def _run(self, element: Element, style: Style) -> None:
        self._children(element, self._run_style(child(element, "w:rPr"), style.look.link))

    def _run_style(self, properties: Element | None, link: str) -> Style:
        run_style = value(properties, "w:rStyle")

        def found(name: str, *, of_paragraph: bool = False) -> Element | None:
            own, styles = child(properties, name), self._document.stylesheet
            own = styles.run_property(run_style, name) if own is None else own
            if own is None and of_paragraph:
                return styles.run_property(self._style_id, name)
            return own

        raised = found("w:vertAlign")
        raised = raised.get("w:val", "") if raised is not None else ""
        fonts = child(properties, "w:rFonts")
        return Style(
            Look(is_on(found("w:b")), raised if raised in RAISED else "", link),
            font=fonts.get("w:ascii", "") if fonts is not None else "",
            is_hidden=is_on(found("w:vanish", of_paragraph=True)),
            is_struck=is_on(found("w:strike")) or is_on(found("w:dstrike")),
        )

    def _art(self, element: Element, style: Style) -> None:
        """Add the words of an ornamental heading (艺术字), which old programs keep in a setting."""
        self._add(Piece("text", element.get("string", "")), style)

    def _text(self, element: Element, style: Style) -> None:
        words = element.text or ""
        if style.font in SYMBOL_FONTS:
            for sign in words:
                self._sign(sign, style)
        else:
            private = sum("\ue000" <= sign <= "\uf8ff" for sign in words)
            self._document.notes.add(Note.PRIVATE, number=private)
            self._add(Piece("text", words), style)

    def _sign(self, sign: str, style: Style) -> None:
        """Add a character of a font of symbols."""
        is_symbol = not sign.isspace() and (sign < "\u0100" or "\uf000" <= sign <= "\uf0ff")
        piece = Piece("sym", f"{ord(sign):04X}", detail=style.font)
        self._add(piece if is_symbol else Piece("text", sign), style)

    def _symbol(self, element: Element, style: Style) -> None:
        font, code = element.get("w:font", ""), element.get("w:char", "").upper()
        try:
            sign = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        if font in SYMBOL_FONTS:
            self._add(Piece("sym", code, detail=font), style)
        elif sign.isprintable():
            self._add(Piece("text", sign), style)
        else:
            self._document.notes.add(Note.SYMBOLS, number=1)

    def _add(self, piece: Piece, style: Style) -> None:
        """Add a piece, unless it is hidden, struck or part of a field's instruction."""
        document, words = self._document, piece.text if piece.kind == "text" else ""
        if document.fields.is_in_code:
            return
        if style.is_hidden:
            document.notes.add(Note.HIDDEN, words)
        elif style.is_struck and not document.keep_struck:
            document.notes.add(Note.STRUCK, words)
        else:
            document.notes.add(Note.STRUCK_KEPT, words if style.is_struck else "")
            link = style.look.link or document.fields.link
            piece.look = replace(style.look, link=link)
            document.count(words, pieces=self._paragraph.add(piece))

    def _tab(self, element: Element, style: Style) -> None:
        self._add(Piece("tab"), style)

    def _break(self, element: Element, style: Style) -> None:
        self._add(Piece("br"), style)

    def _hyphen(self, element: Element, style: Style) -> None:
        self._add(Piece("text", "-"), style)

    def _gone(self, element: Element, style: Style) -> None:
        self._document.notes.add(Note.DELETED, text_of(element))

    def _field_mark(self, element: Element, style: Style) -> None:
        box = child(element, "w:ffData", "w:checkBox")
        if box is not None:
            checked = child(box, "w:checked")
            is_checked = is_on(child(box, "w:default") if checked is None else checked)
            self._add(Piece("text", "☑" if is_checked else "☐"), style)
        self._document.fields.mark(element.get("w:fldCharType", ""))

    def _field_code(self, element: Element, style: Style) -> None:
        self._document.fields.add_code(element.text or "")

    def _link(self, element: Element, style: Style) -> None:
        _kind, target = self._document.relations.get(element.get("r:id", ""), ("", ""))
        is_address = target.startswith(("http://", "https://", "mailto:"))
        look = replace(style.look, link=target if is_address else "")
        self._children(element, replace(style, look=look))

    def _note(self, element: Element, style: Style) -> None:
        if style.is_hidden:
            return
        number = self._document.add_footnote(element.tag[2:-9], element.get("w:id", ""))
        look = replace(style.look, raised="superscript")
        if element.get("w:customMarkFollows") in (None, "0", "false"):
            self._add(Piece("text", f"[{number}]"), replace(style, look=look))

    def _ruby(self, element: Element, style: Style) -> None:
        """Add the words with their reading in brackets."""
        for name, marks in (("w:rubyBase", ("", "")), ("w:rt", ("（", "）"))):
            part = child(element, name)
            if part is not None:
                self._add(Piece("text", marks[0]), style)
                self._children(part, style)
                self._add(Piece("text", marks[1]), style)

    def _formula(self, element: Element, style: Style) -> None:
        self._document.notes.add(Note.FORMULAS, number=1)
        for signs, raised in formula_signs(element):
            self._add(Piece("text", signs), replace(style, look=replace(style.look, raised=raised)))

    def _choice(self, element: Element, style: Style) -> None:
        self._children(choice(element), style)

    def _text_box(self, element: Element, style: Style) -> None:
        if not style.is_hidden:
            self._document.notes.add(Note.TEXT_BOXES, number=1)
            self._boxes += self._document.blocks(element)

    def _drawing(self, element: Element, style: Style) -> None:
        """Read a drawing; its pictures have its description."""
        for frame in ("wp:inline", "wp:anchor"):
            described = child(element, frame, "wp:docPr")
            if described is not None:
                style = replace(style, alt=described.get("descr", ""))
        self._children(element, style)

    def _graphic(self, element: Element, style: Style) -> None:
        if element.get("uri", "").endswith(NO_PICTURES):
            self._document.notes.add(Note.GRAPHICS, number=1)
        self._children(element, style)

    def _picture(self, element: Element, style: Style) -> None:
        blip = child(element, "pic:blipFill", "a:blip")
        self._add_picture(blip.get("r:embed", "") if blip is not None else "", style)

    def _old_picture(self, element: Element, style: Style) -> None:
        style = replace(style, alt=element.get("o:title", ""))
        self._add_picture(element.get("r:id", ""), style)

    def _add_picture(self, key: str, style: Style) -> None:
        _kind, part = self._document.relations.get(key, ("", ""))
        if self._document.package.has(part):
            self._add(Piece("picture", part, detail=style.alt), style)
        else:
            self._document.notes.add(Note.PICTURES, number=1)


HANDLERS: dict[str, Callable[[ParagraphReader, Element, Style], None]] = {
    "w:r": ParagraphReader._run,
    "w:t": ParagraphReader._text,
    "a:t": ParagraphReader._text,
    "v:textpath": ParagraphReader._art,
    "w:sym": ParagraphReader._symbol,
    "w:tab": ParagraphReader._tab,
    "w:ptab": ParagraphReader._tab,
    "w:br": ParagraphReader._break,
    "w:cr": ParagraphReader._break,
    "w:noBreakHyphen": ParagraphReader._hyphen,
    "w:del": ParagraphReader._gone,
    "w:moveFrom": ParagraphReader._gone,
    "w:delText": ParagraphReader._gone,
    "w:fldChar": ParagraphReader._field_mark,
    "w:instrText": ParagraphReader._field_code,
    "w:hyperlink": ParagraphReader._link,
    "w:footnoteReference": ParagraphReader._note,
    "w:endnoteReference": ParagraphReader._note,
    "w:ruby": ParagraphReader._ruby,
    "m:oMath": ParagraphReader._formula,
    "mc:AlternateContent": ParagraphReader._choice,
    "w:txbxContent": ParagraphReader._text_box,
    "w:drawing": ParagraphReader._drawing,
    "w:pict": ParagraphReader._drawing,
    "w:object": ParagraphReader._drawing,
    "a:graphicData": ParagraphReader._graphic,
    "pic:pic": ParagraphReader._picture,
    "v:imagedata": ParagraphReader._old_picture,
}
