"""拆出标题、电头、署名: what the text of a form prints goes into its fields, unsaved.

The form is posted with SPLIT to its own address and comes back filled, with what was done; the
script static/js/desk/body_editor/split.js puts that into the form that is open, and can undo it.
"""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.content.copy import Copy, changed_fields
from articles.content.text import parse_id
from articles.documents.body_split import BodySplit, split_body
from articles.editing.autosave_content import chosen_rows, copy_from_form, posted_pairs
from articles.models import Column

from .differences import TITLES

SPLIT = "_split"
LINES = ("kicker", "headline", "deck", "dateline", "body")


def split_button() -> str:
    """Return the button that posts the form with SPLIT."""
    return format_html(
        '<p class="split"><button type="submit" class="button" name="{}" value="1" formnovalidate'
        ' data-split data-undo="{}" data-undone="{}" data-unreachable="{}" data-working="{}"'
        " data-keeps-form>{}</button></p>",
        *(SPLIT, _("Undo"), _("The fields are as they were.")),
        _("The server does not answer. Nothing has changed; please try again."),
        _("One moment: the text is being read."),
        _("Take headline, dateline and bylines out of the text"),
    )


def split_post(post: QueryDict) -> tuple[QueryDict, list[str]]:
    """Return a posted form with the fields that its text fills, and what was done.

    Five queries at most.
    """
    pairs = posted_pairs(post)
    present = copy_from_form(pairs, base=Copy(), rows=chosen_rows([pairs]))
    free, columns = _free_captions(post), dict(Column.objects.values_list("name", "pk"))
    split = split_body(present, columns=columns, free_captions=len(free))
    taken = [name for name in changed_fields(present, split.copy) if name != "body"]
    filled = post.copy()
    for name in LINES:
        filled[name] = getattr(split.copy, name)
    if "column" in taken:
        filled["column"] = columns[split.copy.column]
    if "bylines" in taken:
        _fill_bylines(filled, split.copy)
    for prefix, credit in zip(free, split.credits, strict=False):
        filled[f"{prefix}-credit"] = credit
    return filled, [*_result_lines(split, taken)]


def _free_captions(post: QueryDict) -> list[str]:
    """Return the prefixes of the rows that have a picture and no credit."""
    prefixes = [name.removesuffix("-photo") for name in post if name.endswith("-photo")]
    return [
        prefix
        for prefix in prefixes
        if post[f"{prefix}-photo"]
        and not post.get(f"{prefix}-credit", "").strip()
        and f"{prefix}-DELETE" not in post
    ]


def _fill_bylines(filled: QueryDict, copy: Copy) -> None:
    """Write the names into the rows, which are all empty or deleted."""
    for number, byline in enumerate(copy.bylines):
        row = {"order": number + 1, "role": byline.role, "name": byline.name, "contributor": ""}
        for name, value in row.items():
            filled[f"bylines-{number}-{name}"] = value
        filled.pop(f"bylines-{number}-DELETE", None)
    total = "bylines-TOTAL_FORMS"
    filled[total] = max(parse_id(filled.get(total, "")) or 0, len(copy.bylines))


def _result_lines(split: BodySplit, taken: list[str]) -> Iterator[str]:
    """Yield what was taken out of the text, and what was left in it."""
    names = [str(TITLES[name]) for name in taken]
    names += [_("picture credit")] if split.credits else []
    if names:
        yield _("Taken out of the text: %(fields)s.") % {"fields": "、".join(names)}
    if kept := [str(TITLES[name]) for name in split.kept]:
        line = _("Left in the text, because the field holds other words: %(fields)s.")
        yield line % {"fields": "、".join(kept)}
    if not names and not kept:
        yield _("Nothing was found to take out of the text.")
