"""The body of an article: the HTML it is stored in, its blocks, its plain words, its rendering.

Stored form: a run of `p`, `h2` (小标题), `blockquote`, `ul`, `ol`, `table` and `figure` (the
place of a photo: see `figures`) with nothing between them. Quotations hold `p` and lists; items
hold words, then perhaps one list; tables hold `tr` of `th` and `td`. Words are marked by `a`,
`strong`, `sup` or `sub`, nested in this order, and parted by `br`. Attributes: `href`; `colspan`
and `rowspan` of cells; `data-photo` of a `figure`; `start` and
`type` (a, A, i, I) of an `ol`, `value` of its items. Chinese numbers are typed words. `sanitize`
makes it from anything. No Django here.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .figures import figure_photos
from .raised_text import plain_raised
from .sanitizer import sanitize

__all__ = [
    "Block",
    "blocks",
    "sanitize",
    "html_from_paragraphs",
    "paragraphs",
    "plain_text",
    "render_body",
    "render_lead_in",
    "text_paragraphs",
    "words",
]

BLOCK_TAGS = ("p", "h2", "blockquote", "ul", "ol", "table", "figure")
OPEN = re.compile(rf"<({'|'.join(BLOCK_TAGS)})\b([^>]*)>")
TAG = re.compile(r"<[^>]*>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
TABLE = '<div class="table" role="region" tabindex="0" aria-label="{label}">{html}</div>'
# A cell of a table that holds a figure alone, with its unit or sign: 1,208.5 or −3.5% or 12 项.
FIGURE_WORDS = r"[+\-−]?[0-9][0-9,.\s]*[%％‰]?\s?[\u4e00-\u9fff]{0,2}"
FIGURES = re.compile(rf"(<td)\b([^>]*>(?:<p>)?{FIGURE_WORDS}(?:</p>)?</td>)")
TEXT_BLOCK = re.compile(r"<(?:p|h2|li|td|th)\b[^>]*>(.*?)(?=</?(?:p|h2|li|td|th|ul|ol)\b)", re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body: its tag, the HTML inside it, and its words."""

    tag: str
    inner: str
    attributes: str = ""

    @property
    def text(self) -> str:
        """The words without mark-up; a line break counts as a new line."""
        return plain_text(self.inner)

    @property
    def html(self) -> str:
        """The block as it is stored."""
        return f"<{self.tag}{self.attributes}>{self.inner}</{self.tag}>"


def html_from_paragraphs(paragraphs: list[str]) -> str:
    """Return the stored form of plain paragraphs, each kept to the character."""
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)


def plain_text(markup: str, *, as_typed: bool = False) -> str:
    """Return the words of a piece of stored HTML; raised figures stay raised: 10⁸, m², 2^[3].

    `as_typed` gives the characters that were typed, to be counted: 108, m2, 2[3].
    """
    if "<su" in markup and not as_typed:
        markup = plain_raised(markup)
    if "<" in markup:
        markup = TAG.sub("", markup.replace("<br>", "\n"))
    return html.unescape(markup)


def blocks(markup: str) -> list[Block]:
    """Cut a stored body into its top-level blocks, in order."""
    found, at = [], 0
    while opening := OPEN.search(markup, at):
        tag = opening[1]
        end = _closing(markup, tag, opening.end())
        found.append(Block(tag, markup[opening.end() : end], opening[2]))
        at = end + len(tag) + 3
    return found


def _closing(markup: str, tag: str, at: int) -> int:
    """Return where the block opened before `at` closes, counting blocks nested in it."""
    depth = 1
    for edge in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(markup, at):
        depth += -1 if edge[1] else 1
        if not depth:
            return edge.start()
    return len(markup)


def paragraphs(markup: str) -> list[str]:
    """Return the words of each paragraph, subhead, list item and table cell, in order."""
    return [plain_text(found[1]) for found in TEXT_BLOCK.finditer(markup)]


def text_paragraphs(markup: str) -> list[str]:
    """Return the words of each `p` in order, without subheads and cells: what excerpts quote."""
    return [plain_text(found) for found in PARAGRAPH.findall(markup)]


def words(markup: str) -> str:
    """Return all words of a body, a new line between its parts."""
    return "\n".join(paragraphs(markup))


def render_body(
    markup: str, *, lead_in: str, photos: Sequence[str], table_label: str
) -> list[tuple[str, int | None]]:
    """Return the HTML of a stored body in pieces, each with the number of the photo behind it.

    `photos` are the uids of the photos to print, in order; the last piece has none behind it.
    `lead_in` is ready HTML that opens the first paragraph; `table_label` names a table's
    scrolling frame to those who cannot see it.
    """
    found = blocks(markup)
    places = ["".join(figure_photos(each.html)) if each.tag == "figure" else "" for each in found]
    texts = [block.html if block.tag != "figure" else "" for block in found]
    for number, block in enumerate(found):
        if block.tag == "table":
            table = FIGURES.sub(r'\1 class="num"\2', texts[number])
            texts[number] = TABLE.format(label=html.escape(table_label), html=table)
    if lead_in:
        _add_lead_in(found, texts, lead_in)
    pieces, text = [], ""
    before = _arrange([_can_precede_picture(each) for each in found], places, photos)
    for numbers, rendered in zip(before, [*texts, ""], strict=False):
        for number in numbers:
            pieces.append((text, number))
            text = ""
        text += rendered
    return [*pieces, (text, None)]


def _can_precede_picture(block: Block) -> bool:
    """Tell whether a picture can stand behind a block: a paragraph must have come to its end.

    A line of a poem, a question before its answer and what ends in ： have not.
    """
    if block.tag == "p":
        words = block.text.rstrip().rstrip("”’』」）》")
        return "<br>" not in block.inner and words.endswith(("。", "！", "…"))
    return block.tag not in ("h2", "figure")


def _arrange(
    open_to: Sequence[bool], places: Sequence[str], photos: Sequence[str]
) -> list[list[int]]:
    """Return which photos, by their numbers, are printed before each block and after the last.

    `open_to` tells of each block whether a picture can stand behind it, `places` the photo that it
    is the figure of, or "". The first figure of a photo gets its first caption. The other photos
    are spread over the text: the first stands after the second such block, where there are two.
    """
    before: list[list[int]] = [[] for _ in range(len(open_to) + 1)]
    free = list(range(len(photos)))
    for block, photo in enumerate(places):
        found = next((number for number in free if photo and photos[number] == photo), None)
        if found is not None:
            before[block].append(found)
            free.remove(found)
    after = [number for number, is_open in enumerate(open_to, 1) if is_open]
    places_left = after[1:] or after or [len(open_to)]
    for place, number in enumerate(free):
        before[places_left[len(places_left) * place // len(free)]].append(number)
    return before


def render_lead_in(dateline: str, bylines: str) -> str:
    """Return the HTML of 本报讯（记者 张可馨）, or nothing where there is no dateline."""
    if not dateline:
        return ""
    return f'<b class="lead-in">{html.escape(dateline)}</b>{html.escape(bylines) or " "}'


def _add_lead_in(blocks: list[Block], texts: list[str], lead_in: str) -> None:
    """Open the first paragraph with the lead-in, or give it a paragraph of its own.

    A figure before the first paragraph stays before it.
    """
    first = next((at for at, block in enumerate(blocks) if block.tag != "figure"), None)
    if first is None:
        texts[:1] = [f"<p>{lead_in}</p>"]
    elif blocks[first].tag == "p":
        texts[first] = f"<p>{lead_in}{blocks[first].inner}</p>"
    else:
        texts[first] = f"<p>{lead_in}</p>{texts[first]}"
