"""Break a headline into a few lines of one width, between words, as evenly as it goes."""

from collections.abc import Callable, Sequence

from articles.content import headline_html

Measure = Callable[[str], float]
ELLIPSIS = "…"
# By how much of the width lines are narrowed at a time to make them even.
STEP = 0.04


def fit_headline(
    headline: str,
    sizes: Sequence[int],
    measure: Callable[[int], Measure],
    width: float,
    most: Callable[[int], int],
) -> tuple[int, list[str]]:
    """Return the largest size at which a headline fits into few lines, and these lines.

    `measure(size)` measures a text at a size, `most(size)` is how many lines there may be;
    `sizes` are given from the largest on. Lines end at the spaces of the headline where they can.
    What does not fit at the smallest size is cut, and ends in an ellipsis.
    """
    for size in sizes:
        for lines in (headline.split(), even_lines(headline, measure(size), width)):
            if 0 < len(lines) <= most(size) and max(map(measure(size), lines)) <= width:
                return size, lines
    return sizes[-1], _cut(headline, measure(sizes[-1]), width, most(sizes[-1]))


def even_lines(headline: str, measure: Measure, width: float) -> list[str]:
    """Return the lines of a headline, as few as the width allows and then as even as it goes.

    A piece that is wider than the width alone has a line of its own.
    """
    pieces = _pieces(headline)
    lines = _filled(pieces, measure, width)
    narrower = width
    while (narrower := narrower - width * STEP) > 0:
        narrowed = _filled(pieces, measure, narrower)
        if len(narrowed) > len(lines) or max(map(measure, narrowed)) > narrower:
            break
        lines = narrowed
    return lines


def _pieces(headline: str) -> list[str]:
    """Return the pieces that no line breaks, a space at the end of the piece before it."""
    found: list[str] = []
    for part in headline.split():
        found.extend(headline_html.units(part))
        found[-1] += " "
    return found or [""]


def _filled(pieces: list[str], measure: Measure, width: float) -> list[str]:
    """Fill line after line with the pieces that go into it."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _cut(headline: str, measure: Measure, width: float, most: int) -> list[str]:
    """Return the first lines of a headline, the last of them ending in an ellipsis."""
    lines = _filled(_pieces(headline), measure, width)[:most]
    lines[-1] += ELLIPSIS
    return [shortened(line, measure, width) for line in lines]


def shortened(text: str, measure: Measure, width: float) -> str:
    """Return a text as far as it goes into a width; an ellipsis stands for what does not."""
    if measure(text) <= width:
        return text
    text = text.removesuffix(ELLIPSIS)
    while text and measure(text + ELLIPSIS) > width:
        text = text[:-1]
    return text + ELLIPSIS
