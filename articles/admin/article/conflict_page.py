"""The conflict page: mine, theirs and before, where two editors changed the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from articles.content.copy import BylineText, Copy
from articles.content.diff import DiffSegment, diff
from articles.editing import autosave, saving
from articles.editing.autosave_content import posted_pairs
from articles.editing.forms import EDITOR_ID, SERIAL, dump_base, editor_of
from articles.editing.saving import BaseVersion, MergeResult, Submission
from articles.models import Article, Genre, Page, Rank
from articles.models.working_copy import Pairs
from articles.workflow import is_public

from .differences import TITLES, as_text
from .form_parts import BodyEditor, wide_text_input

LINES = ("kicker", "headline", "deck", "dateline")
LISTS = ("bylines", "captions")
# Besides the words and metadata, what the page carries of a form.
CARRIED = (EDITOR_ID, SERIAL, "_replaces", "_replaces_serial", "_note", "_public_note")
BUTTONS = ("_move", "_continue", "_save", "_addanother")


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form that met a conflict, as the conflict page carries it; `carried` is of CARRIED."""

    submission: Submission
    base: BaseVersion
    carried: Mapping[str, str]

    def dump(self) -> str:
        """Return it as one line, signed so that its values need no validation again."""
        mine, base = self.submission, self.base
        sides = [[side.metadata, _link_rows(side.links)] for side in (mine, base)]
        return signing.dumps(
            [mine.copy.as_json(), base.version, *sides, dict(self.carried)], compress=True
        )

    @classmethod
    def load(cls, line: str) -> "TypedForm":
        """Return what `dump` wrote. Raises signing.BadSignature for anything else."""
        copy, version, mine, base, carried = signing.loads(line)
        submission = Submission(Copy.from_json(copy), mine[0], _links(mine[1]))
        return cls(submission, BaseVersion(version, base[0], _links(base[1])), carried)


def _link_rows(links) -> list:
    return [[byline.role, byline.name, contributor] for byline, contributor in links.items()]


def _links(rows) -> dict[BylineText, int | None]:
    return {BylineText(role, name): contributor for role, name, contributor in rows}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field that both sides changed: its texts, what each side did, and its editor.

    `editor` is empty where one side or the other is chosen as a whole.
    """

    name: str
    title: str
    before: str
    mine: list[DiffSegment]
    theirs: list[DiffSegment]
    can_take_both: bool = False
    editor: str = ""

    @property
    def is_unseen(self) -> bool:
        """Whether the words are the same and only the mark-up, or a picture, differs."""
        return self.mine == self.theirs


def conflict_page(
    request: HttpRequest, model_admin, article_id: int, typed: TypedForm, *, pairs: Pairs, why
) -> HttpResponse:
    """Show what both sides changed (409); `pairs`, as typed, are saved first as a working copy.

    `why` is the form that asks for the reason where the article is published.
    """
    result = saving.compute_merge(article_id, typed.submission, base=typed.base)
    carried = {**typed.carried, **_autosave(request, result.article, typed, pairs)}
    submission = replace(typed.submission, copy=result.mine, absent=frozenset())
    typed = TypedForm(submission, typed.base, carried)
    merged = [name for name in result.from_others if name not in result.merged.disputed]
    context = model_admin.admin_site.each_context(request) | {
        "title": gettext("Somebody has changed the same"),
        "article": result.article,
        "action": _action(request, result.article),
        "opts": Article._meta,
        "others": "、".join(str(other) for other in result.others if other),
        "theirs": result.theirs,
        "disputes": [*disputes(result), *disputed_metadata(result)],
        "is_ground_known": result.before is not None,
        "merged": "、".join(str(TITLES[name]) for name in merged),
        "typed": typed.dump(),
        "opened": dump_base(result.article),
        "why": why if is_public(result.article) else None,
        "media": BodyEditor().media,
    }
    response = render(request, "admin/articles/article/conflict.html", context, status=409)
    add_never_cache_headers(response)
    return response


def _action(request, article: Article) -> str:
    """Return where the page is posted: the form of the article, as it was opened."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    return request.get_full_path() if request.path == address else address


def _autosave(request, article: Article, typed: TypedForm, pairs: Pairs) -> dict[str, str]:
    """Save the fields as a working copy; return its editor id and serial."""
    editor_id, serial = editor_of(typed.carried) or (uuid4(), 0)
    state = {"by": request.user, "article": article, "serial": serial, "is_open": False}
    state["version"] = min(typed.base.version or 0, article.version)
    try:
        with transaction.atomic():
            autosave.save(pairs, editor_id=editor_id, **state)
    except autosave.EditorIdConflictError:
        editor_id = uuid4()
        autosave.save(pairs, editor_id=editor_id, **state)
    return {EDITOR_ID: str(editor_id), SERIAL: str(serial)}


def typed_pairs(post: QueryDict) -> Pairs:
    """Return what was typed in a form, in its order, without its buttons."""
    return [(name, value) for name, value in posted_pairs(post) if name not in BUTTONS]


def disputes(result: MergeResult) -> Iterator[Disagreement]:
    """Yield the disputed fields of the copy."""
    merged = result.merged
    for name in merged.disputed:
        mine, theirs = as_text(merged.copy, name), as_text(merged.other, name)
        before = as_text(result.before or result.theirs.copy, name)
        yield Disagreement(
            name=name,
            title=str(TITLES[name]),
            before=before,
            mine=diff(before, mine),
            theirs=diff(before, theirs),
            can_take_both=name in LISTS,
            editor=_editor(name, getattr(merged.copy, name)),
        )


def disputed_metadata(result: MergeResult) -> Iterator[Disagreement]:
    """Yield the disputed fields besides the words. One query for pages."""
    keys = [key for key in result.metadata.get("page", ()) if key]
    pages = Page.objects.select_related("issue").in_bulk(keys)
    labels = {"page": pages, "genre": dict(Genre.choices), "rank": dict(Rank.choices)}
    for name, values in result.metadata.items():
        shown = [str(labels.get(name, {}).get(value, value or "—")) for value in values]
        before, mine, theirs = shown
        title = str(Article._meta.get_field(name).verbose_name)
        yield Disagreement(name, title, before, diff("", mine), diff("", theirs))


def _editor(name: str, value) -> str:
    """Return the input in which one's own words can be edited; empty where there is none."""
    identity = {"id": f"id_own_{name}", "aria-label": str(TITLES[name])}
    if name == "body":
        return BodyEditor().render(f"own-{name}", value, identity)
    if name in LINES:
        return wide_text_input("wide").render(f"own-{name}", value, identity)
    return ""
