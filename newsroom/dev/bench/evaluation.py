"""Evaluate a parsed page against the articles that its archive has for it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.intake.parse.integrity import is_complete
from articles.intake.parse.raw_text import squash
from articles.intake.parse.types import ParsedArticle, ParsedPage, ParsedPart

ROLES = ("kicker", "headline", "deck")
# The lead-in and bylines of an archived article, found here without the parser.
STATED = re.compile(
    r"(?P<dateline>据?(?:本报|新华社|人民日报)[^（，。]{0,25}?(?:讯|电))(?=[\s（])\s*(?:（(?P<who>[^）]{1,40})）)?\s*"
)
OFFICES = re.compile(r"(?:本报|新华社|人民网)?(?:见习|实习|特约|首席)?(?:记者|通讯员|实习生)")
NAMES = re.compile(r"[\u4e00-\u9fff·]{2,8}(?:[\s、]+[\u4e00-\u9fff·]{2,8})*$")


@dataclass
class Evaluation:
    """Counts of some pages, and a line for each failure."""

    counts: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Evaluation") -> None:
        """Add the counts and failures of other pages."""
        self.counts += other.counts
        self.failures += other.failures

    def share(self, part: str, whole: str) -> float:
        """Return one count divided by another, 0 where that is none."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    @property
    def headline_f1(self) -> float:
        """Return the harmonic mean of precision and recall of headlines."""
        both = self.counts["headlines wanted"] + self.counts["headlines read"]
        return 2 * self.counts["headlines right"] / both if both else 0.0


def evaluate(page: str, text: str, wanted: Sequence[dict], parsed: ParsedPage) -> Evaluation:
    """Evaluate one page."""
    total = Evaluation(Counter(pages=1))
    total.counts["not conserved"] += not is_complete(text, parsed)
    for found in (_headlines, _paragraphs, _lead_ins, _decisions):
        counts, failures = found(wanted, parsed)
        total.counts += counts
        total.failures += [f"{page}  {failure}" for failure in failures]
    return total


def _headlines(wanted, parsed) -> tuple[Counter, list[str]]:
    want = Counter(squash(row["headline"]) for row in wanted)
    read = Counter(filter(None, (squash(one.first("headline")) for one in parsed.articles)))
    kinds = {squash(block.text): block.kind for block in parsed.blocks}
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
    """Tell whether a paragraph was rejoined; its lead-in may have become data."""
    whole, words = squash(wanted), squash(read)
    if whole == words or not words:
        return whole == words
    return whole.endswith(words) and len(whole) - len(words) <= 60 and bool(STATED.match(wanted))


def _paragraphs(wanted, parsed) -> tuple[Counter, list[str]]:
    left = [text for article in parsed.articles for text in article.paragraphs]
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


def archived_lead_in(row: dict) -> tuple[str, tuple[str, ...]] | None:
    """Return the dateline and the names that an article opens with, or None."""
    match = STATED.match(row["paragraphs"][0])
    if not match:
        return None
    bare = OFFICES.sub(" ", match["who"] or "").strip()
    names = bare.replace("、", " ").split() if NAMES.match(bare) else ()
    return squash(match["dateline"]), tuple(sorted(names))


def _lead_ins(wanted, parsed) -> tuple[Counter, list[str]]:
    want = Counter(filter(None, map(archived_lead_in, wanted)))
    read = Counter(_parsed_lead_in(article) for article in parsed.articles if article.dateline)
    counts = {"lead-ins stated": want.total(), "lead-ins right": (want & read).total()}
    missed = [
        f"lead-in not read: {line} {'、'.join(who)}" for line, who in (want - read).elements()
    ]
    return Counter(counts), missed


def _parsed_lead_in(article: ParsedArticle) -> tuple[str, tuple[str, ...]]:
    names = next((part.text for part in article.parts if part.kind == "lead"), "")
    signed = (byline.name for byline in article.bylines if byline.name in squash(names))
    return squash(article.dateline), tuple(sorted(signed))


def _decisions(wanted, parsed) -> tuple[Counter, list[str]]:
    """Count the parts of a wrong kind, and those of them that are not doubtful."""
    counts, failures = Counter(), []
    texts = [text for row in wanted for text in row["paragraphs"]]
    heads = {(role, squash(row[role])) for row in wanted for role in ROLES if row[role]}
    for part in _decided(parsed):
        counts["decisions"] += 1
        counts["decisions marked"] += part.decision.is_doubtful
        if _is_right(part, heads, texts):
            continue
        counts["decisions wrong"] += 1
        if not part.decision.is_doubtful:
            counts["decisions wrong, unmarked"] += 1
            failures.append(f"wrong, not marked: {part.kind} {part.text[:30]}")
    return counts, failures


def _decided(parsed: ParsedPage) -> Iterator[ParsedPart]:
    yield from (part for one in parsed.articles for part in one.parts if part.kind != "lead")


def _is_right(part: ParsedPart, heads: set, texts: Sequence[str]) -> bool:
    if part.kind in ROLES:
        return (part.kind, squash(part.text)) in heads
    return any(is_same_paragraph(text, part.text) for text in texts)
