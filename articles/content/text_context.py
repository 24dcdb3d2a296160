"""Where a piece of pasted text stands: the lists and tables around it, its marks. No Django here.

`context_inside` is the one place that turns a tag with its styles into what they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .body_writer import DEEPEST_LIST, Box, Boxes, boxes_inside, with_list_type
from .html_tokens import HEADINGS, LISTS, Token
from .inline_styles import Style, is_block, is_flex, is_preformatted, is_zero, raised, weight
from .list_marks import chinese_number, list_type, word_level
from .omissions import HIDDEN, LeftOut, omission_kind
from .text_runs import Run

LINK = re.compile(r"https?://.|mailto:.|tel:.|/(?!/)", re.I)
QUOTES = ("“”", "‘’")
WORD_PARAGRAPHS = ("p", "div", *HEADINGS)


@dataclass(frozen=True, slots=True)
class Context:
    """What is true of the text directly inside a tag."""

    tag: str = ""
    is_block: bool = False
    is_flex: bool = False
    boxes: Boxes = ()
    is_heading: bool = False
    is_strong: bool = False
    raised: str = ""
    href: str = ""
    is_preformatted: bool = False
    quotes: int = 0
    left_out: LeftOut | None = None
    tiny: LeftOut | None = None  # by a size of 0, until a tag inside has another size
    unseen: LeftOut | None = None  # by its visibility, until a tag inside is visible
    is_mark: bool = False
    word_level: int = 0  # the level of Word's list, of which `number` is an item
    number: int = 0
    counter: list[int] | None = field(default=None, compare=False)
    list_type: str = ""
    label: str = ""

    @property
    def gatherer(self) -> LeftOut | None:
        """What gathers the text here because it is left out."""
        return self.left_out or self.tiny or self.unseen

    def gatherers(self) -> list[LeftOut]:
        """Return all that leave out the text here."""
        return [each for each in (self.left_out, self.tiny, self.unseen) if each]

    def run(self, text: str) -> Run:
        """Return a text with the marks of this place."""
        return Run(text, self.is_strong, self.raised, self.href)


def context_inside(outer: Context, token: Token, style: Style, number: int) -> Context:
    """Return the context that a tag opens inside another."""
    inner = replace(
        outer,
        tag=token.tag,
        label="",
        is_block=is_block(token, style, is_in_flex=outer.is_flex),
        is_flex=is_flex(style),
        is_mark=outer.is_mark or style.get("mso-list") == "ignore",
        **_marks(outer, token, style),
        **_omissions(outer, token, style),
    )
    if token.tag in WORD_PARAGRAPHS:
        level = word_level(token, style)
        return replace(inner, word_level=level, number=number)
    if token.tag in LISTS:
        return _list_inside(inner, token, style, number)
    if token.tag == "li":
        return _item_inside(inner, token, style, number)
    box = Box(token.tag, number, _spans(token))
    return replace(inner, boxes=boxes_inside(outer.boxes, box))


def _marks(outer: Context, token: Token, style: Style) -> dict:
    found = {"raised": raised(token, style) or outer.raised}
    bold = weight(token, style)
    if token.tag in HEADINGS:
        found["is_heading"] = True
    elif bold is not None and token.tag != "th":
        found["is_strong"] = bold
    preformatted = is_preformatted(token, style)
    if preformatted is not None:
        found["is_preformatted"] = preformatted
    if token.tag == "a":
        found["href"] = _address(token)
    if token.tag == "q":
        found["quotes"] = outer.quotes + 1
    return found


def _address(token: Token) -> str:
    """Return the address of a link that leads somewhere: of the web, or of a page of ours."""
    address = re.sub(r"[\t\n]", "", token.attributes.get("href", "")).strip()
    return address if LINK.match(address) else ""


def _omissions(outer: Context, token: Token, style: Style) -> dict:
    found = {}
    kind = "" if outer.left_out else omission_kind(token, style)
    if kind:
        found["left_out"] = LeftOut(kind)
    size, visibility = style.get("font-size", ""), style.get("visibility", "")
    if size:
        found["tiny"] = (outer.tiny or LeftOut(HIDDEN)) if is_zero(size) else None
    if visibility in ("hidden", "collapse", "visible"):
        is_unseen = visibility != "visible"
        found["unseen"] = (outer.unseen or LeftOut(HIDDEN)) if is_unseen else None
    return found


def _list_inside(inner: Context, token: Token, style: Style, number: int) -> Context:
    """Return the context of a list; one with Chinese numbers is typed, and has no box."""
    is_ordered = token.tag == "ol"
    start = token.number("start", 1) if is_ordered else 1
    kind = list_type(token, style) if is_ordered else ""
    inner = replace(inner, counter=[start - 1], list_type=kind, word_level=0)
    if kind == "一":
        return inner
    first = f' start="{start}"' if start != 1 else ""
    box = Box(token.tag, number, first + (f' type="{kind}"' if kind else ""))
    return replace(inner, boxes=boxes_inside(inner.boxes, box))


def _item_inside(inner: Context, token: Token, style: Style, number: int) -> Context:
    counter = inner.counter or [0]
    value = token.number("value")
    counter[0] = counter[0] + 1 if value is None else value
    boxes = inner.boxes
    is_in_box = len(boxes) > 1 and boxes[-2].tag == "ol"
    kind = inner.list_type or (list_type(token, style) if is_in_box else "")
    inner = replace(inner, counter=None, list_type="", word_level=0)
    if kind == "一":
        label = f"{chinese_number(counter[0])}、"
        return replace(inner, label=label, boxes=boxes[:-2] if is_in_box else boxes)
    if is_in_box:
        boxes = with_list_type(boxes, f' type="{kind}"' if kind else "")
    attributes = f' value="{value}"' if is_in_box and value is not None else ""
    return replace(inner, boxes=boxes_inside(boxes, Box("li", number, attributes)))


def _spans(token: Token) -> str:
    """Return colspan and rowspan where they are more than 1."""
    numbers = {name: token.number(name, 1) for name in ("colspan", "rowspan")}
    return "".join(f' {name}="{n}"' for name, n in numbers.items() if 1 < n <= 1000)


def new_gatherers(outer: Context, inner: Context) -> Iterator[LeftOut]:
    """Yield what begins to leave out text at the tag between two contexts."""
    before = outer.gatherers()
    return (each for each in inner.gatherers() if each not in before)


def bullet_boxes(last: Boxes, context: Context, number: int) -> Boxes:
    """Return the list and item of a paragraph that Word has in a list, after the item before."""
    depth = min(max(context.word_level, 1), len(last) // 2 + 1, DEEPEST_LIST)
    outer, same = last[: 2 * depth - 2], last[2 * depth - 2 :][:1]
    return (*outer, *(same or (Box("ul", number),)), Box("li", number))
