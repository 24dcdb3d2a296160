"""The promise of intake, as a check: every character is in the reading, once and in order."""

from .lines import read_lines
from .marks import squash
from .paper import PageReading


def words(reading: PageReading) -> str:
    """Return all that a reading holds, in printed order, without white space or strays."""
    pieces = [(part.blocks[0], part.text) for article in reading.articles for part in article.parts]
    return squash("".join(text for _, text in pieces))


def is_conserved(text: str, reading: PageReading) -> bool:
    """Say whether articles and furniture together are the source, character by character."""
    lines, stray = read_lines(text)
    source = squash("".join(line.text for line in lines))
    if squash("".join(block.text for block in reading.blocks)) != source:
        return False
    kept = [block for block in reading.blocks if block.kind not in ("furniture", "editors")]
    if squash("".join(block.text for block in kept)) != words(reading):
        return False
    listed = [piece.text for piece in reading.furniture if piece.kind == "stray"]
    return listed == [one.character for one in stray]
