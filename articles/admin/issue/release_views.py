"""The view that releases an issue, at once or at a minute, or recalls it.

A release takes two steps: the first shows what would be published, the second confirms it.
"""

import logging
from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Issue
from articles.sharing.cards import draw_cards
from articles.workflow import MoveRefusedError
from articles.workflow.preflight import Inspection
from articles.workflow.release import StaleInspectionError, clock, missing, recall, release

logger = logging.getLogger(__name__)

MORNING = time(6)


class ReleaseForm(forms.Form):
    """The minute from which readers see the issue, by the newsroom's clock."""

    at = forms.DateTimeField(
        label=_("Minute of release"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(
                _("This minute is past. Choose a later one, or release now.")
            )
        return at


class OtherDayForm(forms.Form):
    """The tick without which a paper is not released on another day than its own."""

    other_day = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"autofocus": True}),
        error_messages={"required": _("Please confirm the other day. Nothing was released.")},
    )

    @classmethod
    def of(cls, request, issue: Issue, at: datetime | None) -> "OtherDayForm | None":
        """Return the form where a release would be on another day; None on the paper's own day."""
        day = timezone.localdate(at)
        if day == issue.issued_on:
            return None
        form = cls(request.POST if "_confirm" in request.POST else None)
        facts = {"paper": date_format(issue.issued_on), "day": date_format(day)}
        form.fields["other_day"].label = (
            gettext("This is the paper of %(paper)s. Let readers see it on %(day)s.") % facts
        )
        return form


def release_view(request, pk: int, *, site):
    """Show the findings and the buttons; a POST asks to confirm, and confirmed releases or recalls.

    403 without the permission.
    """
    if not request.user.has_perm("articles.release_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    is_timed = "_at" in request.POST and "_now" not in request.POST
    form = ReleaseForm(request.POST if is_timed else None, initial=_initial(issue))
    if request.method == "POST" and _handle_post(request, issue, form):
        return HttpResponseRedirect(reverse("admin:articles_issue_change", args=[pk]))
    inspection = Inspection.of(issue)
    context = {
        **site.each_context(request),
        "title": gettext("Release %(issue)s") % {"issue": issue},
        "issue": issue,
        "is_published": issue.is_published(),
        "released_at": clock(issue.released_at) if issue.released_at else "",
        "form": form,
        "found": inspection,
        "confirmation": _confirmation(request, issue, form, inspection),
        "events": issue.releases.select_related("made_by").order_by("-pk"),
        "zone": zone_in_words(),
        "opts": Issue._meta,
        **release_warning_context(issue),
    }
    return TemplateResponse(request, "admin/articles/issue/release.html", context)


def _confirmation(request, issue: Issue, form: ReleaseForm, inspection: Inspection) -> dict | None:
    """Return what is to be confirmed, where a minute or `now` was chosen; else None."""
    is_now = "_now" in request.POST
    if issue.released_at or inspection.barring or not (is_now or form.is_valid()):
        return None
    at = None if is_now else form.cleaned_data["at"]
    shown = set(request.POST.getlist("shown"))
    return {
        "at": at,
        "other_day": OtherDayForm.of(request, issue, at),
        "clock": clock(at) if at else "",
        "new": [each for each in inspection.notices if shown and each.key not in shown],
    }


def _handle_post(request, issue: Issue, form: ReleaseForm) -> bool:
    """Release or recall what was confirmed, with a message; False where the page is shown."""
    try:
        if "_recall" in request.POST:
            recall(issue, by=request.user)
            messages.success(request, gettext("Release recalled."))
            return True
        if "_confirm" in request.POST and ("_now" in request.POST or form.is_valid()):
            return _release(request, issue, form)
    except StaleInspectionError as error:
        messages.warning(request, error)
    except MoveRefusedError as error:
        messages.error(request, error)
        issue.refresh_from_db()
    return False


def _release(request, issue: Issue, form: ReleaseForm) -> bool:
    """Release the issue, with a message; False where another day was not confirmed."""
    at = form.cleaned_data["at"] if form.is_bound else None
    other_day = OtherDayForm.of(request, issue, at)
    if other_day and not other_day.is_valid():
        return False
    release(issue, by=request.user, at=at, shown=request.POST.getlist("shown"))
    try:
        draw_cards(issue)
    except OSError:  # The issue is out; its cards are drawn when they are asked for.
        logger.exception("The share cards of %s could not be drawn.", issue)
    message = gettext("Released: readers see the issue now.")
    if at:
        message = gettext("Readers will see the issue from %(at)s on.") % {"at": clock(at)}
    messages.success(request, message)
    return True


def _initial(issue: Issue) -> dict:
    """Return six o'clock on the paper's day as the initial minute, while that is to come."""
    proposed = timezone.make_aware(datetime.combine(issue.issued_on, MORNING))
    return {"at": proposed} if proposed > timezone.now() else {}


def release_warning_context(issue: Issue | None) -> dict:
    """Return the context of `_release_warning.html`: the articles that a release would leave out.

    Empty where no release is waiting. One query at most.
    """
    if issue is None or issue.released_at is None or issue.is_published():
        return {}
    return {
        "missing": missing(issue),
        "missing_at": clock(issue.released_at),
        "missing_from": issue,
    }


def zone_in_words() -> str:
    """Return the time zone of the newsroom as it is called: 北京时间 for Asia/Shanghai."""
    name = timezone.get_current_timezone_name()
    if name == "Asia/Shanghai":
        return gettext("Beijing time")
    return gettext("%(zone)s time") % {"zone": name}
