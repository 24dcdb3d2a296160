"""The view that creates, lists and revokes preview links to an issue."""

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
from articles.content.text import parse_id
from articles.models import Issue
from articles.workflow import MoveRefusedError
from articles.workflow.release import clock


class LinkForm(forms.Form):
    """How long a new link is valid."""

    hours = forms.IntegerField(
        label=_("Works for how many hours"),
        min_value=1,
        max_value=previews.LONGEST,
        initial=previews.DAY,
        help_text=_("At most 168, which is seven days."),
    )


def preview_links_view(request, pk: int, *, site):
    """List the valid links; create or revoke one by POST."""
    if not request.user.has_perm("articles.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    form = LinkForm(request.POST if "_make" in request.POST else None)
    if request.method == "POST" and _handle_post(request, issue, form):
        return HttpResponseRedirect(request.path)
    context = site.each_context(request) | {
        "title": gettext("Preview links to %(issue)s") % {"issue": issue},
        "issue": issue,
        "form": form,
        "links": [(link, _address(request, link)) for link in previews.links_of(issue)],
        "opts": Issue._meta,
    }
    return TemplateResponse(request, "admin/articles/issue/preview_links.html", context)


def _handle_post(request, issue: Issue, form: LinkForm) -> bool:
    """Create or revoke a link, with a message; False where the form is shown again."""
    try:
        if "_revoke" in request.POST:
            _revoke(request, issue)
        elif form.is_valid():
            link = previews.create_link(issue, by=request.user, hours=form.cleaned_data["hours"])
            message = gettext("The link is made. It works until %(until)s.")
            messages.success(request, message % {"until": clock(link.ends_at)})
        else:
            return False
    except MoveRefusedError as error:
        messages.error(request, error)
    return True


def _revoke(request, issue: Issue) -> None:
    pk = parse_id(request.POST["_revoke"])
    link = get_object_or_404(issue.preview_links.select_related("issue"), pk=pk)
    previews.revoke(link, by=request.user)
    messages.success(request, gettext("The link is revoked: it shows nothing any more."))


def _address(request, link) -> str:
    path = reverse("articles:preview", args=[previews.token(link)])
    return request.build_absolute_uri(path)
