"""What the styles of pasted HTML say of a text: weight, raised, hidden, struck. No Django here.

`StyleSheet.style()` gives the declarations of a tag; the functions below read them.
"""

import re
from collections.abc import Iterator

from .html_tokens import BLOCKS, INLINE, Token

Style = dict[str, str]

STYLE_TAG = re.compile(r"(</?style)\b", re.I)
BRACES = re.compile(r"([{}])")
# A tag, a class, or a tag with a class: what offices and sheets write.
SELECTOR = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?\.[\w-]+", re.ASCII)
LENGTH = re.compile(r"([+-]?)(?:\d+\.?\d*|\.\d+)(?:[a-z]+|%)?")
ZERO = re.compile(r"[+-]?0*\.?0*(?:[a-z]+|%)?")
LONGEST = 20  # characters that a length has
PREFORMATTED = ("pre", "break-spaces", "preserve")
PARTS = re.compile(r"(?:block|flex|grid|list-item|flow-root|table.*)(?: .*)?")
NOT_PLAIN = frozenset(["li", "ul", "ol", "table", "tr", "td", "th", "hr", "blockquote"])


class StyleSheet:
    """The style elements of a text, as far as they name tags and classes."""

    def __init__(self, markup: str):
        self.rules: dict[str, Style] = {}
        for sheet in _sheets(markup):
            for selectors, declarations in _rules(sheet):
                for selector in selectors.lower().split(","):
                    if SELECTOR.fullmatch(selector.strip()):
                        rule = self.rules.setdefault(selector.strip(), {})
                        rule |= _declarations(declarations)

    def style(self, token: Token) -> Style:
        """Return the declarations for a tag: of the sheet, then of its own."""
        found: Style = {}
        if self.rules:
            for name in _names(token):
                found |= self.rules.get(name, {})
        return found | _declarations(token.attributes.get("style", ""))


def _sheets(markup: str) -> Iterator[str]:
    """Yield what stands between a style tag and the next one that closes."""
    parts = STYLE_TAG.split(markup)
    for opening, text, closing in zip(parts[1::2], parts[2::2], parts[3::2], strict=False):
        if not opening.startswith("</") and closing.startswith("</"):
            yield text.partition(">")[2].replace("<!--", "").replace("-->", "")


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of a sheet, without those inside of at-rules."""
    first, *others = sheet.split("/*")
    parts = BRACES.split(first + "".join(each.partition("*/")[2] for each in others))
    depth, selectors = 0, ""
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            selectors = text.rpartition(";")[2].strip() if not depth else selectors
            depth += 1
        else:
            if depth == 1 and not selectors.startswith("@"):
                yield selectors, text
            depth = max(0, depth - 1)


def _names(token: Token) -> Iterator[str]:
    classes = sorted(token.classes)
    yield token.tag
    yield from (f".{name}" for name in classes)
    yield from (f"{token.tag}.{name}" for name in classes)


def _declarations(text: str) -> Style:
    pairs = (part.partition(":") for part in text.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon
    }


def weight(token: Token, style: Style) -> bool | None:
    """Tell whether a tag makes its text bold or not; None where it leaves it as it is."""
    value = style.get("font-weight", "")
    if value in ("bold", "bolder"):
        return True
    if value in ("normal", "lighter"):
        return False
    if re.fullmatch(r"[0-9]{1,4}", value):
        return int(value) >= 600
    return True if token.tag in ("b", "strong") else None


def raised(token: Token, style: Style) -> str:
    """Return "sup" or "sub" for what raises or lowers its text, else nothing."""
    if token.tag in ("sup", "sub"):
        return token.tag
    if token.tag not in INLINE:
        return ""
    value = style.get("vertical-align", "")
    if value in ("super", "sub"):
        return "sup" if value == "super" else "sub"
    for length in (value, style.get("mso-text-raise", ""), _lifted(style)):
        found = len(length) < LONGEST and LENGTH.fullmatch(length)
        if found and not ZERO.fullmatch(length):
            return "sub" if found[1] == "-" else "sup"
    return ""


def _lifted(style: Style) -> str:
    """Return how far Word's text is moved up, in points, where only its place tells."""
    top = style.get("top", "")
    if style.get("position") != "relative" or not top.endswith("pt"):
        return ""
    return top[1:] if top.startswith("-") else f"-{top}"


def is_hidden(token: Token, style: Style) -> bool:
    """Tell whether a tag hides all that it holds."""
    return (
        "hidden" in token.attributes
        or style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or ("opacity" in style and is_zero(style["opacity"]))
        or (token.tag == "tr" and style.get("visibility") == "collapse")
    )


def is_struck(token: Token, style: Style) -> bool:
    """Tell whether a tag strikes its text through."""
    lines = style.get("text-decoration", "") + " " + style.get("text-decoration-line", "")
    return (
        token.tag in ("s", "strike")
        or "line-through" in lines
        or style.get("text-line-through", "none") != "none"
    )


def is_zero(value: str) -> bool:
    """Tell whether a length or number is 0, in any unit."""
    return len(value) < LONGEST and bool(re.search(r"\d", value)) and bool(ZERO.fullmatch(value))


def is_preformatted(token: Token, style: Style) -> bool | None:
    """Tell whether line ends of the source end lines; None where a tag leaves it as it is."""
    value = style.get("white-space-collapse", style.get("white-space", ""))
    if value:
        return value.startswith(PREFORMATTED)
    return True if token.tag == "pre" else None


def is_block(token: Token, style: Style, *, is_in_flex: bool) -> bool:
    """Tell whether a tag stands on lines of its own."""
    display = style.get("display", "")
    if token.tag in NOT_PLAIN:
        return True
    if PARTS.fullmatch(display):
        return True
    if token.tag in BLOCKS:
        return display not in ("inline", "contents")
    return is_in_flex


def is_flex(style: Style) -> bool:
    """Tell whether a tag lays out each of its children as a part of its own."""
    return style.get("display", "").startswith(("flex", "grid", "inline-flex", "inline-grid"))
