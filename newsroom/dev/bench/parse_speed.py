"""Measure the processor time of parsing: the sample page, and a megabyte of the worst texts."""

from pathlib import Path
from statistics import median
from time import process_time

from articles.intake.parse.parser import parse

PAGE_LIMIT, MEGABYTE_LIMIT = 20, 2_000
ROUNDS = 20
SAMPLE = Path(__file__).parents[3] / "articles" / "tests" / "samples" / "page-text.txt"
# The worst texts for the parser; each is about a million characters.
WORST = {
    "one line": "云" * 1_000_000,
    "sentences in one line": "云溪区的河。" * 170_000,
    "opening marks": "“（" * 500_000,
    "names": "王芳 摄 " * 200_000,
    "short lines": "云\n" * 500_000,
    "headlines": "\n".join(f"第{i}届云溪书画展今日在老街书画馆开幕" for i in range(48_000)),
}


def cost(text: str) -> float:
    """Return the processor time of one parse, in ms."""
    began = process_time()
    parse(text)
    return (process_time() - began) * 1000


def measure() -> list[tuple[str, float, int]]:
    """Return names of texts, the ms that each took, and the ms that it may take."""
    page = SAMPLE.read_text("utf-8")
    cost(page)
    middle = median(cost(page) for _ in range(ROUNDS))
    megabytes = WORST | {"sample pages": page * (1_000_000 // len(page))}
    found = [(f"1 MB: {name}", cost(text), MEGABYTE_LIMIT) for name, text in megabytes.items()]
    return [("the sample page", middle, PAGE_LIMIT), *found]


def report(measured: list[tuple[str, float, int]]) -> bool:
    """Print the table; return whether every limit holds."""
    print(f"\n{'Reading of printed text':<32}{'CPU':>9}{'limit':>13}")
    for name, spent, limit in measured:
        print(f"{name:<32}{spent:>6.1f} ms{limit:>10,} ms")
    return all(spent <= limit for _, spent, limit in measured)
