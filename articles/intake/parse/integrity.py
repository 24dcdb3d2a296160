"""Check that a parsed page holds every character of its source, once and in order."""

from .raw_text import read_lines, squash
from .types import FURNITURE, ParsedPage


def article_text(page: ParsedPage) -> str:
    """Return the text of all articles, in printed order, without white space."""
    return squash("".join(part.text for article in page.articles for part in article.parts))


def is_complete(text: str, page: ParsedPage) -> bool:
    """Tell whether articles and furniture together are the source, character by character."""
    lines, removed = read_lines(text)
    source = squash("".join(line.text for line in lines))
    if squash("".join(block.text for block in page.blocks)) != source:
        return False
    kept = [block for block in page.blocks if block.kind not in FURNITURE]
    if squash("".join(block.text for block in kept)) != article_text(page):
        return False
    listed = [piece.text for piece in page.furniture if piece.kind == "stray"]
    return listed == [one.character for one in removed]
