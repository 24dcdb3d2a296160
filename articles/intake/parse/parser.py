"""Parse the raw text of a page: text → blocks → articles. No character is lost."""

import re
from collections.abc import Collection, Iterator, Sequence

from articles.content import characters

from . import patterns
from .fixed_lines import BULLETS, classify_fixed_lines
from .labels.crf import Weights, learnt_weights
from .labels.line_labels import label_blocks
from .lead_ins import NAME_SEPARATOR, LeadIn, parse_bylines, parse_credit, parse_lead_in
from .printed_lines import join_printed_lines
from .raw_text import read_lines
from .types import (
    BODY,
    FURNITURE,
    Decision,
    Furniture,
    ParsedArticle,
    ParsedBlock,
    ParsedByline,
    ParsedPage,
    ParsedPart,
)

MOST_LINES = 6_000  # more than any page has; the lines after them become one block
CONTINUOUS = (*BODY, "note", "caption")  # joined without a space
JOINABLE = (*CONTINUOUS, "kicker", "headline", "deck", "column")
EDITOR_ROLE = re.compile(rf"(?P<role>{patterns.PAGE_ROLE})[：:\s\u3000]+")
DIGITS = re.compile(r"\d+")
NumberedBlock = tuple[int, ParsedBlock]


def parse(
    text: str, *, columns: Collection[str] = (), weights: Weights | None = None
) -> ParsedPage:
    """Parse a page; `columns` are the names of the paper's standing columns."""
    return assemble(*parse_blocks(text, columns=columns, weights=weights))


def parse_blocks(
    text: str, *, columns: Collection[str] = (), weights: Weights | None = None
) -> tuple[tuple[ParsedBlock, ...], tuple[Furniture, ...]]:
    """Return the blocks of a page, and the invisible characters that were removed."""
    lines, removed = read_lines(text)
    pieces = classify_fixed_lines(join_printed_lines(lines[:MOST_LINES]))
    blocks = label_blocks(pieces, weights or learnt_weights(), columns)
    if rest := lines[MOST_LINES:]:
        unparsed = "\n".join(line.text for line in rest)
        decision = Decision("not-a-page", 0.0)
        blocks += (ParsedBlock(rest[0].number, unparsed, "furniture", decision),)
    return blocks, tuple(Furniture("stray", one.character, one.line) for one in removed)


def assemble(blocks: Sequence[ParsedBlock], removed: Sequence[Furniture] = ()) -> ParsedPage:
    """Make the articles and the furniture of a page of its blocks."""
    furniture = furniture_of(blocks)
    return ParsedPage(
        blocks=tuple(blocks),
        articles=tuple(map(_article, _groups(blocks))),
        furniture=(*furniture, *removed),
        **parse_folio(furniture),
    )


def furniture_of(blocks: Sequence[ParsedBlock]) -> tuple[Furniture, ...]:
    """Return the blocks that belong to no article."""
    return tuple(Furniture(b.kind, b.text, b.line) for b in blocks if b.kind in FURNITURE)


def parse_folio(furniture: Sequence[Furniture]) -> dict:
    """Return label, name, date (ISO) and editors of the page, as far as they are printed."""
    found = {"label": "", "name": "", "date": "", "editors": ()}
    for text in (piece.text for piece in furniture):
        if match := len(text) <= 14 and patterns.PAGE_LABEL.match(text):
            found["label"] = found["label"] or characters.narrow(match["label"] or "")
            found["label"] = found["label"] or match["numeral"] or ""
            found["name"] = found["name"] or match["name"] or ""
        if match := patterns.DATE_LINE.match(text):
            found["date"] = found["date"] or _iso_date(match["date"])
        found["editors"] += _editors(text)
    return found


def _iso_date(date: str) -> str:
    year, month, day = map(int, DIGITS.findall(date)[:3])
    return f"{year:04d}-{month:02d}-{day:02d}"


def _editors(text: str) -> tuple[ParsedByline, ...]:
    roles = list(EDITOR_ROLE.finditer(text))
    ends = [match.start() for match in roles[1:]] + [len(text)]
    return tuple(
        ParsedByline(match["role"], name)
        for match, end in zip(roles, ends, strict=False)
        for name in _editor_names(text[match.end() : end])
    )


def _editor_names(text: str) -> list[str]:
    tokens = [token for token in NAME_SEPARATOR.split(text) if token]
    is_padded = len(tokens) == 2 and all(len(token) == 1 for token in tokens)
    return ["".join(tokens)] if is_padded else tokens


def _groups(blocks: Sequence[ParsedBlock]) -> Iterator[list[NumberedBlock]]:
    """Yield the numbered blocks of one article after another, without furniture."""
    group: list[NumberedBlock] = []
    for number, block in enumerate(blocks):
        if block.kind in FURNITURE:
            continue
        if block.starts_article and group:
            yield group
            group = []
        group.append((number, block))
    if group:
        yield group


def _article(group: Sequence[NumberedBlock]) -> ParsedArticle:
    parts, lead_in = _cut_lead_in([*map(_part, _paragraphs(group))])
    names = tuple(person for part in parts for person in _bylines(part, lead_in))
    credits = tuple(
        person for part in parts if part.kind == "credit" for person in _credits(part.text)
    )
    kind = _kind(parts, lead_in, credits)
    return ParsedArticle(
        parts=tuple(parts),
        kind=kind,
        dateline=lead_in.dateline if lead_in else "",
        bylines=names + credits if kind == "photo" else names,
        credits=credits,
        jump_to=_pages(parts, "jump-to", patterns.JUMP_TO, patterns.POINTER),
        jump_from=_pages(parts, "jump-from", patterns.JUMP_FROM),
    )


def _paragraphs(group: Sequence[NumberedBlock]) -> list[list[NumberedBlock]]:
    """Gather the blocks that are one paragraph; anything between two blocks parts them."""
    runs: list[list[NumberedBlock]] = []
    for number, block in group:
        can_join = runs and block.joins_previous and block.kind in JOINABLE
        if can_join and runs[-1][0][1].kind in JOINABLE:
            runs[-1].append((number, block))
        else:
            runs.append([(number, block)])
    return runs


def _part(run: Sequence[NumberedBlock]) -> ParsedPart:
    blocks = [block for _, block in run]
    glue = "" if blocks[0].kind in CONTINUOUS else " "
    column_ends, length = [], 0
    for block in blocks[:-1]:
        length += len(block.text)
        column_ends.append(length)
        length += len(glue)
    return ParsedPart(
        kind=blocks[0].kind,
        text=glue.join(block.text for block in blocks),
        lines=tuple(block.line for block in blocks),
        decision=min((block.decision for block in blocks), key=lambda one: one.confidence),
        column_ends=tuple(column_ends),
        blocks=tuple(number for number, _ in run),
    )


def _cut_lead_in(parts: list[ParsedPart]) -> tuple[list[ParsedPart], LeadIn | None]:
    """Cut the lead-in off the first paragraph; it becomes a part of its own."""
    at = next((i for i, part in enumerate(parts) if part.kind == "body"), None)
    lead_in = parse_lead_in(parts[at].text) if at is not None else None
    if not lead_in:
        return parts, None
    part, end, decision = parts[at], lead_in.end, Decision("lead-in", 0.98)
    head = ParsedPart("lead", lead_in.printed, part.lines[:1], decision, (), part.blocks[:1])
    ends = tuple(each - end for each in part.column_ends if each > end)
    body = ParsedPart("body", part.text[end:], part.lines, part.decision, ends, part.blocks)
    return [*parts[:at], head, *([body] if body.text else []), *parts[at + 1 :]], lead_in


def _bylines(part: ParsedPart, lead_in: LeadIn | None) -> tuple[ParsedByline, ...]:
    """Return the bylines of a part: under the headline, in the lead-in, or at the end."""
    if part.kind == "lead" and lead_in:
        return lead_in.bylines
    if part.kind == "byline":
        return parse_bylines(part.text.lstrip(BULLETS)) or ()
    if part.kind == "source" and "记者" in part.text:
        return _end_bylines(part.text)
    return ()


def _end_bylines(text: str) -> tuple[ParsedByline, ...]:
    """Return the names in brackets at the end of a report, after any dateline."""
    inside = text.strip("（()） \u3000\xa0")
    lead_in = parse_lead_in(inside)
    names = inside[lead_in.end :] if lead_in else inside.removeprefix("综合").removesuffix("报道")
    return parse_bylines(names) or ()


def _credits(text: str) -> tuple[ParsedByline, ...]:
    text = text.strip("（()） ") if text[0] in "（(" else text
    match = patterns.CREDIT_LABEL.match(text) or patterns.CREDIT.match(text)
    return parse_credit(match["names"], match["verb"]) if match else ()


def _kind(parts, lead_in, credits) -> str:
    headline = next((part.text for part in parts if part.kind == "headline"), "")
    kinds = [part.kind for part in parts]
    if patterns.CORRECTION.match(headline):
        return "correction"
    if patterns.NOTICE.search(headline) or "signoff" in kinds:
        return "notice"
    if "verse" in kinds:
        return "verse"
    bodies = sum(kind in BODY for kind in kinds)
    has_picture = credits or "caption" in kinds and not bodies
    return "photo" if not lead_in and bodies <= 2 and has_picture else "article"


def _pages(parts, kind, *page_patterns) -> tuple[str, ...]:
    texts = [part.text for part in parts if part.kind == kind]
    found = (pattern.search(text) for text in texts for pattern in page_patterns)
    return tuple(characters.narrow(match["page"]) for match in found if match)
