"""What was decided on the conflict screen, as an article form typed on top of the other's words.

So it is judged, stored, and if need be crossed again, like any form.
"""

import json
from dataclasses import replace

from django.core.exceptions import BadRequest
from django.http import QueryDict

from articles import cleaning, editing
from articles.copy import Copy, SignedName
from articles.editing import Seen
from articles.merging import merge
from articles.models import Article, Column, Photo, Revision
from articles.models.working_copy import Pairs
from articles.revisions import Links
from articles.typed import chosen, copy_of

from .conflict import FACTS, LINES, LISTS
from .opening import OPENED, VERSION, number, seen, stated

# The field that says: this comes from the conflict screen; and the one of what it became.
SETTLING, SETTLED = "_settling", "_settled"
TEXTS = (*LINES, "body")


def settled(post: QueryDict, article: Article | None) -> QueryDict:
    """Return the article form for which the conflict screen stands.

    Where something is left undecided, it is the form as it was typed first: it will be asked
    again. Raises BadRequest where the screen was tampered with. Six queries at most.
    """
    theirs = article and article.revisions.filter(number=number(post.get("_theirs", ""))).first()
    facts, links = stated(post.get("_facts", ""))
    if theirs is None or facts is None:
        raise BadRequest("The form of the conflict screen is damaged.")
    pairs = _unpacked(post.get("_typed", ""))
    form = dict(pairs)
    form["_serial"] = str((number(form.get("_serial", "")) or 0) + 1)  # More was typed there.
    for name in TEXTS:
        if f"own-{name}" in post:
            form[name] = post[f"own-{name}"]
    was = seen(_as_post(form))
    copy = _decided(article, pairs, theirs, was, post)
    if copy is None or not _settle_facts(form, was, facts, post):
        return _as_post(form)
    for name in TEXTS:
        if f"own-{name}" not in post or post.get(f"choice-{name}") == "theirs":
            form[name] = getattr(copy, name)
    _write_rows(form, copy, was=was.links, now=links)
    column = Column.objects.filter(name=copy.column).first() if copy.column else None
    form["column"] = str(column.pk) if column else ""
    form["tags"] = "，".join(copy.tags)
    form |= {VERSION: str(theirs.number), OPENED: post["_facts"], SETTLED: "1", "_continue": "1"}
    return _as_post(form)


def _unpacked(typed: str) -> Pairs:
    try:
        return [(str(name), str(value)) for name, value in json.loads(typed)]
    except (ValueError, TypeError, RecursionError) as fault:
        raise BadRequest("The form of the conflict screen is damaged.") from fault


def _as_post(form: dict[str, str]) -> QueryDict:
    post = QueryDict(mutable=True)
    post.update(form)
    post._mutable = False
    return post


def _decided(
    article: Article, pairs: Pairs, theirs: Revision, was: Seen, post: QueryDict
) -> Copy | None:
    """Return both sides' words as they were decided; None where a decision is missing."""
    before = editing.as_seen(article, was, theirs)
    mine = copy_of(pairs, base=before or theirs.copy, rows=chosen([pairs]))
    merged = merge(before=before, mine=mine, theirs=theirs.copy)
    taken = {}
    for name in merged.disputed:
        my, their = getattr(merged.copy, name), getattr(merged.other, name)
        match post.get(f"choice-{name}"):
            case "mine":
                taken[name] = my
            case "theirs":
                taken[name] = their
            case "both" if name in LISTS:
                taken[name] = (*my, *(row for row in their if row not in my))
            case _:
                return None
    return replace(merged.copy, **taken)


def _settle_facts(form: dict, was: Seen, now: editing.Facts, post: QueryDict) -> bool:
    """Put into the form what was decided besides the words; False where that is missing."""
    for name in FACTS:
        mine, theirs = form.get(name, ""), _as_typed(now.get(name))
        before = _as_typed(was.facts.get(name)) if was.facts else None
        choice = post.get(f"choice-{name}")
        if mine not in (theirs, before) and before != theirs and choice not in ("mine", "theirs"):
            return False
        if mine == before or choice == "theirs":
            form[name] = theirs
    return True


def _as_typed(value) -> str:
    return "" if value is None else str(value)


def _write_rows(form: dict, copy: Copy, *, was: Links, now: Links) -> None:
    """Put the bylines and captions into the form, in place of those it had."""
    links = _links(form, was, now)
    photos = _photos(copy)
    bylines = [
        {"role": row.role, "name": row.name, "contributor": _as_typed(links.get(row))}
        for row in copy.bylines
    ]
    captions = [
        {"photo": photos[row.photo], "words": row.words, "credit": row.credit}
        for row in copy.captions
        if row.photo in photos
    ]
    for prefix, rows in (("bylines", bylines), ("captions", captions)):
        for name in [name for name in form if name.startswith(f"{prefix}-")]:
            del form[name]
        form |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for place, row in enumerate(rows):
            row["order"] = str(place + 1)
            form |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}


def _links(form: dict, was: Links, now: Links) -> Links:
    """Return to whom the bylines are linked: as typed where that was changed, else as stored."""
    typed = {}
    for name, value in form.items():
        if name.startswith("bylines-") and name.endswith("-name"):
            row = name.removesuffix("name")
            signed = SignedName(cleaning.line(form.get(f"{row}role", "")), cleaning.line(value))
            typed[signed] = number(form.get(f"{row}contributor", ""))
    return typed | {
        signed: contributor
        for signed, contributor in now.items()
        if signed not in typed or typed[signed] == was.get(signed)
    }


def _photos(copy: Copy) -> dict[str, str]:
    """Return the keys of the pictures of a copy, by their uids. One query."""
    rows = Photo.objects.filter(uid__in=[row.photo for row in copy.captions])
    return {str(uid): str(key) for uid, key in rows.values_list("uid", "pk")}
