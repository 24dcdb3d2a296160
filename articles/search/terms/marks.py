"""Where the words of a query stand in an original text: what is marked, and the snippet."""

from collections.abc import Iterable, Sequence

from .normal import normalise, normalise_with_places

# Pieces of a text in order: the words, and whether they are marked.
Pieces = list[tuple[str, bool]]
# How many characters a snippet has before its first mark, and at most.
BEFORE, LONGEST = 24, 90


def marked(text: str, words: Sequence[str]) -> Pieces:
    """Return a text in pieces, every place of every normalised word marked; [] for an empty one."""
    normal, places = normalise_with_places(text)
    is_marked = bytearray(len(text))
    for word in words:
        at = normal.find(word)
        while at >= 0:
            start, end = places[at], places[at + len(word) - 1] + 1
            is_marked[start:end] = b"\1" * (end - start)
            at = normal.find(word, at + 1)
    pieces: Pieces = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or is_marked[at] != is_marked[start]:
            pieces.append((text[start:at], bool(is_marked[start])))
            start = at
    return pieces if text else []


def snippet(paragraphs: Iterable[str], words: Sequence[str]) -> Pieces:
    """Return the part of the first paragraph with a word, with marks; [] where none has any."""
    for paragraph in paragraphs:
        normal = normalise(paragraph)
        if any(word in normal for word in words):
            return _cut(marked(paragraph, words))
    return []


def _cut(pieces: Pieces) -> Pieces:
    """Cut pieces to the surroundings of the first mark."""
    first = next(at for at, (_, is_marked) in enumerate(pieces) if is_marked)
    before = "".join(text for text, _ in pieces[:first])
    kept = [(("…" + before[-BEFORE:]) if len(before) > BEFORE else before, False)]
    length = len(kept[0][0])
    for text, is_marked in pieces[first:]:
        if length + len(text) > LONGEST and not is_marked:
            kept.append((text[: max(LONGEST - length, 0)] + "…", False))
            break
        kept.append((text, is_marked))
        length += len(text)
    return [piece for piece in kept if piece[0]]
