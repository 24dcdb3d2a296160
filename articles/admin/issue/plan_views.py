"""Plan an issue after a past one in one click (照上周一建版)."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.editing import planning
from articles.models import Issue

PERMISSIONS = ("articles.add_issue", "articles.add_page")
# How many past issues the form offers.
OFFERED = 31


class PlanForm(forms.Form):
    """The day of the new issue, and the past issue whose pages it takes."""

    day = forms.DateField(label=_("date"), widget=forms.DateInput(attrs={"type": "date"}))
    like = forms.ModelChoiceField(
        Issue.objects.all(), label=_("pages like those of"), empty_label=None
    )


def form_for_new_issue(member) -> PlanForm | None:
    """Return the form with the next free day and the past issues; None where there are none.

    For who may not add pages None too. Three queries; a fourth when it is shown.
    """
    next_plan = planning.next_plan() if member.has_perms(PERMISSIONS) else None
    if next_plan is None:
        return None
    form = PlanForm(initial={"day": next_plan.issued_on.isoformat(), "like": next_plan.like})
    past = Issue.objects.filter(pages__isnull=False).distinct().order_by("-issued_on", "-edition")
    form.fields["like"].queryset = Issue.objects.filter(
        pk__in=list(past.values_list("pk", flat=True)[:OFFERED])
    )
    return form


def plan_view(request: HttpRequest) -> HttpResponseRedirect:
    """Plan the issue of a day like a past one, and go to its board."""
    if not request.user.has_perms(PERMISSIONS):
        raise PermissionDenied
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choose a day and the issue whose pages it takes."))
        return HttpResponseRedirect(reverse("admin:articles_issue_add"))
    try:
        issue = _plan(request, form)
    except planning.DateTakenError:
        messages.error(request, gettext("There is already an issue of this date and edition."))
        return HttpResponseRedirect(reverse("admin:articles_issue_add"))
    told = gettext("%(issue)s is planned, with its pages and people.")
    messages.success(request, told % {"issue": issue})
    return HttpResponseRedirect(reverse("admin:articles_issue_board", args=[issue.pk]))


@transaction.atomic
def _plan(request, form: PlanForm) -> Issue:
    past = form.cleaned_data["like"]
    issue = planning.plan_like(past, issued_on=form.cleaned_data["day"])
    told = gettext("Planned like %(issue)s") % {"issue": past}
    LogEntry.objects.log_actions(request.user.pk, [issue], ADDITION, told, single_object=True)
    return issue
