"""The screen on which an issue is released, at once or for a minute, or recalled."""

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

from articles.models import Article, Issue, Page
from articles.release import Blocker, blockers, clock, recall, release
from articles.workflow import MoveRefused

from .missing import missing_context

MORNING = time(6)


class ReleaseForm(forms.Form):
    """The minute from which readers see the issue, by the newsroom's clock."""

    at = forms.DateTimeField(
        label=_("Minute of release"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def release_screen(request, pk: int, *, site):
    """Show what is missing and the buttons; a POST releases or recalls. 403 without the right."""
    if not request.user.has_perm("articles.release_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    form = ReleaseForm(request.POST if "_at" in request.POST else None, initial=_morning(issue))
    if request.method == "POST" and _act(request, issue, form):
        return HttpResponseRedirect(reverse("admin:articles_issue_change", args=[pk]))
    context = {
        **site.each_context(request),
        "title": gettext("Release %(issue)s") % {"issue": issue},
        "issue": issue,
        "is_published": issue.is_published(),
        "released_at": clock(issue.released_at) if issue.released_at else "",
        "form": form,
        "blockers": [(blocker, _where(blocker)) for blocker in blockers(issue)],
        "opts": Issue._meta,
        **missing_context(issue),
    }
    return TemplateResponse(request, "admin/articles/issue/release.html", context)


def _act(request, issue: Issue, form: ReleaseForm) -> bool:
    """Do what the pressed button says and tell how it went; False if it was refused."""
    try:
        if "_recall" in request.POST:
            recall(issue, by=request.user)
            messages.success(request, gettext("Release recalled."))
        elif "_now" in request.POST:
            release(issue, by=request.user)
            messages.success(request, gettext("Released: readers see the issue now."))
        elif form.is_valid():
            release(issue, by=request.user, at=form.cleaned_data["at"])
            told = gettext("Readers will see the issue from %(at)s on.")
            messages.success(request, told % {"at": clock(issue.released_at)})
        else:
            return False
    except MoveRefused as refusal:
        messages.error(request, refusal)
        issue.refresh_from_db()
        return False
    return True


def _morning(issue: Issue) -> dict:
    """Propose six o'clock on the paper's day while that is to come."""
    proposed = timezone.make_aware(datetime.combine(issue.issued_on, MORNING))
    return {"at": proposed} if proposed > timezone.now() else {}


def _where(blocker: Blocker) -> str:
    """Return the address of the form on which a blocker is mended."""
    match blocker.about:
        case Article(pk=pk):
            return reverse("admin:articles_article_change", args=[pk])
        case Page(pk=pk, issue_id=issue):
            return reverse("admin:articles_issue_change", args=[issue]) + f"#page-{pk}"
        case about:
            return reverse("admin:articles_issue_change", args=[about.pk])
