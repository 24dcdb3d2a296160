"""The page on which an administrator takes the second factor from a member who has lost it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.accounts import second_factor
from articles.models import Member

from .second_factor_forms import RemovalForm


def removal_view(model_admin):
    """Return the view: a page that asks for the reason, and takes it by POST."""
    return partial(_removal, model_admin=model_admin)


def _removal(request: HttpRequest, pk: int, *, model_admin) -> HttpResponse:
    """Ask, then do and record it; one's own goes by the page that asks for the password."""
    member = get_object_or_404(Member, pk=pk)
    if member == request.user or not model_admin.has_change_permission(request, member):
        raise PermissionDenied
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and second_factor.has_factor(member):
        reason = form.cleaned_data["reason"]
        second_factor.take_away(member, by=request.user, reason=reason)
        words = gettext("Second factor taken away. Reason: %s") % reason
        model_admin.log_change(request, member, words)
        words = gettext("%(name)s logs in with the password alone now.")
        messages.success(request, words % {"name": member})
        where = reverse("admin:articles_member_change", args=[member.pk])
        return HttpResponseRedirect(where)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Take the second factor away"),
        "opts": model_admin.opts,
        "member": member,
        "has_factor": second_factor.has_factor(member),
        "form": form,
    }
    return TemplateResponse(request, "admin/second_factor/removal.html", context)
