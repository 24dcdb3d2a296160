"""A reading as JSON: the keys of the golden reading, and everything else that was decided."""

from collections.abc import Iterable, Sequence

from .paper import Article, Block, Byline, Decision, PageReading, Part, Warning


def to_json(reading: PageReading) -> dict:
    """Return a reading as plain data."""
    return {
        "stories": [article_json(article) for article in reading.articles],
        "warnings": [_warning(warning) for warning in reading.warnings],
        "furniture": [{"kind": f.kind, "text": f.text, "line": f.line} for f in reading.furniture],
        "page": {
            "label": reading.label,
            "name": reading.name,
            "date": reading.date,
            "editors": _people(reading.editors),
        },
        "blocks": [block_json(block) for block in reading.blocks],
    }


def article_json(article: Article) -> dict:
    """Return one article; the first keys are those of the golden reading."""
    doubtful = article.doubtful
    return {
        "kind": article.kind,
        "genre": article.kind,
        "column": article.first("column"),
        "kicker": article.first("kicker"),
        "headline": article.first("headline"),
        "deck": article.first("deck"),
        "dateline": article.dateline,
        "bylines": _people(article.bylines),
        "paragraphs": article.paragraphs,
        "subheads": _texts(article.all("subhead")),
        "captions": _texts(article.all("caption")),
        "credits": _people(article.credits),
        "notes": _texts(article.all("note")),
        "signoff": _texts(article.all("signoff")),
        "jump_to": list(article.jump_to),
        "jump_from": list(article.jump_from),
        "is_doubtful": bool(doubtful),
        "confidence": min((part.decision.confidence for part in article.parts), default=1.0),
        "parts": [part_json(part) for part in article.parts],
    }


def part_json(part: Part) -> dict:
    """Return one part with its lines, its seams and why it was read so."""
    return {
        "kind": part.kind,
        "text": part.text,
        "lines": list(part.lines),
        "seams": list(part.seams),
        "blocks": list(part.blocks),
        **_decision(part.decision),
    }


def block_json(block: Block) -> dict:
    """Return one block; `block_from_json` reads it back."""
    return {
        "line": block.line,
        "text": block.text,
        "kind": block.kind,
        "starts_article": block.starts_article,
        "joins_previous": block.joins_previous,
        **_decision(block.decision),
        "is_by_hand": block.decision.is_by_hand,
    }


def blocks_from_json(rows: Iterable[dict]) -> tuple[Block, ...]:
    """Read a list of blocks back."""
    return tuple(_block(row) for row in rows)


def _block(row: dict) -> Block:
    decision = Decision(
        row.get("reason", ""), row.get("confidence", 1.0), row.get("is_by_hand", False)
    )
    return Block(
        row["line"],
        row["text"],
        row["kind"],
        decision,
        row["starts_article"],
        row["joins_previous"],
    )


def _decision(decision: Decision) -> dict:
    return {
        "reason": decision.reason,
        "confidence": decision.confidence,
        "is_doubtful": decision.is_doubtful,
    }


def _warning(warning: Warning) -> dict:
    return {
        "code": warning.code,
        "text": warning.text,
        "lines": list(warning.lines),
        "detail": warning.detail,
    }


def _people(people: Sequence[Byline]) -> list[dict]:
    return [{"role": person.role, "name": person.name} for person in people]


def _texts(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts]
