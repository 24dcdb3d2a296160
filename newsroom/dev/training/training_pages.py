"""Raw pages with known labels, made of a paper's archive, to train and to measure on."""

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.intake.parse.lead_ins import may_be_lead_in
from articles.intake.parse.raw_text import CLOSERS, PAUSES, STOPS, ending, squash

NEVER_FIRST = set(PAUSES + STOPS + CLOSERS + "：—")
NEVER_LAST = set("“‘（《")
FIRST_SENTENCE = re.compile(r"\s*.{8,}?[。！？][”’）》]*|.*", re.S)
SENTENCE_ENDS = set("。！？”：")
BREAKS = (0.2, 0.35, 0.35, 0.5)


@dataclass(frozen=True)
class TrainingPage:
    """One page: its lines and the right label of each."""

    name: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]


def load(path: Path) -> list[dict]:
    """Read a JSON Lines archive, gzipped or not; lines without a body are left out."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as rows:
        return [row for row in map(json.loads, rows) if row.get("paragraphs")]


def is_plain(row: dict) -> bool:
    """Tell whether an article is a headline over plain copy: no list, no verse, no photo page."""
    body = row["paragraphs"]
    return (
        bool(row.get("headline"))
        and not row["headline"].startswith("图片报道")
        and len(body) >= 2
        and all(len(squash(text)) >= 12 for text in body)
        and sum(map(len, body)) < 4000
    )


def training_pages(
    rows: Iterable[dict], *, seed: int = 0, breaks: Sequence[float] = BREAKS
) -> Iterator[TrainingPage]:
    """Yield every page of the archive as raw text, with columns broken at random.

    `breaks` are the chances, one of them for each page, that a paragraph is broken once more.
    """
    ordered = sorted(
        rows, key=lambda row: (str(row["date"]), str(row["page"]), row.get("order", 0))
    )
    groups = itertools.groupby(ordered, key=lambda row: (row["date"], row["page"]))
    yield from _pages(
        ((f"{date}-{page}", list(group)) for (date, page), group in groups),
        random.Random(seed),
        breaks,
    )


def mixed_pages(rows: Iterable[dict], *, seed: int = 0) -> Iterator[TrainingPage]:
    """Yield invented pages: the articles of the archive, mixed at random."""
    rng = random.Random(seed)
    shuffled = [_shortened(row) if rng.random() < 0.15 else row for row in rows]
    rng.shuffle(shuffled)
    groups = []
    while shuffled:
        size = rng.randrange(3, 8)
        groups.append((f"mixed-{seed}-{len(groups)}", shuffled[:size]))
        shuffled = shuffled[size:]
    yield from _pages(groups, rng, BREAKS)


def _shortened(row: dict) -> dict:
    """Return an article with the first sentence of every paragraph, as a small paper prints it."""
    return {
        **row,
        "paragraphs": [
            FIRST_SENTENCE.match(text).group() for text in row["paragraphs"] if text.strip()
        ],
    }


def _pages(groups, rng: random.Random, chances: Sequence[float]) -> Iterator[TrainingPage]:
    for name, group in groups:
        breaks = rng.choice(chances)
        pairs = [pair for row in group for pair in _article(row, rng, breaks)]
        if pairs:
            texts, labels = zip(*pairs, strict=False)
            yield TrainingPage(name, texts, labels)


def _article(row: dict, rng: random.Random, breaks: float) -> Iterator[tuple[str, str]]:
    for field, part in (("kicker", "K"), ("headline", "T"), ("deck", "D")):
        if squash(row.get(field) or ""):
            yield row[field].strip(), part
    body = [text for text in map(_without_padding, row["paragraphs"]) if text]
    for text, after in zip(body, body[1:] + [""], strict=False):
        pieces = list(_columns(text, rng, breaks))
        yield from zip(
            pieces, [paragraph_label(text, after)] + ["C"] * (len(pieces) - 1), strict=False
        )


def _without_padding(paragraph: str) -> str:
    return re.sub(r"[ \u3000]{2,}", " ", paragraph).strip()


def paragraph_label(paragraph: str, after: str = "") -> str:
    """Return S for a subhead or summary, P for a paragraph, which ends in a stop, or T.

    A line over a lead-in is the headline of an item, though the archive may
    have filed a round-up of short items as one article.
    """
    if ending(paragraph) not in ("none", "quote", "title"):
        return "P"
    return "T" if may_be_lead_in(after) and len(squash(paragraph)) <= 45 else "S"


def _columns(text: str, rng: random.Random, breaks: float) -> Iterator[str]:
    """Cut a paragraph at random column ends, where the rules of line breaking allow one."""
    while len(text) > 40 and rng.random() < breaks:
        cut = rng.randrange(8, len(text) - 6)
        if not _may_break(text[cut - 1], text[cut]):
            break
        yield text[:cut]
        text = text[cut:]
    yield text


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or before in SENTENCE_ENDS:
        return False
    return not after.isdigit() and not before.isascii()
