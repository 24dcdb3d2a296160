"""Build article content from unvalidated form data, for comparing with what is saved.

Nothing here is saved, and no value, however odd, is refused.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import inf

from django.http import QueryDict

from articles.content import characters, sanitizer
from articles.content.copy import BylineText, CaptionText, Copy, parse_tags
from articles.content.text import parse_id
from articles.models import Column, Contributor, Page, Photo
from articles.models.working_copy import Pairs

LINES = ("kicker", "headline", "deck", "dateline")
# The fields whose value is the key of a row of another table.
CHOOSERS = {"page": Page, "column": Column, "contributor": Contributor, "photo": Photo}
# The rows that fields name: (field, value) → row.
Chosen = dict[tuple[str, str], object]


def chosen_rows(forms: Iterable[Pairs]) -> Chosen:
    """Return the rows that typed fields name. Four queries at most."""
    wanted = defaultdict(set)
    for name, value in (pair for pairs in forms for pair in pairs):
        key = parse_id(value)
        if key is not None and chooser(name):
            wanted[chooser(name)].add(key)
    found = {}
    for field, keys in wanted.items():
        rows = CHOOSERS[field].objects.all()
        rows = rows.select_related("issue") if field == "page" else rows
        found |= {(field, str(key)): row for key, row in rows.in_bulk(keys).items()}
    return found


def chooser(name: str) -> str | None:
    """Return which chooser a field of the form is: "photo" for "captions-0-photo"."""
    field = name.rpartition("-")[2]
    return field if field in CHOOSERS else None


def posted_pairs(post: QueryDict) -> Pairs:
    """Return the names and values of a posted form, in its order, without secrets."""
    return form_pairs((name, value) for name, values in post.lists() for value in values)


def form_pairs(rows: Iterable) -> Pairs:
    """Return names and values that came as JSON, without secrets. Raises ValueError, TypeError."""
    pairs = [(name, value) for name, value in rows]
    if not all(type(part) is str for pair in pairs for part in pair):
        raise ValueError("not text")
    return [(name, value) for name, value in pairs if not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return "password" in name or name == "csrfmiddlewaretoken"


def copy_from_form(pairs: Pairs, *, base: Copy, rows: Chosen) -> Copy:
    """Return the words typed; what the form lacks is as in `base`. `rows` are `chosen_rows`."""
    form = {name: _printable(value) for name, value in pairs}
    words = {name: characters.clean_line(form[name]) for name in LINES if name in form}
    if "body" in form:
        words["body"] = sanitizer.sanitize(form["body"])
    if "tags" in form:
        words["tags"] = tuple(parse_tags(form["tags"]))
    if "column" in form:
        column = rows.get(("column", form["column"]))
        words["column"] = column.name if column else ""
    if "bylines-TOTAL_FORMS" in form:
        words["bylines"] = tuple(_bylines(form))
    if "captions-TOTAL_FORMS" in form:
        words["captions"] = tuple(_captions(form, rows))
    return replace(base, **words)


def _bylines(form: dict[str, str]) -> Iterable[BylineText]:
    for row in _in_order(form, "bylines"):
        role, name = (characters.clean_line(row.get(part, "")) for part in ("role", "name"))
        if role or name:
            yield BylineText(role, name)


def _captions(form: dict[str, str], rows: Chosen) -> Iterable[CaptionText]:
    for row in _in_order(form, "captions"):
        photo = rows.get(("photo", row.get("photo", "")))
        words = characters.clean_lines(row.get("words", ""))
        credit = characters.clean_line(row.get("credit", ""))
        if photo or words or credit:
            yield CaptionText(str(photo.uid) if photo else "", words, credit)


def _in_order(form: dict[str, str], prefix: str) -> list[dict[str, str]]:
    """Return the rows of a formset that are not deleted, as they would be numbered."""
    rows = defaultdict(dict)
    for name, value in form.items():
        parts = name.split("-")
        number = parse_id(parts[1]) if len(parts) == 3 and parts[0] == prefix else None
        if number is not None:
            rows[number][parts[2]] = value
    staying = [rows[number] for number in sorted(rows) if "DELETE" not in rows[number]]
    return sorted(staying, key=lambda row: parse_id(row.get("order", "")) or inf)


def _printable(value: str) -> str:
    """Return a text without lone surrogates, which cannot be encoded."""
    return value.encode("utf-8", "replace").decode()
