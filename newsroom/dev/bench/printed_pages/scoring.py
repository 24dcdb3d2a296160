"""Score how a printed page was read against what it is known to hold."""

from collections import Counter
from collections.abc import Sequence

from articles.intake.parse.page_pdf.numbering import PageReading
from articles.intake.parse.page_pdf.types import PrintedPage
from articles.intake.parse.parser import assemble
from articles.intake.parse.raw_text import squash
from articles.intake.parse.types import BODY, ParsedArticle, ParsedPage
from newsroom.dev.bench.evaluation import Evaluation, is_same_paragraph

from .content import KnownArticle
from .printing import KnownPage
from .zone_scoring import zone_shares

HEADS = ("headline", "kicker", "deck")
# What must be reached: a share, its name in the counts, and the least.
FLOORS = {
    "headline": 0.99,
    "kicker": 0.98,
    "deck": 0.98,
    "paragraphs": 0.985,
    "articles whole": 0.92,
    "captions": 0.97,
    "zones": 0.97,
}
LOW_ZONE = 0.9  # of a zone that is told
MOST_MARKS = 3  # of a page, to look at


def score(known: KnownPage, printed: PrintedPage, reading: PageReading) -> Evaluation:
    """Score one page."""
    page, total = assemble(reading.blocks), Evaluation(Counter(pages=1))
    for kind in HEADS:
        _score_heads(total, kind, known.articles, page)
    _score_paragraphs(total, known.articles, page)
    _score_whole(total, known.articles, page)
    _score_captions(total, known, reading)
    _score_zones(total, known, page, reading)
    total.counts["marks"] += sum(len(article.doubtful) for article in page.articles)
    total.counts["characters lost"] += _lost(printed, reading)
    total.failures = [f"{known.seed}  {failure}" for failure in total.failures]
    return total


def f1(total: Evaluation, kind: str) -> float:
    """Return the harmonic mean of precision and recall of a kind of heads."""
    both = total.counts[f"{kind} wanted"] + total.counts[f"{kind} read"]
    return 2 * total.counts[f"{kind} right"] / both if both else 1.0


def shares(total: Evaluation) -> dict[str, float]:
    """Return what was reached, by the names of FLOORS."""
    heads = {kind: f1(total, kind) for kind in HEADS}
    others = ("paragraphs", "articles whole", "captions", "zones")
    return heads | {name: total.share(f"{name} right", f"{name} wanted") for name in others}


def _score_heads(total, kind: str, articles: Sequence[KnownArticle], page: ParsedPage) -> None:
    want = Counter(filter(None, (squash(getattr(one, kind)) for one in articles)))
    read = Counter(filter(None, (squash(one.first(kind)) for one in page.articles)))
    total.counts[f"{kind} wanted"] += want.total()
    total.counts[f"{kind} read"] += read.total()
    total.counts[f"{kind} right"] += (want & read).total()
    total.failures += [f"{kind} missed: {text}" for text in (want - read).elements()]
    total.failures += [f"{kind} made: {text}" for text in (read - want).elements()]


def _score_paragraphs(total, articles: Sequence[KnownArticle], page: ParsedPage) -> None:
    left = [text for article in page.articles for text in article.paragraphs]
    for text in (text for article in articles for text in article.paragraphs):
        total.counts["paragraphs wanted"] += 1
        at = next((n for n, read in enumerate(left) if is_same_paragraph(text, read)), None)
        if at is None:
            total.failures.append(f"paragraph: {text[:16]} … {text[-12:]}")
        else:
            total.counts["paragraphs right"] += 1
            left.pop(at)


def _score_whole(total, articles: Sequence[KnownArticle], page: ParsedPage) -> None:
    by_headline = {squash(article.first("headline")): article for article in page.articles}
    for article in articles:
        total.counts["articles whole wanted"] += 1
        read = by_headline.get(squash(article.headline))
        if read and _is_whole(article, read):
            total.counts["articles whole right"] += 1
        else:
            total.failures.append(f"not whole: {article.headline}")


def _is_whole(article: KnownArticle, read: ParsedArticle) -> bool:
    heads = all(squash(getattr(article, kind)) == squash(read.first(kind)) for kind in HEADS)
    texts = [part.text for part in read.all(*BODY) if squash(part.text)]
    is_same = len(texts) == len(article.paragraphs)
    return heads and is_same and all(map(is_same_paragraph, article.paragraphs, texts))


def _score_captions(total, known: KnownPage, reading: PageReading) -> None:
    texts = {block.line: block.text for block in reading.blocks}
    for article in known.articles:
        for picture in article.pictures:
            total.counts["captions wanted"] += 1
            wanted = squash(picture.caption + picture.credit)
            box = [1000 * side for side in known.pictures[picture.key]]
            near = min(reading.pictures, key=lambda each: _distance(each.box, box), default=None)
            read = squash("".join(texts[line] for line in near.lines)) if near else ""
            if read == wanted:
                total.counts["captions right"] += 1
            else:
                total.failures.append(f"caption: {wanted} read as {read[:40]}")


def _score_zones(total, known: KnownPage, page: ParsedPage, reading: PageReading) -> None:
    """Count zones in thousandths, as counts are whole."""
    shares = zone_shares(known, page, reading)
    total.counts["zones wanted"] += 1000 * len(shares)
    total.counts["zones right"] += sum(round(1000 * share) for share in shares)
    for article, share in zip(known.articles, shares, strict=True):
        if share < LOW_ZONE:
            total.failures.append(f"zone {share:.2f}: {article.headline}")


def _distance(one: Sequence[float], two: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(one, two, strict=True))


def _lost(printed: PrintedPage, reading: PageReading) -> int:
    want = Counter(each.text for each in printed.characters)
    read = Counter(squash("".join(block.text for block in reading.blocks)))
    return ((want - read) + (read - want)).total()
