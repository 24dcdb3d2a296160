"""登录: where a member is logged in, shown to them and to administrators.

Each lists the sessions of one member and takes, by POST, the end of one or of all others.
"""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import accounts, ledger
from articles.accounts import sessions
from articles.models import LedgerKind, Member


class LogInsMixin:
    """Adds to the admin site the page of one's own sessions."""

    def get_urls(self):
        """Add its address."""
        view = self.admin_view(self.my_log_ins)
        return [path("log-ins/", view, name="my_log_ins"), *super().get_urls()]

    def my_log_ins(self, request: HttpRequest) -> HttpResponse:
        """List one's own sessions, or end some. One query, two more to end one."""
        if request.method == "POST":
            _say(request, _end(request, request.user))
            return HttpResponseRedirect(request.path)
        context = self.each_context(request) | {"title": _("My log-ins")}
        return _page(request, request.user, context)


def log_ins_view(model_admin):
    """Return the view of another member's sessions."""
    return partial(_log_ins, model_admin=model_admin)


def _log_ins(request: HttpRequest, pk: int, *, model_admin) -> HttpResponse:
    member = get_object_or_404(Member, pk=pk)
    if not model_admin.has_change_permission(request, member):
        raise PermissionDenied
    if request.method == "POST":
        if ended := _end(request, member):
            words = ngettext("Ended %d log-in.", "Ended %d log-ins.", ended) % ended
            model_admin.log_change(request, member, words)
        _say(request, ended)
        return HttpResponseRedirect(request.path)
    context = model_admin.admin_site.each_context(request)
    return _page(request, member, context | {"title": _("Log-ins"), "opts": model_admin.opts})


def _page(request: HttpRequest, member: Member, context: dict) -> HttpResponse:
    rows = sessions.sessions_of(member)
    context |= {"member": member, "sessions": rows, "here": request.session.session_key}
    return TemplateResponse(request, "admin/log_ins.html", context)


@ledger.atomic()
def _end(request: HttpRequest, member: Member) -> int:
    """End what the form says, and enter it; return how many sessions.

    The one in which it is sent stays.
    """
    if ended := _end_chosen(request, member):
        ledger.record(LedgerKind.SESSIONS, member, by=request.user, ended=ended)
    return ended


def _end_chosen(request: HttpRequest, member: Member) -> int:
    if "end" in request.POST:
        return int(sessions.end_session(member, request.POST["end"]))
    if "end_others" not in request.POST:
        return 0
    listed = len(sessions.sessions_of(member)) - (member == request.user)
    sessions.end_other_sessions(member, kept=request.session.session_key)
    if member != request.user:
        accounts.end_sessions(member)
    return listed


def _say(request: HttpRequest, ended: int) -> None:
    if ended:
        words = ngettext("Ended %d log-in.", "Ended %d log-ins.", ended) % ended
        messages.success(request, words)
    else:
        messages.info(request, gettext("There was nothing to end: it is over already."))
