"""A parsed page as JSON: the keys of the samples' expected.json, and every decision."""

from collections.abc import Sequence

from .types import ParsedArticle, ParsedByline, ParsedPage, ParsedPart, ParseWarning
from .warnings import find_warnings


def to_json(page: ParsedPage) -> dict:
    """Return a parsed page as plain data."""
    return {
        "stories": [article_json(article) for article in page.articles],
        "warnings": [_warning(warning) for warning in find_warnings(page.articles)],
        "furniture": [{"kind": f.kind, "text": f.text, "line": f.line} for f in page.furniture],
        "page": {
            "label": page.label,
            "name": page.name,
            "date": page.date,
            "editors": _people(page.editors),
        },
        "blocks": [block.as_json() for block in page.blocks],
    }


def article_json(article: ParsedArticle) -> dict:
    """Return one article; its first keys are those of expected.json."""
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
        "is_doubtful": bool(article.doubtful),
        "confidence": min((part.decision.confidence for part in article.parts), default=1.0),
        "parts": [part_json(part) for part in article.parts],
    }


def part_json(part: ParsedPart) -> dict:
    """Return one part with its lines, its column ends (`seams`) and its decision."""
    return {
        "kind": part.kind,
        "text": part.text,
        "lines": list(part.lines),
        "seams": list(part.column_ends),
        "blocks": list(part.blocks),
        **part.decision.as_json(),
    }


def _warning(warning: ParseWarning) -> dict:
    return {
        "code": warning.code,
        "text": warning.text,
        "lines": list(warning.lines),
        "detail": warning.detail,
    }


def _people(people: Sequence[ParsedByline]) -> list[dict]:
    return [{"role": person.role, "name": person.name} for person in people]


def _texts(parts: Sequence[ParsedPart]) -> list[str]:
    return [part.text for part in parts]
