"""离岗与回来: the page on which a member leaves, or comes back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from articles import accounts
from articles.accounts.auditing import roles_given_by
from articles.models import Member

from .member_forms import ReturnForm


def departure_view(model_admin):
    """Return the view: a page that asks, and takes the answer by POST."""
    return sensitive_post_parameters()(partial(_departure, model_admin=model_admin))


def _departure(request: HttpRequest, pk: int, *, model_admin) -> HttpResponse:
    """Ask, then do; nobody leaves by their own hand. Two queries to ask, one more to come back."""
    member = get_object_or_404(Member, pk=pk)
    if member == request.user or not model_admin.has_change_permission(request, member):
        raise PermissionDenied
    form = None if member.is_active else _return_form(request, member)
    if member.is_active and _posted(request, "_leave"):
        return _leave(request, member, model_admin)
    if form and form.is_valid():
        return _come_back(request, member, form, model_admin)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Leaving") if member.is_active else _("Coming back"),
        "opts": model_admin.opts,
        "member": member,
        "roles": member.groups.order_by("pk") if member.is_active else [],
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/member/departure.html", context)


def _return_form(request: HttpRequest, member: Member) -> ReturnForm:
    form = ReturnForm(member, _posted(request, "_return"))
    form.fields["groups"].queryset = roles_given_by(request.user)
    return form


def _posted(request: HttpRequest, button: str):
    """Return what was posted with a button; None for anything else, such as a second click."""
    return request.POST if button in request.POST else None


def _leave(request: HttpRequest, member: Member, model_admin) -> HttpResponse:
    roles = accounts.leave(member, by=request.user)
    model_admin.log_change(request, member, gettext("Left. Roles: %s") % (roles or "—"))
    words = gettext("%(name)s has left: logged out everywhere; the name stays on what was done.")
    messages.success(request, words % {"name": member})
    return _to_form(member)


def _come_back(request: HttpRequest, member: Member, form: ReturnForm, model_admin) -> HttpResponse:
    roles = list(form.cleaned_data["groups"])
    password = form.cleaned_data["password1"]
    accounts.come_back(member, roles=roles, password=password, by=request.user)
    names = "、".join(role.name for role in roles)
    model_admin.log_change(request, member, gettext("Came back. Roles: %s") % names)
    messages.success(request, gettext("%(name)s is back.") % {"name": member})
    return _to_form(member)


def _to_form(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_member_change", args=[member.pk]))
