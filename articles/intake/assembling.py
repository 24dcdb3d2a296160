"""From blocks to articles: the same blocks always give the same reading."""

from collections.abc import Iterator, Sequence

from . import grammar as g
from .datelines import LeadIn, lead_in
from .folios import folio
from .names import credited, people
from .paper import BODY, FURNITURE, Article, Block, Byline, Decision, Furniture, PageReading, Part
from .suspicions import suspicions

JOINABLE = (*BODY, "note", "caption", "kicker", "headline", "deck", "column")


def assemble(blocks: Sequence[Block], stray: Sequence[Furniture] = ()) -> PageReading:
    """Put blocks together into the articles and the furniture of a page."""
    articles = tuple(_article(group) for group in _groups(blocks))
    furniture = tuple(Furniture(b.kind, b.text, b.line) for b in blocks if b.kind in FURNITURE)
    return PageReading(
        blocks=tuple(blocks),
        articles=articles,
        furniture=(*furniture, *stray),
        warnings=tuple(suspicions(articles)),
        **folio(furniture),
    )


def _groups(blocks: Sequence[Block]) -> Iterator[list[tuple[int, Block]]]:
    """Yield the numbered blocks of one article after another, furniture left out."""
    group: list[tuple[int, Block]] = []
    for numbered in enumerate(blocks):
        block = numbered[1]
        if block.kind in FURNITURE:
            continue
        if block.starts_article and group:
            yield group
            group = []
        group.append(numbered)
    if group:
        yield group


def _article(group: Sequence[tuple[int, Block]]) -> Article:
    parts = list(map(_part, _joined(group)))
    parts, lead = _with_lead(parts)
    names = tuple(person for part in parts for person in _signed(part, lead))
    credits = tuple(
        person for part in parts if part.kind == "credit" for person in _credits(part.text)
    )
    kind = _kind(parts, lead, credits)
    return Article(
        parts=tuple(parts),
        kind=kind,
        dateline=lead.dateline if lead else "",
        bylines=names + credits if kind == "photo" else names,
        credits=credits,
        jump_to=_pages(parts, "jump-to", g.JUMP_TO, g.POINTER),
        jump_from=_pages(parts, "jump-from", g.JUMP_FROM),
    )


def _joined(group: Sequence[tuple[int, Block]]) -> list[list[tuple[int, Block]]]:
    """Gather the blocks that are one paragraph; a join skips what a column end put between."""
    runs: list[list[tuple[int, Block]]] = []
    open_run: list[tuple[int, Block]] | None = None
    for numbered in group:
        block = numbered[1]
        if (
            block.joins_previous
            and open_run is not None
            and block.kind in JOINABLE
            and _is_next(runs, open_run)
        ):
            open_run.append(numbered)
            continue
        runs.append([numbered])
        if block.kind in JOINABLE:
            open_run = runs[-1]
    return runs


def _is_next(runs, open_run) -> bool:
    return runs[-1] is open_run


def _part(run: Sequence[tuple[int, Block]]) -> Part:
    blocks = [block for _, block in run]
    glue = "" if blocks[0].kind in (*BODY, "note", "caption") else " "
    seams, length = [], 0
    for block in blocks[:-1]:
        length += len(block.text)
        seams.append(length)
        length += len(glue)
    weakest = min((block.decision for block in blocks), key=lambda decision: decision.confidence)
    return Part(
        kind=blocks[0].kind,
        text=glue.join(block.text for block in blocks),
        lines=tuple(block.line for block in blocks),
        decision=weakest,
        seams=tuple(seams),
        blocks=tuple(number for number, _ in run),
    )


def _with_lead(parts: list[Part]) -> tuple[list[Part], LeadIn | None]:
    """Cut the lead-in off the first paragraph; it becomes a part of its own."""
    at = next((i for i, part in enumerate(parts) if part.kind == "body"), None)
    lead = lead_in(parts[at].text) if at is not None else None
    if not lead:
        return parts, None
    part = parts[at]
    head = Part(
        "lead", lead.printed, part.lines[:1], Decision("lead-in", 0.98), (), part.blocks[:1]
    )
    seams = tuple(seam - lead.end for seam in part.seams if seam > lead.end)
    body = Part("body", part.text[lead.end :], part.lines, part.decision, seams, part.blocks)
    return [*parts[:at], head, *([body] if body.text else []), *parts[at + 1 :]], lead


def _signed(part: Part, lead: LeadIn | None) -> tuple[Byline, ...]:
    """Return who signed, as this part tells: under the headline, in the lead-in, or at the end."""
    if part.kind == "lead" and lead:
        return lead.bylines
    if part.kind == "byline":
        return people(part.text.lstrip("□■●◎◆◇▲△★☆○◯▪• \u3000")) or ()
    if part.kind == "source" and "记者" in part.text:
        return _late(part.text)
    return ()


def _late(text: str) -> tuple[Byline, ...]:
    """Read the names in brackets at the end of a report, after any dateline."""
    inside = text.strip("（()） \u3000\xa0")
    lead = lead_in(inside)
    return (
        people(inside[lead.end :] if lead else inside.removeprefix("综合").removesuffix("报道"))
        or ()
    )


def _credits(text: str) -> tuple[Byline, ...]:
    text = text.strip("（()） ") if text[0] in "（(" else text
    if match := g.CREDIT_LABEL.match(text):
        return credited(match["names"], match["verb"])
    match = g.CREDIT.match(text)
    return credited(match["names"], match["verb"]) if match else ()


def _kind(parts, lead, credits) -> str:
    head = next((part.text for part in parts if part.kind == "headline"), "")
    if g.CORRECTION.match(head):
        return "correction"
    if g.NOTICE.search(head) or any(part.kind == "signoff" for part in parts):
        return "notice"
    if any(part.kind == "verse" for part in parts):
        return "verse"
    bodies = sum(part.kind in BODY for part in parts)
    captioned = any(part.kind == "caption" for part in parts)
    return (
        "photo" if not lead and bodies <= 2 and (credits or captioned and not bodies) else "article"
    )


def _pages(parts, kind, *patterns) -> tuple[str, ...]:
    texts = [part.text for part in parts if part.kind == kind]
    found = (pattern.search(text) for text in texts for pattern in patterns)
    return tuple(match["page"] for match in found if match)
