"""Marks the reading of a page against what its archive says stood there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.intake.conserving import is_conserved
from articles.intake.marks import squash
from articles.intake.paper import Article, PageReading, Part

ROLES = ("kicker", "headline", "deck")
# What an archive states of lead-in and byline, found here anew and not as the reading finds it.
STATED = re.compile(
    r"(?P<dateline>据?(?:本报|新华社|人民日报)[^（，。]{0,25}?(?:讯|电))(?=[\s（])\s*(?:（(?P<who>[^）]{1,40})）)?\s*"
)
OFFICES = re.compile(r"(?:本报|新华社|人民网)?(?:见习|实习|特约|首席)?(?:记者|通讯员|实习生)")
NAMES = re.compile(r"[\u4e00-\u9fff·]{2,8}(?:[\s、]+[\u4e00-\u9fff·]{2,8})*$")


@dataclass
class Marks:
    """What was counted on some pages, and a line for each failure."""

    counts: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Marks") -> None:
        """Count other pages in."""
        self.counts += other.counts
        self.failures += other.failures

    def share(self, part: str, whole: str) -> float:
        """Return how much of something counted is something else counted, 0 to 1."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    @property
    def headline_f1(self) -> float:
        """Return the harmonic mean of precision and recall of headlines."""
        both = self.counts["headlines wanted"] + self.counts["headlines read"]
        return 2 * self.counts["headlines right"] / both if both else 0.0


def mark(page: str, text: str, wanted: Sequence[dict], reading: PageReading) -> Marks:
    """Return the marks of one page."""
    marks = Marks(Counter(pages=1))
    marks.counts["not conserved"] += not is_conserved(text, reading)
    for found in (_headlines, _paragraphs, _lead_ins, _decisions):
        counts, failures = found(wanted, reading)
        marks.counts += counts
        marks.failures += [f"{page}  {failure}" for failure in failures]
    return marks


def _headlines(wanted, reading) -> tuple[Counter, list[str]]:
    want = Counter(squash(row["headline"]) for row in wanted)
    read = Counter(filter(None, (squash(one.first("headline")) for one in reading.articles)))
    kinds = {squash(block.text): block.kind for block in reading.blocks}
    missed = [f"headline missed, {_read_as(one, kinds)}: {one}" for one in (want - read).elements()]
    known = _known(wanted)
    made = [
        f"headline made of a {known.get(one, 'piece')}: {one}" for one in (read - want).elements()
    ]
    counts = {"wanted": want.total(), "read": read.total(), "right": (want & read).total()}
    return Counter({f"headlines {name}": count for name, count in counts.items()}), missed + made


def _read_as(headline: str, kinds: dict[str, str]) -> str:
    kind = kinds.get(headline)
    return f"read as {kind}" if kind else "joined or cut"


def _known(wanted) -> dict[str, str]:
    """Return what each wanted line is."""
    known = {squash(text): "paragraph" for row in wanted for text in row["paragraphs"]}
    return known | {squash(row[role]): role for row in wanted for role in ROLES if row[role]}


def is_same_paragraph(wanted: str, read: str) -> bool:
    """Say whether a paragraph was rejoined; its lead-in may have become data."""
    whole, words = squash(wanted), squash(read)
    if whole == words or not words:
        return whole == words
    return whole.endswith(words) and len(whole) - len(words) <= 60 and bool(STATED.match(wanted))


def _paragraphs(wanted, reading) -> tuple[Counter, list[str]]:
    left = [text for article in reading.articles for text in article.paragraphs]
    counts, failures = Counter(), []
    for text in (text for row in wanted for text in row["paragraphs"]):
        counts["paragraphs wanted"] += 1
        at = next((i for i, read in enumerate(left) if is_same_paragraph(text, read)), None)
        if at is None:
            failures.append(f"paragraph not rejoined: {text[:16]} … {text[-12:]}")
        else:
            counts["paragraphs right"] += 1
            left.pop(at)
    return counts, failures


def stated(row: dict) -> tuple[str, tuple[str, ...]] | None:
    """Return the dateline and the names that an article opens with, or None."""
    match = STATED.match(row["paragraphs"][0])
    if not match:
        return None
    bare = OFFICES.sub(" ", match["who"] or "").strip()
    names = bare.replace("、", " ").split() if NAMES.match(bare) else ()
    return squash(match["dateline"]), tuple(sorted(names))


def _lead_ins(wanted, reading) -> tuple[Counter, list[str]]:
    want = Counter(filter(None, map(stated, wanted)))
    read = Counter(_led(article) for article in reading.articles if article.dateline)
    counts = {"lead-ins stated": want.total(), "lead-ins right": (want & read).total()}
    missed = [
        f"lead-in not read: {line} {'、'.join(who)}" for line, who in (want - read).elements()
    ]
    return Counter(counts), missed


def _led(article: Article) -> tuple[str, tuple[str, ...]]:
    names = next((part.text for part in article.parts if part.kind == "lead"), "")
    signed = (byline.name for byline in article.bylines if byline.name in squash(names))
    return squash(article.dateline), tuple(sorted(signed))


def _decisions(wanted, reading) -> tuple[Counter, list[str]]:
    """Count what was read as one thing though it is another, and whether that was marked."""
    counts, failures = Counter(), []
    texts = [text for row in wanted for text in row["paragraphs"]]
    heads = {(role, squash(row[role])) for row in wanted for role in ROLES if row[role]}
    for part in _decided(reading):
        counts["decisions"] += 1
        counts["decisions marked"] += part.decision.is_doubtful
        if _is_right(part, heads, texts):
            continue
        counts["decisions wrong"] += 1
        if not part.decision.is_doubtful:
            counts["decisions wrong, unmarked"] += 1
            failures.append(f"wrong, not marked: {part.kind} {part.text[:30]}")
    return counts, failures


def _decided(reading: PageReading) -> Iterator[Part]:
    yield from (part for one in reading.articles for part in one.parts if part.kind != "lead")


def _is_right(part: Part, heads: set, texts: Sequence[str]) -> bool:
    if part.kind in ROLES:
        return (part.kind, squash(part.text)) in heads
    return any(is_same_paragraph(text, part.text) for text in texts)
