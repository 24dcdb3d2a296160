"""Printed pages made of characters with places, and what was read of them."""

from articles.intake.parse.page_pdf.reading import read_printed_page
from articles.intake.parse.page_pdf.types import Character, PrintedPage
from articles.intake.parse.parser import assemble

SIZE = 10.0


def printed(x: float, y: float, text: str, *, size: float = SIZE, ink: float = 0.2, down=False):
    """Return characters in a line, each as wide as its size."""
    step = (0, size) if down else (size, 0)
    return [
        Character(
            each,
            x + n * step[0],
            y + n * step[1],
            x + n * step[0] + size,
            y + n * step[1] + size,
            "",
            size,
            ink=ink,
        )
        for n, each in enumerate(text)
        if each != "\u3000"
    ]


def column(x: float, y: float, *lines: str) -> list[Character]:
    """Return lines of copy under each other."""
    return [each for n, line in enumerate(lines) for each in printed(x, y + n * 14, line)]


def read(*parts, shapes=(), pictures=()):
    """Return the parsed page of characters."""
    characters = tuple(each for part in parts for each in part)
    page = PrintedPage(600, 800, characters, tuple(shapes), tuple(pictures))
    return assemble(read_printed_page(page).blocks)


def told(page) -> list[tuple]:
    """Return heads and paragraphs of the articles."""
    heads = ("kicker", "headline", "deck")
    return [(*map(article.first, heads), article.paragraphs) for article in page.articles]


LEFT = column(
    40,
    100,
    "\u3000\u3000甲镇新建的桥昨天",
    "通车，附近居民前来",
    "观看。桥长五百米，",
    "宽十二米。",
)
RIGHT = column(150, 100, "\u3000\u3000大桥分三段施工，", "先通水，再铺路。")
