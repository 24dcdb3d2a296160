"""Any text or HTML that was typed or pasted → what is stored. No Django here.

`clean` gives the stored form that `body` describes; `line` and `lines` give plain fields.
Control characters, typed indents and empty paragraphs go; no other character changes.
"""

import html
import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

import nh3

# C0 and C1 but tab and new line, the zero width space and the byte order mark.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]")
TOKEN = re.compile(
    r"""<(?P<closing>/?)(?P<tag>[a-z0-9]+)(?P<attributes>(?:"[^"]*"|[^>"])*)>|[^<]+"""
)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

LISTS = ("ul", "ol")
CELLS = ("td", "th")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLE_PARTS = ("table", "tr", *CELLS)
BLOCKS = frozenset(
    [*LISTS, *HEADINGS, *TABLE_PARTS, "li", "blockquote", "p", "div", "pre", "hr"]
    + ["thead", "tbody", "tfoot", "caption", "dl", "dt", "dd", "section", "article", "aside"]
    + ["header", "footer", "main", "nav", "figure", "figcaption", "address", "center", "form"]
    + ["fieldset", "legend", "details", "summary", "option"]
)
DEEPEST_LIST = 3
BREAK = object()

PARSER = nh3.Cleaner(
    tags={*BLOCKS, "strong", "b", "a", "br"},
    clean_content_tags={"script", "style", "title", "xml", "template"},
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Box:
    """A list, list item, quotation or part of a table that holds lines."""

    tag: str
    number: int
    spans: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a piece of text stands: the boxes around it and its marks."""

    boxes: tuple[Box, ...] = ()
    is_heading: bool = False
    is_strong: bool = False
    is_preformatted: bool = False
    href: str = ""

    @property
    def innermost(self) -> str:
        return self.boxes[-1].tag if self.boxes else ""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one set of marks, or a line break."""

    text: object
    is_strong: bool = False
    href: str = ""


@dataclass(slots=True)
class Writer:
    """Writes lines of runs, opening and closing the boxes around them."""

    parts: list[str] = field(default_factory=list)
    opened: tuple[Box, ...] = ()
    is_filled: bool = False

    def move(self, boxes: tuple[Box, ...]) -> None:
        """Close the boxes that end here and open those that begin."""
        shared = _shared(self.opened, boxes)
        returns_to_item = shared == len(boxes) < len(self.opened) and boxes[-1:]
        if returns_to_item and boxes[-1].tag == "li":
            shared -= 1
        for box in reversed(self.opened[shared:]):
            self.parts.append(f"</{box.tag}>")
        for box in boxes[shared:]:
            self.parts.append(f"<{box.tag}{box.spans}>")
            self.is_filled = False
        self.opened = boxes

    def line(self, context: Context, inner: str) -> None:
        """Write one line where it stands; a second line of a cell or item follows a break."""
        self.move(context.boxes)
        if context.innermost in ("li", *CELLS):
            self.parts.append(f"<br>{inner}" if self.is_filled else inner)
            self.is_filled = True
        else:
            tag = "h2" if context.is_heading and not context.boxes else "p"
            self.parts.append(f"<{tag}>{inner}</{tag}>")


def clean(markup: str) -> str:
    """Return any HTML in the stored form, with all its visible characters in their order.

    Text without any tag is taken line by line. Cleaning twice is cleaning once.
    Raises UnicodeEncodeError on a lone surrogate.
    """
    if "<" not in markup:
        markup = "".join(f"<p>{part}</p>" for part in markup.splitlines())
    writer, stack, runs = Writer(), [Context()], []
    for number, token in enumerate(TOKEN.finditer(PARSER.clean(markup))):
        tag = token["tag"]
        if tag is None:
            runs += _text_runs(html.unescape(token[0]), stack[-1])
        elif tag == "br":
            runs.append(Run(BREAK))
        else:
            if tag in BLOCKS:
                _flush(writer, stack[-1], runs)
            if token["closing"]:
                stack.pop()
            elif tag != "hr":
                stack.append(_inside(stack[-1], tag, token["attributes"], number))
                if tag in CELLS and stack[-1].boxes != stack[-2].boxes:
                    writer.move(stack[-1].boxes)
    _flush(writer, stack[-1], runs)
    writer.move(())
    return "".join(writer.parts)


def _text_runs(text: str, context: Context) -> list[Run]:
    pieces = text.split("\n") if context.is_preformatted else [text]
    runs = []
    for piece in pieces:
        runs += [Run(BREAK), Run(printable(piece), context.is_strong, context.href)]
    return runs[1:]


def _inside(context: Context, tag: str, attributes: str, number: int) -> Context:
    """Return the context that a tag opens inside another."""
    if tag in ("strong", "b"):
        return replace(context, is_strong=True)
    if tag == "a":
        return replace(
            context, href=html.unescape(dict(ATTRIBUTE.findall(attributes)).get("href", ""))
        )
    if tag == "pre":
        return replace(context, is_preformatted=True)
    if tag in HEADINGS:
        return replace(context, is_heading=True)
    boxes = _boxes_inside(context.boxes, Box(tag, number, _spans(attributes)))
    return replace(context, boxes=boxes)


def _boxes_inside(boxes: tuple[Box, ...], box: Box) -> tuple[Box, ...]:
    """Return the boxes of a line inside one more box, as far as the stored form has it."""
    if boxes and boxes[0].tag == "table":
        expected = {1: ("tr",), 2: CELLS}.get(len(boxes), ())
        return (*boxes, box) if box.tag in expected else boxes
    if box.tag == "table":
        return (box,)
    if box.tag == "blockquote":
        return boxes or (box,)
    if box.tag in LISTS:
        return _in_list(boxes, box)
    if box.tag == "li":
        return _in_item(boxes, box)
    return boxes


def _in_list(boxes: tuple[Box, ...], box: Box) -> tuple[Box, ...]:
    if sum(outer.tag in LISTS for outer in boxes) == DEEPEST_LIST:
        return boxes
    # Words that stand in a list but in no item get one.
    return (*boxes, box, Box("li", -box.number))


def _in_item(boxes: tuple[Box, ...], box: Box) -> tuple[Box, ...]:
    if not boxes or boxes[-1].tag != "li":
        return boxes
    return (*boxes[:-1], box)


def _spans(attributes: str) -> str:
    """Return colspan and rowspan where they are more than 1."""
    found = dict(ATTRIBUTE.findall(attributes))
    wanted = {name: found.get(name, "") for name in ("colspan", "rowspan")}
    return "".join(
        f' {name}="{int(value)}"'
        for name, value in wanted.items()
        if value.isascii() and value.isdigit() and 1 < int(value[:5]) <= 1000
    )


def _flush(writer: Writer, context: Context, runs: list[Run]) -> None:
    """Write the runs gathered so far as one line, unless it is empty."""
    line = _trimmed(_merged(runs))
    runs.clear()
    if line:
        if context.innermost in ("table", "tr"):  # a table's title stands before it
            context = replace(context, boxes=())
        writer.line(context, "".join(map(_marked, line)))


def _merged(runs: list[Run]) -> list[Run]:
    """Join neighbouring runs of the same marks."""
    merged: list[Run] = []
    texts: list[list[str]] = []
    for run in runs:
        if run.text is BREAK:
            merged.append(run)
            texts.append([])
        elif run.text:
            last = merged[-1] if merged else None
            if last and last.text is not BREAK and _marks(last) == _marks(run):
                texts[-1].append(run.text)
            else:
                merged.append(run)
                texts.append([run.text])
    return [replace(run, text="".join(text)) if text else run
            for run, text in zip(merged, texts, strict=True)]  # fmt: skip


def _marks(run: Run) -> tuple[bool, str]:
    return run.is_strong, run.href


def _trimmed(runs: list[Run]) -> list[Run]:
    """Drop the indent and the breaks before the first word, and the breaks after the last."""
    start = 0
    while start < len(runs) and (runs[start].text is BREAK or runs[start].text.isspace()):
        start += 1
    end = len(runs)
    while end > start and runs[end - 1].text is BREAK:
        end -= 1
    if start == end:
        return []
    first = replace(runs[start], text=runs[start].text.lstrip())
    return [first, *runs[start + 1 : end]]


def _marked(run: Run) -> str:
    if run.text is BREAK:
        return "<br>"
    text = html.escape(run.text, quote=False)
    if run.is_strong:
        text = f"<strong>{text}</strong>"
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text


def _shared(one: tuple[Box, ...], other: tuple[Box, ...]) -> int:
    """Return how many boxes two lines have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def printable(text: str) -> str:
    """Return a text without control characters, zero width spaces and byte order marks."""
    return UNPRINTABLE.sub("", text)


def line(text: str) -> str:
    """Return a one-line field: no control characters, no spaces typed before or after it."""
    return re.sub(r"[\t\n]+", " ", printable(text)).strip()


def lines(text: str) -> str:
    """Return a plain text of several lines: no control characters, indents or empty lines."""
    kept = (part.lstrip() for part in printable(text.replace("\r\n", "\n")).split("\n"))
    return "\n".join(part for part in kept if part)
