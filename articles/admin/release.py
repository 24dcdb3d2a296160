"""The screen on which an issue is released, at once or for a minute, or recalled.

A release takes two steps: the first says what would go out, the second lets it out.
"""

from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Issue
from articles.preflight import Inspection
from articles.release import NotShown, clock, recall, release
from articles.workflow import MoveRefused

from .missing import missing_context

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


def release_screen(request, pk: int, *, site):
    """Show what was found and the buttons; a POST asks, and asked again releases or recalls.

    403 without the right.
    """
    if not request.user.has_perm("articles.release_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    is_timed = "_at" in request.POST and "_now" not in request.POST
    form = ReleaseForm(request.POST if is_timed else None, initial=_morning(issue))
    if request.method == "POST" and _act(request, issue, form):
        return HttpResponseRedirect(reverse("admin:articles_issue_change", args=[pk]))
    found = Inspection.of(issue)
    context = {
        **site.each_context(request),
        "title": gettext("Release %(issue)s") % {"issue": issue},
        "issue": issue,
        "is_published": issue.is_published(),
        "released_at": clock(issue.released_at) if issue.released_at else "",
        "form": form,
        "found": found,
        "asked": _asked(request, issue, form, found),
        "events": issue.releases.select_related("made_by").order_by("-pk"),
        "zone": timezone.get_current_timezone_name(),
        "opts": Issue._meta,
        **missing_context(issue),
    }
    return TemplateResponse(request, "admin/articles/issue/release.html", context)


def _asked(request, issue: Issue, form: ReleaseForm, found: Inspection) -> dict | None:
    """Return what a person is asked to confirm, where a minute or `now` was chosen."""
    is_now = "_now" in request.POST
    if issue.released_at or found.barring or not (is_now or form.is_valid()):
        return None
    at = None if is_now else form.cleaned_data["at"]
    shown = set(request.POST.getlist("shown"))
    return {
        "at": at,
        "clock": clock(at) if at else "",
        "new": [each for each in found.notices if shown and each.key not in shown],
    }


def _act(request, issue: Issue, form: ReleaseForm) -> bool:
    """Do what was confirmed and tell how it went; False if there is something to show."""
    try:
        if "_recall" in request.POST:
            recall(issue, by=request.user)
            messages.success(request, gettext("Release recalled."))
            return True
        if "_confirm" not in request.POST or not ("_now" in request.POST or form.is_valid()):
            return False
        _release(request, issue, form)
    except NotShown as change:
        messages.warning(request, change)
    except MoveRefused as refusal:
        messages.error(request, refusal)
        issue.refresh_from_db()
    else:
        return True
    return False


def _release(request, issue: Issue, form: ReleaseForm) -> None:
    at = form.cleaned_data["at"] if form.is_bound else None
    release(issue, by=request.user, at=at, shown=request.POST.getlist("shown"))
    told = gettext("Released: readers see the issue now.")
    if at:
        told = gettext("Readers will see the issue from %(at)s on.") % {"at": clock(at)}
    messages.success(request, told)


def _morning(issue: Issue) -> dict:
    """Propose six o'clock on the paper's day while that is to come."""
    proposed = timezone.make_aware(datetime.combine(issue.issued_on, MORNING))
    return {"at": proposed} if proposed > timezone.now() else {}
