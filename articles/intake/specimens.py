"""Raw pages with a known reading, made from a paper's own archive, to train and to measure on."""

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .datelines import may_lead
from .marks import CLOSERS, PAUSES, STOPS, ending, squash

NEVER_FIRST = set(PAUSES + STOPS + CLOSERS + "：—")
NEVER_LAST = set("“‘（《")
FIRST = re.compile(r"\s*.{8,}?[。！？][”’）》]*|.*", re.S)
SETTLED = set("。！？”：")
BREAKS = (0.2, 0.35, 0.35, 0.5)


@dataclass(frozen=True)
class Specimen:
    """One page: its lines and, for each, the label that a reader would give it."""

    name: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]


def load(path: Path) -> list[dict]:
    """Read a JSON Lines archive, gzipped or not; lines without a body are left out."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as rows:
        return [row for row in map(json.loads, rows) if row.get("paragraphs")]


def is_plain(row: dict) -> bool:
    """Say whether an article is a headline over plain copy: no list, no verse, no photo page."""
    body = row["paragraphs"]
    return (
        bool(row.get("headline"))
        and not row["headline"].startswith("图片报道")
        and len(body) >= 2
        and all(len(squash(text)) >= 12 for text in body)
        and sum(map(len, body)) < 4000
    )


def specimens(
    rows: Iterable[dict], *, seed: int = 0, breaks: Sequence[float] = BREAKS
) -> Iterator[Specimen]:
    """Yield every page of the archive as raw extraction would give it, columns broken at random.

    `breaks` are the chances, one of them for each page, that a paragraph is broken once more.
    """
    ordered = sorted(
        rows, key=lambda row: (str(row["date"]), str(row["page"]), row.get("order", 0))
    )
    groups = itertools.groupby(ordered, key=lambda row: (row["date"], row["page"]))
    yield from _printed(
        ((f"{date}-{page}", list(group)) for (date, page), group in groups),
        random.Random(seed),
        breaks,
    )


def mixed(rows: Iterable[dict], *, seed: int = 0) -> Iterator[Specimen]:
    """Yield pages that never were: the articles of the archive in another company each time."""
    rng = random.Random(seed)
    shuffled = [_brief(row) if rng.random() < 0.15 else row for row in rows]
    rng.shuffle(shuffled)
    groups = []
    while shuffled:
        size = rng.randrange(3, 8)
        groups.append((f"mixed-{seed}-{len(groups)}", shuffled[:size]))
        shuffled = shuffled[size:]
    yield from _printed(groups, rng, BREAKS)


def _brief(row: dict) -> dict:
    """Return an article as a small paper would print it: of every paragraph the first sentence."""
    return {
        **row,
        "paragraphs": [FIRST.match(text).group() for text in row["paragraphs"] if text.strip()],
    }


def _printed(groups, rng: random.Random, chances: Sequence[float]) -> Iterator[Specimen]:
    for name, group in groups:
        breaks = rng.choice(chances)
        pairs = [pair for row in group for pair in _article(row, rng, breaks)]
        if pairs:
            texts, labels = zip(*pairs, strict=False)
            yield Specimen(name, texts, labels)


def _article(row: dict, rng: random.Random, breaks: float) -> Iterator[tuple[str, str]]:
    for field, part in (("kicker", "K"), ("headline", "T"), ("deck", "D")):
        if squash(row.get(field) or ""):
            yield row[field].strip(), part
    body = [text for text in map(_tidy, row["paragraphs"]) if text]
    for text, after in zip(body, body[1:] + [""], strict=False):
        pieces = list(_broken(text, rng, breaks))
        yield from zip(pieces, [label(text, after)] + ["C"] * (len(pieces) - 1), strict=False)


def _tidy(paragraph: str) -> str:
    return re.sub(r"[ \u3000]{2,}", " ", paragraph).strip()


def label(paragraph: str, after: str = "") -> str:
    """Tell a subhead or summary from a paragraph: it lacks the stop of a sentence.

    A line that stands over a lead-in is the headline of an item, though the archive may
    have filed a round-up of short items as one article.
    """
    if ending(paragraph) not in ("none", "quote", "title"):
        return "P"
    return "T" if may_lead(after) and len(squash(paragraph)) <= 45 else "S"


def _broken(text: str, rng: random.Random, breaks: float) -> Iterator[str]:
    """Cut a paragraph at column ends, where the rules of line breaking allow one."""
    while len(text) > 40 and rng.random() < breaks:
        cut = rng.randrange(8, len(text) - 6)
        if not _may_break(text[cut - 1], text[cut]):
            break
        yield text[:cut]
        text = text[cut:]
    yield text


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or before in SETTLED:
        return False
    return not after.isdigit() and not before.isascii()
