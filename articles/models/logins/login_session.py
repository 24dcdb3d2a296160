"""登录 (log-in session): one browser in which a member is logged in."""

from hashlib import sha256
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginSession(AbstractBaseSession):
    """A session in the database, with what its owner is told of it.

    The session store of `SESSION_ENGINE` alone writes it; deleting the row ends the session. What
    stands here is also in the session itself, so that it costs no query of its own.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="login_sessions",
        verbose_name=_("member"),
    )
    began_at = models.DateTimeField(_("began"), null=True)
    seen_at = models.DateTimeField(_("last used"), null=True)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)

    objects = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("log-in session")
        verbose_name_plural = _("log-in sessions")
        default_permissions = []

    @classmethod
    def get_session_store_class(cls):
        """Return the store of these sessions, which is the project's."""
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def token(self) -> str:
        """What stands in a page for the key, which would let anybody in who has it."""
        return sha256(self.session_key.encode()).hexdigest()
