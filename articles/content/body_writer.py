"""Lists, quotations and tables of a body, and the writing of lines into them. No Django here."""

from dataclasses import dataclass, field, replace
from itertools import takewhile

from .figures import figure_html
from .html_tokens import CELLS, LISTS

DEEPEST_LIST = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A list, list item, quotation or part of a table that holds lines."""

    tag: str
    number: int
    attributes: str = field(default="", compare=False)


Boxes = tuple[Box, ...]


@dataclass(slots=True)
class Writer:
    """Writes lines, opening and closing the boxes around them."""

    parts: list[str] = field(default_factory=list)
    opened: Boxes = ()
    is_filled: bool = False

    def move(self, boxes: Boxes) -> None:
        """Close the boxes that end here and open those that begin."""
        shared = _shared(self.opened, boxes)
        returns_to_item = shared == len(boxes) < len(self.opened) and boxes[-1:]
        if returns_to_item and boxes[-1].tag == "li":
            shared -= 1
        for box in reversed(self.opened[shared:]):
            self.parts.append(f"</{box.tag}>")
        for box in boxes[shared:]:
            # An item that goes on after a list inside it has given its number already.
            attributes = "" if box in self.opened else box.attributes
            self.parts.append(f"<{box.tag}{attributes}>")
            self.is_filled = False
        self.opened = boxes

    def line(self, boxes: Boxes, inner: str, *, is_heading: bool) -> None:
        """Write one line where it stands; a second line of a cell or item follows a break."""
        if boxes and boxes[-1].tag in ("table", "tr"):  # a table's title stands before it
            boxes = ()
        self.move(boxes)
        if boxes and boxes[-1].tag in ("li", *CELLS):
            self.parts.append(f"<br>{inner}" if self.is_filled else inner)
            self.is_filled = True
        else:
            tag = "h2" if is_heading and not boxes else "p"
            self.parts.append(f"<{tag}>{inner}</{tag}>")

    def figure(self, photo: str) -> None:
        """Write the place of a photo, named by its uid."""
        self.move(())
        self.parts.append(figure_html(photo))


def _shared(one: Boxes, other: Boxes) -> int:
    """Return how many boxes two lines have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def boxes_inside(boxes: Boxes, box: Box) -> Boxes:
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


def _in_list(boxes: Boxes, box: Box) -> Boxes:
    if sum(outer.tag in LISTS for outer in boxes) == DEEPEST_LIST:
        return boxes
    # Words that stand in a list but in no item get one.
    return (*boxes, box, Box("li", -box.number))


def _in_item(boxes: Boxes, box: Box) -> Boxes:
    if not boxes or boxes[-1].tag != "li":
        return boxes
    return (*boxes[:-1], box)


def with_list_type(boxes: Boxes, attributes: str) -> Boxes:
    """Return the boxes of an item whose list takes this kind of numbers, where it has none."""
    if " type=" in boxes[-2].attributes or not attributes:
        return boxes
    box = replace(boxes[-2], attributes=boxes[-2].attributes + attributes)
    return (*boxes[:-2], box, boxes[-1])
