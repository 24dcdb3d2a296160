"""The screen on which preview links to an issue are made, listed and revoked."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import previews
from articles.models import Issue
from articles.release import clock
from articles.workflow import MoveRefused


class LinkForm(forms.Form):
    """For how long a new link shall work."""

    hours = forms.IntegerField(
        label=_("Works for how many hours"),
        min_value=1,
        max_value=previews.LONGEST,
        initial=previews.DAY,
        help_text=_("At most 168, which is seven days."),
    )


def preview_links_screen(request, pk: int, *, site):
    """Show the links that work, and make or revoke one by POST. 403 without the right."""
    if not request.user.has_perm("articles.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    form = LinkForm(request.POST if "_make" in request.POST else None)
    if request.method == "POST" and _act(request, issue, form):
        return HttpResponseRedirect(request.path)
    context = {
        **site.each_context(request),
        "title": gettext("Preview links to %(issue)s") % {"issue": issue},
        "issue": issue,
        "is_published": issue.is_published(),
        "form": form,
        "links": [(link, _address(request, link)) for link in previews.links_of(issue)],
        "opts": Issue._meta,
    }
    return TemplateResponse(request, "admin/articles/issue/preview_links.html", context)


def _act(request, issue: Issue, form: LinkForm) -> bool:
    """Do what the pressed button says and tell how it went; False where a form comes back."""
    try:
        if "_revoke" in request.POST:
            _revoke(request, issue)
        elif form.is_valid():
            link = previews.make(issue, by=request.user, hours=form.cleaned_data["hours"])
            told = gettext("The link is made. It works until %(until)s.")
            messages.success(request, told % {"until": clock(link.ends_at)})
        else:
            return False
    except MoveRefused as refusal:
        messages.error(request, refusal)
    return True


def _revoke(request, issue: Issue) -> None:
    chosen = request.POST["_revoke"]
    pk = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else 0
    link = get_object_or_404(issue.preview_links.select_related("issue"), pk=pk)
    previews.revoke(link, by=request.user)
    messages.success(request, gettext("The link is revoked: it shows nothing any more."))


def _address(request, link) -> str:
    path = reverse("articles:preview", args=[previews.token(link)])
    return request.build_absolute_uri(path)
