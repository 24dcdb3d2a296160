"""Offers of unsaved working copies, with what differs from the saved words; and who else edits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles import revisions
from articles.content.copy import Copy
from articles.content.diff import diff
from articles.editing import autosave, autosave_content
from articles.models import METADATA_FIELDS, Article, Genre, Member, Rank, WorkingCopy

from .differences import Difference, differences

# The most that are offered at once, newest first; the length from which none is compared.
MOST = 10
TOO_LONG = 500_000
# Seconds within which typing counts as just now.
JUST_NOW = 60


@dataclass(frozen=True, slots=True)
class AutosaveOffer:
    """One working copy: what differs from the words it was typed on (None: too long to compare)."""

    copy: WorkingCopy
    title: str
    differences: list[Difference] | None
    labels: dict[str, str]
    is_open: bool
    has_moved_on: bool

    def as_message(self) -> dict:
        """Return what the form needs to take it over."""
        return {
            "fields": self.copy.fields,
            "labels": self.labels,
            "serial": self.copy.serial,
            "version": self.copy.opened_at_version,
        }


def offers_for(
    member: Member, article: Article | None, *, but: UUID, closed: tuple[str, ...]
) -> list[AutosaveOffer]:
    """Return what a member may take over in a form of an article (None: a new one).

    `but` is the editor id of the form that asks, `closed` those of forms known to be closed. A
    copy that equals the saved words is deleted, not offered. Eleven queries at most, and one for
    each deleted.
    """
    copies = autosave.typed_by(member, article=article).exclude(editor_id=but)[:MOST]
    forms = {copy.pk: copy.fields for copy in copies}
    rows = autosave_content.chosen_rows(forms.values())
    bases = _bases(article, copies)
    found = []
    for copy in copies:
        offer = _offer(copy, forms[copy.pk], rows, bases, article, closed)
        if offer.differences != []:
            found.append(offer)
        elif not offer.is_open:
            autosave.delete(by=member, editor_id=copy.editor_id, serial=copy.serial)
    return found


def render_offers(request, offers: list[AutosaveOffer], article: Article | None) -> str:
    """Return the offers as HTML."""
    context = {"offers": offers, "is_new": article is None, "member": request.user}
    template = "admin/articles/article/_autosave_offers.html"
    return render_to_string(template, context, request).strip()


def _bases(article: Article | None, copies: list[WorkingCopy]) -> dict[int, Copy]:
    """Return the words on which copies were typed, by version; under None those saved now."""
    if article is None or not copies:
        return {None: Copy()}
    numbers = {copy.opened_at_version for copy in copies}
    former = article.revisions.filter(number__in=numbers - {article.version})
    return {None: revisions.read(article)} | {each.number: each.copy for each in former}


def _offer(copy, form, rows, bases, article, closed) -> AutosaveOffer:
    now = bases[None]
    base = bases.get(copy.opened_at_version, now)
    found, words = None, None
    if len(copy.stored_fields) <= TOO_LONG:
        words = autosave_content.copy_from_form(form, base=base, rows=rows)
        found = differences(base, words) if words != now else []
        found += _metadata_differences(form, rows, article or Article())
    return AutosaveOffer(
        copy=copy,
        title=_title(words),
        differences=found,
        labels=_labels(form, rows),
        is_open=str(copy.editor_id) not in closed and autosave.is_open_now(copy),
        has_moved_on=article is not None and copy.opened_at_version != article.version,
    )


def _title(words: Copy | None) -> str:
    if words is None:
        return ""
    return Article(headline=words.headline, body=words.body).display_title


def _labels(form, rows: autosave_content.Chosen) -> dict[str, str]:
    """Return the labels of the rows that fields name."""
    named = ((name, rows.get((autosave_content.chooser(name), value))) for name, value in form)
    return {name: str(row) for name, row in named if row}


def _metadata_differences(
    form, rows: autosave_content.Chosen, article: Article
) -> list[Difference]:
    """Return what differs in the metadata, and a note that was typed."""
    given = dict(form)
    found = []
    for name in METADATA_FIELDS:
        before = "" if (value := article.serializable_value(name)) is None else str(value)
        after = given.get(name, before)
        if before != after:
            old, new = _label(name, before, article, rows), _label(name, after, article, rows)
            title = str(Article._meta.get_field(name).verbose_name)
            found.append(Difference(title, diff(old, new)))
    for field, label in (("_note", _("Note")), ("_public_note", _("Note to readers"))):
        if given.get(field, "").strip():
            found.append(Difference(str(label), diff("", _plain(given[field]))))
    return found


def _label(name: str, value: str, article: Article, rows: autosave_content.Chosen) -> str:
    """Return a value of a metadata field as people read it."""
    if name == "page":
        is_own = article.page_id and value == str(article.page_id)
        return str(article.page if is_own else rows.get((name, value), ""))
    choices = {"genre": Genre.choices, "rank": Rank.choices}.get(name, [])
    labels = {str(key): str(label) for key, label in choices}
    return labels.get(value, _plain(value))


def _plain(value: str) -> str:
    return value.encode("utf-8", "replace").decode().replace("\x00", "")


def presence_lines(article: Article | None, member: Member) -> list[dict[str, str]]:
    """Return a line for each other member who has an article open: who, and when they typed.

    One query.
    """
    if article is None:
        return []
    others = autosave.others_at(article, but=member)
    return [{"who": _who(other, at), "when": _when(at)} for other, at in others.items()]


def _who(member: Member, typed_at: datetime | None) -> str:
    words = _("%(name)s is editing") if typed_at else _("%(name)s has it open")
    return words % {"name": member}


def _when(typed_at: datetime | None) -> str:
    if typed_at is None:
        return _("nothing typed")
    if (timezone.now() - typed_at).total_seconds() < JUST_NOW:
        return _("typed just now")
    return _("typed %(time)s ago") % {"time": timesince(typed_at, depth=1)}
