"""Findings of intake on the desk: what is shown of them, and dismissing one with a reason."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.admin.navigation import return_address
from articles.content.text import parse_id
from articles.models import Article, Finding
from articles.workflow import MoveRefusedError
from articles.workflow.dismissal import dismiss


def finding_urls(model_admin) -> list[URLPattern]:
    """Return the URL by which a finding is dismissed."""
    view = model_admin.admin_site.admin_view(dismiss_view)
    return [path("<int:pk>/dismiss/", view, name="articles_article_dismiss")]


def findings_context(article: Article, findings: Iterable[Finding]) -> dict:
    """Return the open and the dismissed ones among the findings of an article. No query."""
    findings = list(findings)
    return {
        "doubts": [each for each in findings if each.is_open_in(article)],
        "dismissed": [each for each in findings if each.dismissed_at],
    }


def dismiss_view(request, pk: int):
    """Dismiss the finding that was posted; then show the page again that it was posted from."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    findings = Finding.objects.filter(article=pk)
    finding = get_object_or_404(findings, pk=parse_id(request.POST.get("finding", "")))
    try:
        dismiss(finding, by=request.user, reason=request.POST.get("reason", ""))
    except MoveRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dismissed: %(finding)s") % {"finding": finding})
    form = reverse("admin:articles_article_change", args=[pk])
    return HttpResponseRedirect(f"{return_address(request) or form}#findings")
