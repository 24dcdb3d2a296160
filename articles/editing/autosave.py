"""Autosave (未保存稿): the fields of open article forms, each as a working copy until it is saved.

Autosave makes no revision and changes no article. A working copy is shown only to the member who
typed it; of other members one sees only that they have the article open, and when they typed.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article, Member, WorkingCopy
from articles.models.working_copy import Pairs

# An open form sends a message every 15 to 20 seconds, in a hidden window once a minute.
OPEN = timedelta(seconds=30)
PRESENT = timedelta(seconds=75)
# A form that is being closed counts as last seen so long ago.
CLOSED = timedelta(minutes=2)
# How long a working copy is stored, and one in which nothing was typed.
KEPT_FOR = timedelta(days=30)
EMPTY_FOR = timedelta(days=1)


class EditorIdConflictError(Exception):
    """The editor id belongs to the form of another article."""


def save(
    fields: Pairs,
    *,
    by: Member,
    article: Article | None,
    editor_id: UUID,
    serial: int,
    version: int,
    is_open: bool = True,
    typed_at: datetime | None = None,
) -> None:
    """Save what is typed in a form; an older state than the stored one changes nothing.

    `version` is that at which the form was opened; `is_open` is false for a form that is being
    closed, or was closed long ago; `typed_at` None means now. Raises EditorIdConflictError. One
    query, three for a new form.
    """
    now = timezone.now()
    copy = WorkingCopy(article=article, member=by, editor_id=editor_id, typed_at=typed_at or now)
    copy.fields, copy.serial, copy.opened_at_version = fields, serial, version
    copy.seen_at = now if is_open else now - CLOSED
    names = ("opened_at_version", "serial", "seen_at", "typed_at", "stored_fields")
    own = WorkingCopy.objects.filter(member=by, editor_id=editor_id, article=article)
    older = Q(serial__lt=serial) | Q(typed_at=None)
    if not own.filter(older).update(**{name: getattr(copy, name) for name in names}):
        _insert(copy, own)


def touch(*, by: Member, article: Article | None, editor_id: UUID, version: int = 0) -> None:
    """Note that a form is open. One query, three for a form seen for the first time."""
    now = timezone.now()
    own = WorkingCopy.objects.filter(member=by, editor_id=editor_id, article=article)
    if not own.update(seen_at=now) and article:
        row = {"article": article, "member": by, "editor_id": editor_id, "seen_at": now}
        _insert(WorkingCopy(**row, opened_at_version=version), own)


def close(*, by: Member, editor_id: UUID) -> None:
    """Note that a form is being closed; delete it where nothing was typed. Two queries."""
    own = WorkingCopy.objects.filter(member=by, editor_id=editor_id)
    own.filter(typed_at=None).delete()
    own.update(seen_at=timezone.now() - CLOSED)


def delete(*, by: Member, editor_id: UUID, serial: int) -> int:
    """Delete the copy of a form unless more was typed in it after `serial`. One query.

    Returns how many copies that were.
    """
    own = WorkingCopy.objects.filter(member=by, editor_id=editor_id, serial__lte=serial)
    return own.delete()[0]


def typed_by(member: Member, *, article: Article | None) -> QuerySet[WorkingCopy]:
    """Select what a member typed in forms of an article (None: new articles), newest first."""
    typed = WorkingCopy.objects.filter(member=member, article=article, typed_at__isnull=False)
    return typed.order_by("-typed_at", "-pk")


def is_open_now(copy: WorkingCopy) -> bool:
    """Tell whether a form has just sent a message."""
    return copy.seen_at > timezone.now() - OPEN


def others_at(article: Article, *, but: Member) -> dict[Member, datetime | None]:
    """Return who else has an article open, and when they last typed; in the order of opening.

    One query.
    """
    since = timezone.now() - PRESENT
    open_now = WorkingCopy.objects.filter(article=article, seen_at__gt=since).exclude(member=but)
    open_now = open_now.select_related("member").defer("stored_fields").order_by("pk")
    found: dict[Member, datetime | None] = {}
    for copy in open_now:
        times = [time for time in (found.get(copy.member), copy.typed_at) if time]
        found[copy.member] = max(times, default=None)
    return found


def purge_stale() -> None:
    """Delete working copies that are too old; called when a form is opened. One query."""
    now = timezone.now()
    empty = Q(typed_at=None, seen_at__lt=now - EMPTY_FOR)
    WorkingCopy.objects.filter(Q(seen_at__lt=now - KEPT_FOR) | empty).delete()


def _insert(copy: WorkingCopy, own: QuerySet[WorkingCopy]) -> None:
    """Insert a working copy; raise EditorIdConflictError where its id is that of another form."""
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
    except IntegrityError:
        if not own.exists():
            raise EditorIdConflictError from None
