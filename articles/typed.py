"""What was typed in an article form and never judged by it, read as the words of an article.

For comparing with what is saved: nothing here is stored, and no value, however odd, is refused.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import inf

from articles import cleaning, tags
from articles.copy import Copy, PictureWords, SignedName
from articles.models import Column, Contributor, Page, Photo
from articles.models.working_copy import Pairs

LINES = ("kicker", "headline", "deck", "dateline")
# The fields of the form that name a row of another table, whatever row of the form they are in.
CHOOSERS = {"page": Page, "column": Column, "contributor": Contributor, "photo": Photo}
LONGEST_KEY = 18
Chosen = dict[tuple[str, str], object]


def chosen(forms: Iterable[Pairs]) -> Chosen:
    """Return the rows that typed fields name: (field, value) → row. Four queries at most."""
    wanted = defaultdict(set)
    for name, value in (pair for pairs in forms for pair in pairs):
        if is_key(value) and chooser(name):
            wanted[chooser(name)].add(int(value))
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


def is_key(value: str) -> bool:
    """Tell whether a value can be the key of a row."""
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_KEY


def copy_of(pairs: Pairs, *, base: Copy, rows: Chosen) -> Copy:
    """Return the words typed; what the form does not hold is as in `base`. `rows`: `chosen`."""
    form = {name: _printable(value) for name, value in pairs}
    words = {name: cleaning.line(form[name]) for name in LINES if name in form}
    if "body" in form:
        words["body"] = cleaning.clean(form["body"])
    if "tags" in form:
        words["tags"] = tuple(tags.names(form["tags"]))
    if "column" in form:
        column = rows.get(("column", form["column"]))
        words["column"] = column.name if column else ""
    if "bylines-TOTAL_FORMS" in form:
        words["bylines"] = tuple(_bylines(form))
    if "captions-TOTAL_FORMS" in form:
        words["captions"] = tuple(_captions(form, rows))
    return replace(base, **words)


def _bylines(form: dict[str, str]) -> Iterable[SignedName]:
    for row in _in_order(form, "bylines"):
        role, name = cleaning.line(row.get("role", "")), cleaning.line(row.get("name", ""))
        if role or name:
            yield SignedName(role, name)


def _captions(form: dict[str, str], rows: Chosen) -> Iterable[PictureWords]:
    for row in _in_order(form, "captions"):
        photo = rows.get(("photo", row.get("photo", "")))
        words, credit = cleaning.lines(row.get("words", "")), cleaning.line(row.get("credit", ""))
        if photo or words or credit:
            yield PictureWords(str(photo.uid) if photo else "", words, credit)


def _in_order(form: dict[str, str], prefix: str) -> list[dict[str, str]]:
    """Return the rows of a form set that stay, as they would be numbered."""
    rows = defaultdict(dict)
    for name, value in form.items():
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == prefix and is_key(parts[1]):
            rows[int(parts[1])][parts[2]] = value
    staying = [rows[number] for number in sorted(rows) if "DELETE" not in rows[number]]
    return sorted(staying, key=_place)


def _place(row: dict[str, str]) -> float:
    order = row.get("order", "")
    return int(order) if is_key(order) and int(order) else inf


def _printable(value: str) -> str:
    """Return a text without halves of characters, which nothing can show."""
    return value.encode("utf-8", "replace").decode()
