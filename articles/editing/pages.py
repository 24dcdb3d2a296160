"""Add a page to an issue that is planned already, with a label and a name to suggest."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.models import Issue, Member, Page

from .placement import PlacementError

FIRST = "A1"
LABEL = re.compile(r"(.*?)([0-9]+)", re.ASCII)


def next_label(labels: list[str]) -> str:
    """Return the label after the last of an issue, whose labels come in order: A4 → A5, 08 → 09."""
    found = LABEL.fullmatch(labels[-1]) if labels else None
    if found is None:
        return FIRST
    section, number = found.groups()
    return f"{section}{int(number) + 1:0{len(number)}}"


def usual_name(label: str) -> str:
    """Return the name that the latest page with a label has; empty without. One query."""
    named = Page.objects.filter(label=label).exclude(name="")
    latest = named.order_by("-issue__issued_on", "-issue__edition")
    return latest.values_list("name", flat=True).first() or ""


def add_page(issue: Issue, label: str, name: str, *, by: Member) -> Page:
    """Add a page to an issue that is not released.

    Raises PlacementError: without the permission, where the issue is released or has been
    deleted, or where a label is taken or none.
    """
    if not by.has_perm("articles.add_page"):
        raise PlacementError(_("You may not add pages."))
    with transaction.atomic():
        locked = Issue.objects.locked([issue.pk]).first()
        if locked is None:
            raise PlacementError(_("The issue has been deleted."))
        if locked.released_at:
            raise PlacementError(_("The issue is released; no page can be added."))
        page = Page(issue=locked, label=label.strip().upper(), name=name.strip())
        try:
            page.full_clean()
        except ValidationError as error:
            raise PlacementError(" ".join(error.messages)) from error
        page.save()
    return page
