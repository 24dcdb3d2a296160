"""Autosave endpoints of the article form: what its script sends while one types.

All but the token take POST with JSON and answer with JSON. Without a login the answer is 403 with
`login`, so that the form can ask for it in place; see static/js/desk/autosave/main.js. Of a member
who must change a first password or set up a second factor, what is typed is kept, and nothing told.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.contrib.admin import site
from django.contrib.auth import login
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from articles.accounts import admission
from articles.admin.login import LoginForm
from articles.editing import autosave
from articles.editing.autosave_content import form_pairs
from articles.models import Article, Member
from articles.models.working_copy import Pairs

from .autosave_offers import offers_for, presence_lines, render_offers
from .saving_mixin import SAVED

LARGEST = 20 * 1024 * 1024
OLDEST = 30 * 24 * 3600
GREATEST = 2**31 - 1
ASKED_FIRST = gettext_lazy(
    "What you type is kept. Before you save it, open any page of the desk in another window: "
    "it asks for a new password or a second factor."
)
DELETED_NOTE = gettext_lazy("The article has been deleted. What you type is kept as a new article.")


@dataclass(frozen=True, slots=True)
class AutosaveMessage:
    """What a form sends: its id, its article, and what is typed (None: nothing new).

    `age` is how many seconds ago it was typed, where a browser had to wait for the server.
    """

    member: int
    article: int | None
    editor_id: UUID
    serial: int = 0
    version: int = 0
    fields: Pairs | None = None
    is_open: bool = True
    age: int = 0
    replaces: UUID | None = None
    replaces_serial: int = 0
    closed: tuple[str, ...] = ()

    @classmethod
    def of(cls, request) -> "AutosaveMessage":
        """Return the message of a request. Raises BadRequest where it is none."""
        try:
            data = json.loads(request.body)
            return cls(
                member=_number(data["member"]),
                article=None if data.get("article") is None else _number(data["article"]),
                editor_id=UUID(data["window"]),
                serial=_number(data.get("serial", 0)),
                version=_number(data.get("version", 0)),
                fields=None if data.get("fields") is None else form_pairs(data["fields"]),
                is_open=data.get("open", True) is True,
                age=min(_number(data.get("age", 0)), OLDEST),
                replaces=UUID(data["replaces"]) if data.get("replaces") else None,
                replaces_serial=_number(data.get("replaces_serial", 0)),
                closed=tuple(str(window) for window in data.get("closed", ())),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BadRequest("This is no message of a form.") from error


def _number(value) -> int:
    if type(value) is not int or not 0 <= value <= GREATEST:
        raise ValueError(value)
    return value


def autosave_urls(model_admin) -> list[URLPattern]:
    """Return the URLs of the autosave endpoints."""
    views = {
        "keep": require_POST(_message_view(save_view, model_admin)),
        "offers": require_POST(_message_view(offers_view, model_admin)),
        "discard": require_POST(_message_view(discard_view, model_admin)),
        "token": require_GET(token_view),
        "login": require_POST(login_view),
    }
    return [
        path(f"working-copies/{name}/", never_cache(view), name=f"autosave_{name}")
        for name, view in views.items()
    ]


def _message_view(view, model_admin):
    """Return a view of a message, for a member who is logged in and may change its article."""

    @wraps(view)
    def answer(request):
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return _refuse(_("The text is too long to be kept on the server."), status=413)
        message = AutosaveMessage.of(request)
        is_member = model_admin.admin_site.has_permission(request)
        if not is_member or message.member != request.user.pk:
            return JsonResponse({"login": True}, status=403)
        if view is not save_view and not admission.is_admitted(request):
            return _refuse(ASKED_FIRST)
        article, refusal = _article_of(request, message, model_admin)
        return _refuse(refusal) if refusal else view(request, message, article)

    return answer


def _article_of(request, message: AutosaveMessage, model_admin) -> tuple[Article | None, str]:
    """Return the article of a message, or why its member may not change it. One query.

    A draft that was deleted meanwhile is a new article, as are its working copies by now.
    """
    rows = Article.objects.select_related("page__issue").defer("body")
    article = rows.filter(pk=message.article).first() if message.article else None
    if article is None:
        may = model_admin.has_add_permission(request)
        return None, "" if may else _("You may not write articles.")
    may = model_admin.has_change_permission(request, article)
    return article, "" if may else _("You may not change this article any more.")


def save_view(request, message: AutosaveMessage, article: Article | None):
    """Save what is typed, or note that the form is open or closed; return who else is here.

    Three queries for a form that is only open, besides those for login and permissions.
    """
    if _is_saved(request, message):
        return JsonResponse({"saved": True})
    try:
        with transaction.atomic():
            _save(message, article, by=request.user)
    except autosave.EditorIdConflictError:
        return _refuse(_("This window belongs to another article."), status=409)
    request.is_idle = message.fields is None  # A form left open does not lengthen a login.
    if not admission.is_admitted(request):
        return JsonResponse({"kept": message.serial, "others": [], "note": ASKED_FIRST})
    answer = {"kept": message.serial, "others": presence_lines(article, request.user)}
    is_deleted = message.article and not article
    return JsonResponse(answer | ({"note": DELETED_NOTE} if is_deleted else {}))


def offers_view(request, message: AutosaveMessage, article: Article | None):
    """Show what this member typed and did not save; delete what is too old."""
    autosave.purge_stale()
    found = offers_for(request.user, article, but=message.editor_id, closed=message.closed)
    copies = autosave.typed_by(request.user, article=article)
    return JsonResponse(
        {
            "html": render_offers(request, found, article),
            "copies": {str(offer.copy.editor_id): offer.as_message() for offer in found},
            "known": [str(key) for key in copies.values_list("editor_id", flat=True)],
            "waits": any(offer.is_open for offer in found),
        }
    )


def discard_view(request, message: AutosaveMessage, article: Article | None):
    """Delete the copy that a member no longer wants, unless more was typed since."""
    own = {"by": request.user, "editor_id": message.editor_id}
    return JsonResponse({"gone": autosave.delete(**own, serial=message.serial)})


def token_view(request):
    """Return who is logged in, and the CSRF token for forms."""
    return JsonResponse(_login_state(request))


@sensitive_post_parameters("password")
def login_view(request):
    """Log in without leaving the form."""
    form = LoginForm(request, request.POST)
    if not form.is_valid():
        reason = " ".join(form.non_field_errors()) or _("Please fill in both fields.")
        checked = form["checked"].value() if form.asks_code else ""
        told = {"refused": reason, "checked": checked, "passkey": form.passkey_options}
        return JsonResponse(told, status=403)
    login(request, form.get_user())
    return JsonResponse(_login_state(request))


def _save(message: AutosaveMessage, article: Article | None, *, by: Member) -> None:
    own = {"by": by, "editor_id": message.editor_id}
    if message.fields is not None:
        autosave.save(
            message.fields,
            article=article,
            serial=message.serial,
            version=message.version,
            is_open=message.is_open,
            typed_at=timezone.now() - timedelta(seconds=message.age),
            **own,
        )
        if message.replaces:
            former = {"editor_id": message.replaces, "serial": message.replaces_serial}
            autosave.delete(by=by, **former)
    elif message.is_open:
        autosave.touch(article=article, version=message.version, **own)
    else:
        autosave.close(**own)


def _is_saved(request, message: AutosaveMessage) -> bool:
    """Tell whether the form was saved after this message was sent."""
    saved = dict(request.session.get(SAVED, []))
    return message.fields is not None and message.serial <= saved.get(str(message.editor_id), -1)


def _login_state(request) -> dict:
    member = request.user if site.has_permission(request) else None
    name = str(member) if member else ""
    return {"csrf": get_token(request), "member": member and member.pk, "name": name}


def _refuse(reason: str, *, status: int = 403) -> JsonResponse:
    return JsonResponse({"refused": reason}, status=status)
