"""The body of an article: the small HTML it is stored in, its blocks and its plain words.

Stored form: a run of `p`, `h2` (小标题), `blockquote`, `ul`, `ol` and `table` with nothing
between them. Quotations hold `p` and lists; items hold words, then perhaps one list; tables
hold `tr` of `th` and `td`, the only tags but `a` with attributes; words are marked by
`strong`, `a` and `br`. `clean` makes it from anything. No Django here.
"""

import html
import re
from dataclasses import dataclass

from .cleaning import clean

__all__ = [
    "Block",
    "blocks",
    "clean",
    "from_paragraphs",
    "paragraphs",
    "plain",
    "words",
]

BLOCK_TAGS = ("p", "h2", "blockquote", "ul", "ol", "table")
OPEN = re.compile(r"<(p|h2|blockquote|ul|ol|table)>")
TAG = re.compile(r"<[^>]*>")
TEXT_BLOCK = re.compile(r"<(?:p|h2|li|td|th)\b[^>]*>(.*?)(?=</?(?:p|h2|li|td|th|ul|ol)\b)", re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body: its tag, the HTML inside it, and its words."""

    tag: str
    inner: str

    @property
    def text(self) -> str:
        """The words without mark-up; a line break counts as a new line."""
        return plain(self.inner)

    @property
    def html(self) -> str:
        """The block as it is stored."""
        return f"<{self.tag}>{self.inner}</{self.tag}>"


def from_paragraphs(paragraphs: list[str]) -> str:
    """Return the stored form of plain paragraphs, each kept to the character."""
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)


def plain(markup: str) -> str:
    """Return the words of a piece of stored HTML."""
    return html.unescape(TAG.sub("", markup.replace("<br>", "\n")))


def blocks(markup: str) -> list[Block]:
    """Cut a stored body into its top-level blocks, in order."""
    found, at = [], 0
    while opening := OPEN.search(markup, at):
        tag = opening[1]
        end = _closing(markup, tag, opening.end())
        found.append(Block(tag, markup[opening.end() : end]))
        at = end + len(tag) + 3
    return found


def _closing(markup: str, tag: str, at: int) -> int:
    """Return where the block opened before `at` closes, counting blocks nested in it."""
    depth = 1
    for edge in re.compile(f"<(/?){tag}>").finditer(markup, at):
        depth += -1 if edge[1] else 1
        if not depth:
            return edge.start()
    return len(markup)


def paragraphs(markup: str) -> list[str]:
    """Return the words of each paragraph, subhead, list item and table cell, in order."""
    return [plain(found[1]) for found in TEXT_BLOCK.finditer(markup)]


def words(markup: str) -> str:
    """Return all words of a body, a new line between its parts."""
    return "\n".join(paragraphs(markup))
