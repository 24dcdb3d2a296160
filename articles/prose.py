"""The running text of an article as it is set: lead-in, blocks, and the places of its pictures.

Nothing in the words is changed. No Django here.
"""

import html

from articles import body
from articles.body import Block


def set_text(markup: str, *, lead_in: str, figures: int, table_label: str) -> list[str]:
    """Return the HTML of a stored body in pieces: a picture follows each but the last.

    `lead_in` is ready HTML that opens the first paragraph; `table_label` names a table's
    scrolling frame to those who cannot see it.
    """
    blocks = body.blocks(markup)
    pieces = [_block(block, table_label) for block in blocks]
    if lead_in:
        _open(blocks, pieces, lead_in)
    cuts = [0, *_places(blocks, figures), len(pieces)]
    return ["".join(pieces[start:end]) for start, end in zip(cuts, cuts[1:], strict=False)]


def lead_in(dateline: str, signed: str) -> str:
    """Return the HTML of 本报讯（记者 张可馨）, or nothing where there is no dateline."""
    if not dateline:
        return ""
    return f'<b class="lead-in">{html.escape(dateline)}</b>{html.escape(signed) or " "}'


def _block(block: Block, table_label: str) -> str:
    if block.tag != "table":
        return block.html
    label = html.escape(table_label)
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}">{block.html}</div>'


def _open(blocks: list[Block], pieces: list[str], lead: str) -> None:
    """Open the first paragraph with the lead-in, or give it a paragraph of its own."""
    if blocks and blocks[0].tag == "p":
        pieces[0] = f"<p>{lead}{blocks[0].inner}</p>"
    elif blocks:
        pieces[0] = f"<p>{lead}</p>{pieces[0]}"
    else:
        pieces.append(f"<p>{lead}</p>")


def _places(blocks: list[Block], figures: int) -> list[int]:
    """Return how many blocks come before each picture.

    The first stands after the second paragraph, the others spread over the rest; none stands
    between a subhead and its text.
    """
    after = [number for number, block in enumerate(blocks, 1) if block.tag != "h2"]
    if not figures or not after:
        return [len(blocks)] * figures
    free = after[1:] or after
    return [free[len(free) * number // figures] for number in range(figures)]
