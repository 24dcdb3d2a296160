"""The doors of unsaved copies: what the script of the article form sends while one types.

All but the token take POST with JSON and answer with JSON. Who is not logged in is told so
(403, `login`), so that the form can ask for it in place; see static/js/desk/working_copy.js.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.contrib.auth import login
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from articles import working_copies
from articles.models import Article
from articles.models.working_copy import Pairs

from .login import LoginForm
from .offers import offered, shown
from .presence import lines

# What the form posts of itself when it is saved.
WINDOW, SERIAL = "_window", "_serial"
REPLACED, REPLACED_SERIAL = "_replaces", "_replaces_serial"
LARGEST = 20 * 1024 * 1024
OLDEST = 30 * 24 * 3600
GREATEST = 2**31 - 1
# The forms saved last in a session: (window, serial). A message that comes late makes no copy.
SAVED = "saved_windows"
REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Message:
    """What a form says: itself, its article, and what is typed (None: nothing new).

    `age` is how many seconds ago it was typed, where a browser had to wait for the server.
    """

    member: int
    article: int | None
    window: UUID
    serial: int = 0
    version: int = 0
    fields: Pairs | None = None
    is_open: bool = True
    age: int = 0
    replaces: UUID | None = None
    replaces_serial: int = 0
    closed: tuple[str, ...] = ()

    @classmethod
    def read(cls, request) -> "Message":
        """Return the message of a request; raise BadRequest where it is none."""
        try:
            said = json.loads(request.body)
            return cls(
                member=_number(said["member"]),
                article=None if said.get("article") is None else _number(said["article"]),
                window=UUID(said["window"]),
                serial=_number(said.get("serial", 0)),
                version=_number(said.get("version", 0)),
                fields=_pairs(said.get("fields")),
                is_open=said.get("open", True) is True,
                age=min(_number(said.get("age", 0)), OLDEST),
                replaces=UUID(said["replaces"]) if said.get("replaces") else None,
                replaces_serial=_number(said.get("replaces_serial", 0)),
                closed=tuple(str(window) for window in said.get("closed", ())),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
            raise BadRequest("This is no message of a form.") from fault


def _number(value) -> int:
    if type(value) is not int or not 0 <= value <= GREATEST:
        raise ValueError(value)
    return value


def _pairs(found) -> Pairs | None:
    if found is None:
        return None
    pairs = [(name, value) for name, value in found]
    if not all(type(part) is str for pair in pairs for part in pair):
        raise ValueError("not text")
    return [(name, value) for name, value in pairs if not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return "password" in name or name == "csrfmiddlewaretoken"


class KeepsTyping:
    """Keeps what is typed in the article form while it is not saved. Mixed into the ModelAdmin."""

    def get_urls(self):
        """Add the addresses of unsaved copies."""
        views = {
            "keep": require_POST(self._told(self.keep_view)),
            "offers": require_POST(self._told(self.offers_view)),
            "discard": require_POST(self._told(self.discard_view)),
            "token": require_GET(self.token_view),
            "login": require_POST(self.login_view),
        }
        own = [
            path(f"working-copies/{name}/", never_cache(view), name=f"working_copy_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def _told(self, view):
        """Return a view of a message by who is logged in and may change its article."""

        @wraps(view)
        def answer(request):
            if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
                return _refuse(_("The text is too long to be kept on the server."), status=413)
            message = Message.read(request)
            if not self.admin_site.has_permission(request) or message.member != request.user.pk:
                return JsonResponse({"login": True}, status=403)
            article, refusal = self._article_of(request, message)
            return _refuse(refusal) if refusal else view(request, message, article)

        return answer

    def _article_of(self, request, message: Message) -> tuple[Article | None, str]:
        """Return the article of a message, or why its member may not change it. One query.

        A draft that was deleted meanwhile is a new article, as are its copies by now.
        """
        rows = Article.objects.select_related("page__issue").defer("body")
        article = rows.filter(pk=message.article).first() if message.article else None
        if article is None:
            may = self.has_add_permission(request)
            return None, "" if may else _("You may not write articles.")
        may = self.has_change_permission(request, article)
        return article, "" if may else _("You may not change this article any more.")

    def keep_view(self, request, message: Message, article: Article | None):
        """Keep what is typed, or note that the form is open or closed; tell who else is here.

        Three queries for a form that is only open, besides those for login and rights.
        """
        own = {"by": request.user, "window": message.window}
        if _is_saved(request, message):
            return JsonResponse({"saved": True})
        try:
            with transaction.atomic():
                _take(message, article, own)
        except working_copies.WindowTaken:
            return _refuse(_("This window belongs to another article."), status=409)
        if message.fields is None:
            request.session.modified = False  # A form left open does not lengthen a login.
        said = {"kept": message.serial, "others": lines(article, request.user)}
        if message.article and not article:
            said["note"] = _(
                "The article has been deleted. What you type is kept as a new article."
            )
        return JsonResponse(said)

    def offers_view(self, request, message: Message, article: Article | None):
        """Show what this member typed and did not save; sweep away what is too old."""
        working_copies.sweep()
        found = offered(request.user, article, but=message.window, closed=message.closed)
        windows = working_copies.typed_by(request.user, article=article)
        return JsonResponse(
            {
                "html": shown(request, found, article),
                "copies": {str(offer.copy.window): offer.as_message() for offer in found},
                "known": [str(window) for window in windows.values_list("window", flat=True)],
                "waits": any(offer.is_open for offer in found),
            }
        )

    def discard_view(self, request, message: Message, article: Article | None):
        """Delete the copy that a member no longer wants, unless it has grown since."""
        own = {"by": request.user, "window": message.window}
        return JsonResponse({"gone": working_copies.forget(**own, serial=message.serial)})

    def token_view(self, request):
        """Tell who is logged in, and give the token for forms."""
        return JsonResponse(_who(request, self.admin_site))

    @method_decorator(sensitive_post_parameters("password"))
    def login_view(self, request):
        """Log in without leaving the form."""
        form = LoginForm(request, request.POST)
        if not form.is_valid():
            return _refuse(" ".join(form.non_field_errors()) or _("Please fill in both fields."))
        login(request, form.get_user())
        return JsonResponse(_who(request, self.admin_site))

    # Saving

    def render_change_form(self, request, context, *args, **kwargs):
        """Let a form that comes back unsaved go on as the same window."""
        context["window"] = request.POST.get(WINDOW, "")
        context["window_serial"] = request.POST.get(SERIAL, "")
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, *args, **kwargs):
        _forget_saved(request)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request, obj):
        _forget_saved(request)
        return super().response_change(request, obj)


def _take(message: Message, article: Article | None, own: dict) -> None:
    if message.fields is not None:
        working_copies.keep(
            message.fields,
            article=article,
            serial=message.serial,
            version=message.version,
            is_open=message.is_open,
            typed_at=timezone.now() - timedelta(seconds=message.age),
            **own,
        )
        if message.replaces:
            former = {"window": message.replaces, "serial": message.replaces_serial}
            working_copies.forget(by=own["by"], **former)
    elif message.is_open:
        working_copies.see(article=article, version=message.version, **own)
    else:
        working_copies.leave(**own)


def _forget_saved(request) -> None:
    """Delete the copies of the form that has just been saved, and remember that they were.

    Its own, and the one that was taken over into it.
    """
    saved = request.session.get(SAVED, [])
    for names in ((WINDOW, SERIAL), (REPLACED, REPLACED_SERIAL)):
        try:
            window = UUID(request.POST.get(names[0], ""))
            serial = _number(int(request.POST.get(names[1], "")))
        except ValueError:
            continue
        working_copies.forget(by=request.user, window=window, serial=serial)
        saved = [*(each for each in saved if each[0] != str(window)), [str(window), serial]]
        request.session[SAVED] = saved[-REMEMBERED:]


def _is_saved(request, message: Message) -> bool:
    """Tell whether what a form says had been saved before it arrived."""
    saved = dict(request.session.get(SAVED, []))
    return message.fields is not None and message.serial <= saved.get(str(message.window), -1)


def _who(request, site) -> dict:
    member = request.user if site.has_permission(request) else None
    name = str(member) if member else ""
    return {"csrf": get_token(request), "member": member and member.pk, "name": name}


def _refuse(reason: str, *, status: int = 403) -> JsonResponse:
    return JsonResponse({"refused": reason}, status=status)
