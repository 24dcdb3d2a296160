"""Formulas of a Word document in one line of characters: a/b, x² as a raised 2, √(x)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .wordml import child

Signs = Iterator[tuple[str, str]]
RAISED = {"m:sup": "superscript", "m:sub": "subscript"}


def formula_signs(element: Element, raised: str = "") -> Signs:
    """Yield the characters of a formula, each with whether it is raised or lowered."""
    if element.tag == "m:t":
        yield element.text or "", raised
    elif element.tag == "m:f":
        yield from _grouped(child(element, "m:num"), raised)
        yield "/", raised
        yield from _grouped(child(element, "m:den"), raised)
    elif element.tag == "m:rad":
        yield "√", raised
        yield from _grouped(child(element, "m:e"), raised)
    elif element.tag == "m:d":
        yield from _delimited(element, raised)
    else:
        if element.tag == "m:nary":
            sign = child(element, "m:naryPr", "m:chr")
            yield "∫" if sign is None else sign.get("m:val", ""), raised
        for each in element:
            yield from formula_signs(each, RAISED.get(each.tag, raised))


def _grouped(element: Element | None, raised: str) -> Signs:
    """Yield a part of a formula, in brackets where it is more than a number or a name."""
    signs = [*formula_signs(element, raised)] if element is not None else []
    is_simple = "".join(text for text, _ in signs).isalnum() or len(signs) == 1 == len(signs[0][0])
    yield from signs if is_simple else [("(", raised), *signs, (")", raised)]


def _delimited(element: Element, raised: str) -> Signs:
    properties = child(element, "m:dPr")
    begins, ends = child(properties, "m:begChr"), child(properties, "m:endChr")
    yield "(" if begins is None else begins.get("m:val", ""), raised
    for number, each in enumerate(each for each in element if each.tag == "m:e"):
        yield "|" if number else "", raised
        yield from formula_signs(each, raised)
    yield ")" if ends is None else ends.get("m:val", ""), raised
