"""Any text or HTML that was typed or pasted → what is stored. No Django here.

`sanitize` gives the stored form that `article_html` describes, `sanitize_and_report` also what it
has left out: deletions, comments, hidden and struck words, pictures. Invisible characters
(`characters`), typed indents and empty paragraphs go; no other character changes.
static/js/desk/body_editor/paste/ does the same in the browser.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from . import characters, figures
from .body_writer import Boxes, Writer
from .html_tokens import CELLS, VOID, Token, tokens
from .inline_styles import StyleSheet, is_hidden
from .list_marks import NO_ACCIDENT, TYPED, is_bullet, typed_label
from .omissions import (
    HIDDEN,
    PICTURE,
    Columns,
    LeftOut,
    Omission,
    is_character,
    is_invisible,
    listed,
    opens_remark,
)
from .text_context import QUOTES, Context, bullet_boxes, context_inside, new_gatherers
from .text_runs import BREAK, Line, Run, drop_start, line_html, paragraphs, source_lines

DEEPEST_REMARK = 20  # tags around the anchor of a remark in which its box is looked for
FIRST_BULLET = -(10**9)  # below the numbers of all other boxes
LEADING = re.compile(r"^[\s\ufeff]+")
# What is in the stored form already, of its simplest kind: paragraphs and subheads of visible
# characters with single blanks between them. Most texts that are saved again are; it saves their
# being read tag by tag.
VISIBLE = rf"[^\s<>&\ud800-\udfff{characters.character_class(characters.CLASSES['invisible'])}]"
PLAIN = f"(?:{VISIBLE}++|&(?:amp|lt|gt);)++"
STORED = re.compile(rf"(?:<(p|h2)>{PLAIN}(?: {PLAIN})*+</\1>)*+")


@dataclass(frozen=True, slots=True)
class Sanitized:
    """A body in the stored form, and what was left out of it."""

    html: str
    omissions: tuple[Omission, ...]


def sanitize(markup: str) -> str:
    """Return any HTML in the stored form, with all its visible characters in their order.

    Text without any tag is taken line by line. Cleaning twice is cleaning once. What is no part
    of the text is left out: see `sanitize_and_report`. Raises UnicodeEncodeError on a lone
    surrogate.
    """
    return sanitize_and_report(markup).html


def sanitize_and_report(markup: str) -> Sanitized:
    """Return any HTML in the stored form, and the words that were left out of it, in order."""
    return Sanitized(markup, ()) if STORED.fullmatch(markup) else read_markup(markup)


def read_markup(markup: str) -> Sanitized:
    """Return the same by reading every tag, also of what is in the stored form."""
    if "<" not in markup:
        markup = "".join(f"<p>{part}</p>" for part in characters.end_lines(markup).split("\n"))
    reader = _Reader(StyleSheet(markup))
    for number, token in enumerate(tokens(markup), 1):
        if not token.tag:
            reader.text(token.text)
        elif token.tag in VOID:
            reader.void(token)
        elif token.is_closing:
            reader.close()
        else:
            reader.open(token, number)
    reader.finish()
    return Sanitized("".join(reader.writer.parts), listed(reader.left_out))


@dataclass(slots=True)
class _Reader:
    """Reads tags and texts, and writes each line when it ends."""

    sheet: StyleSheet
    writer: Writer = field(default_factory=Writer)
    stack: list[Context] = field(default_factory=lambda: [Context()])
    runs: list[Run] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tables: list[Columns] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)  # of Word's list, before an item
    label: str = ""  # stands before the next word: a Chinese number, a bracket
    bullets: Boxes = ()  # of the item of Word's list that was written last

    def open(self, token: Token, number: int) -> None:
        """Take in a tag that opens."""
        token = self._placed(token)
        outer, style = self.stack[-1], self.sheet.style(token)
        inner = context_inside(outer, token, style, number)
        figure = token.tag == "figure" and figures.figure_photo(token.attributes)
        if _parts_lines(outer, inner) or figure:
            self.flush()
        if figure and not inner.gatherer and not inner.boxes:
            self.writer.figure(figure)
            self.bullets = ()
        self.stack.append(inner)
        self.left_out += new_gatherers(outer, inner)
        if inner.left_out:
            self._open_left_out(token)
        else:
            self._open_words(inner)
        if token.tag in CELLS and inner.boxes != outer.boxes and _has_cell(outer, inner):
            self.writer.move(inner.boxes)

    def close(self) -> None:
        """Take in a tag that closes what was opened last."""
        inner, outer = self.stack[-1], self.stack[-2]
        self._close_words(inner)
        if _parts_lines(outer, inner):
            self.flush()
            self._drop_mark()
        self.stack.pop()
        if inner.tag == "table":
            self.tables.pop()
        if inner.is_block and outer.gatherer:
            outer.gatherer.parts.append("\n")

    def void(self, token: Token) -> None:
        """Take in a line break, a picture, a rule or the declaration of a column."""
        context, style = self.stack[-1], self.sheet.style(token)
        if token.tag == "col" and self.tables:
            is_gone = is_hidden(token, style) or style.get("visibility") == "collapse"
            self.tables[-1].declare(token, is_hidden=is_gone or bool(context.left_out))
        elif token.tag == "br" and context.gatherer:
            context.gatherer.parts.append("\n")
        elif token.tag == "br":
            self.runs.append(BREAK)
        elif token.tag == "hr" and not context.left_out:
            self.flush()
        elif token.tag == "img" and not context.gatherer and not is_hidden(token, style):
            self._picture(token)

    def text(self, text: str) -> None:
        """Take in a text."""
        context = self.stack[-1]
        if context.gatherer:
            context.gatherer.parts.append(characters.clean_text(text))
        elif context.is_mark:
            self.mark.append(characters.clean_text(text))
        else:
            if self.label and characters.clean_text(text).strip():
                self.runs.append(context.run(self.label))
                text, self.label = LEADING.sub("", text), ""
            for number, piece in enumerate(
                source_lines(text, is_preformatted=context.is_preformatted)
            ):
                self.runs += [BREAK] * (number > 0)
                self.runs.append(context.run(characters.strip_invisible(piece)))

    def finish(self) -> None:
        """Write the last line and close what is open."""
        self.flush()
        self._drop_mark()
        self.writer.move(())

    def flush(self) -> None:
        """Write the runs gathered so far, each paragraph as a line."""
        context, lines = self.stack[-1], paragraphs(self.runs)
        self.runs.clear()
        for line in lines:
            self._write(context, *self._taken_mark(context, line))

    def _write(self, context: Context, mark: str, line: Line) -> None:
        is_bulleted = is_bullet(mark) and not context.boxes and not context.is_heading
        number = FIRST_BULLET - len(self.writer.parts)
        self.bullets = bullet_boxes(self.bullets, context, number) if is_bulleted else ()
        if mark and not is_bulleted:
            line = [Run(typed_label(mark)), *line]
        boxes = self.bullets or context.boxes
        self.writer.line(boxes, line_html(line), is_heading=context.is_heading)

    def _taken_mark(self, context: Context, line: Line) -> tuple[str, Line]:
        """Return the mark of an item of Word's list, and the line without it."""
        mark = " ".join("".join(self.mark).split())
        self.mark.clear()
        words = "".join(run.text for run in takewhile(lambda run: run is not BREAK, line))
        typed = None if mark else TYPED.match(words)
        if not typed or typed.end() == len(words):
            return mark, line
        is_mark = context.word_level or typed[0].count("\u00a0") >= NO_ACCIDENT
        return (typed[1], drop_start(line, typed.end())) if is_mark else ("", line)

    def _drop_mark(self) -> None:
        """Leave out a mark that no words follow."""
        self.left_out.append(LeftOut(HIDDEN, self.mark))
        self.mark = []

    def _open_words(self, inner: Context) -> None:
        """Begin what writes words of its own: a Chinese number, a reading, a quotation."""
        self.label = inner.label or self.label
        if inner.tag == "rt":
            self.label += "（"
        elif inner.tag == "q":
            self.text(QUOTES[(inner.quotes - 1) % 2][0])

    def _close_words(self, inner: Context) -> None:
        if inner.label and self.label == inner.label:
            self.label = ""
        if inner.left_out:
            return
        if inner.tag == "q":
            self.text(QUOTES[(inner.quotes - 1) % 2][1])
        elif inner.tag == "rt" and self.label.endswith("（"):
            self.label = self.label[:-1]
        elif inner.tag == "rt":
            self.text("）")

    def _open_left_out(self, token: Token) -> None:
        """Leave out the whole box of a remark, of which this tag may be the anchor."""
        inner = self.stack[-1]
        if inner.is_block:
            inner.gatherer.parts.append("\n")
        if not opens_remark(token):
            return
        above = [context.tag for context in reversed(self.stack[-DEEPEST_REMARK:])]
        if "div" in above:
            start = len(self.stack) - 1 - above.index("div")
            box = [replace(each, left_out=inner.left_out) for each in self.stack[start:]]
            self.stack[start:] = box

    def _placed(self, token: Token) -> Token:
        """Take in a part of a table; return a cell as it is without hidden columns."""
        if token.tag == "table":
            self.tables.append(Columns())
        elif token.tag == "tr" and self.tables:
            self.tables[-1].start_row()
        elif token.tag in CELLS and self.tables:
            return self.tables[-1].placed(token)
        return token

    def _picture(self, token: Token) -> None:
        """Keep the character that a picture stands for; note any other picture."""
        alt = token.attributes.get("alt", "")
        if is_character(token):
            self.text(alt)
        elif not is_invisible(token):
            self.left_out.append(LeftOut(PICTURE, [characters.clean_line(alt)]))


def _parts_lines(outer: Context, inner: Context) -> bool:
    """Tell whether a tag ends the line before it and after it; what nobody sees does not."""
    is_unseen = inner.left_out is not None and inner.left_out.kind == HIDDEN
    return inner.is_block and not outer.left_out and not is_unseen


def _has_cell(outer: Context, inner: Context) -> bool:
    """Tell whether a cell keeps its place: also an empty one whose words are struck."""
    return not inner.left_out or (not outer.left_out and inner.left_out.kind != HIDDEN)
