"""成员 (member): a user account of the newsroom, and 提醒 (notices): what it wants to be told."""

import hashlib

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_session_salt() -> str:
    """Return what makes every session of before useless."""
    return get_random_string(12)


class MemberQuerySet(models.QuerySet):
    """Members; those that are disabled at once are logged out for good."""

    def update(self, **values):
        if values.get("is_active") is False:
            values.setdefault("session_salt", new_session_salt())
        return super().update(**values)


class MemberManager(UserManager.from_queryset(MemberQuerySet)):
    """Makes accounts as Django does."""

    use_in_migrations = False


class Member(AbstractUser):
    """An account of the desk. A Chinese name is one field: family name first, no space."""

    first_name = None
    last_name = None
    name = models.CharField(_("name"), max_length=60, blank=True)
    must_change_password = models.BooleanField(
        _("must change the password"),
        default=False,
        editable=False,
        help_text=_("Somebody else knows it: the next log-in asks for a new one."),
    )
    looked_at = models.DateTimeField(
        null=True,
        editable=False,
        verbose_name=_("looked at"),
        help_text=_("When the member last marked the news of the home page as seen."),
    )
    former_roles = models.CharField(
        _("former roles"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Of a member who has left: what was signed keeps them."),
    )
    # A session is bound to the password and to this: another one ends all sessions.
    session_salt = models.CharField(
        max_length=12, blank=True, default="", db_default="", editable=False
    )

    objects = MemberManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self):
        return self.get_full_name()

    def save(self, *args, update_fields=None, **options):
        """Save the account; the sessions of one that is disabled end for good.

        Whoever enables it again, past the desk too, does not open them with it.
        """
        if not self.is_active and (update_fields is None or "is_active" in update_fields):
            self.session_salt = new_session_salt()
            update_fields = update_fields and {*update_fields, "session_salt"}
        super().save(*args, update_fields=update_fields, **options)

    def get_session_auth_hash(self) -> str:
        """Return what a session is bound to: the password and the salt."""
        return self._salted(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        """Yield the same by the keys of before (`SECRET_KEY_FALLBACKS`)."""
        yield from map(self._salted, super().get_session_auth_fallback_hash())

    def _salted(self, bound: str) -> str:
        if not self.session_salt:
            return bound
        return hashlib.sha256(f"{self.session_salt}{bound}".encode()).hexdigest()

    def get_full_name(self) -> str:
        """The name, or the login where none is given."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """The same: Chinese names have no short form."""
        return self.get_full_name()

    @property
    def role_names(self) -> str:
        """The names of the roles, or those at the time of leaving. One query, unless prefetched."""
        return self.former_roles or "、".join(group.name for group in self.groups.all())


class Channel(models.TextChoices):
    """How a member is told that articles wait."""

    NONE = "none", _("no notices")
    EMAIL = "email", _("e-mail")
    WEBHOOK = "webhook", _("group robot (WeCom, DingTalk)")


class NoticeSettings(models.Model):
    """How a member is told of waiting articles, what was told last, and what failed.

    Only `articles/notices/` writes the fields below the webhook. The webhook is a secret: whoever
    has it can write to the group.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_settings",
        verbose_name=_("member"),
    )
    channel = models.CharField(
        _("notices"), max_length=10, choices=Channel.choices, default=Channel.NONE
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    webhook = models.CharField(_("address of the group robot"), max_length=500, blank=True)
    told = models.JSONField(default=list, editable=False)
    told_at = models.DateTimeField(_("last notice"), null=True, editable=False)
    next_at = models.DateTimeField(_("not again before"), default=timezone.now, editable=False)
    failures = models.PositiveSmallIntegerField(_("failed attempts"), default=0, editable=False)
    error = models.CharField(_("last error"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("notices")
        verbose_name_plural = _("notices")
        default_permissions = ["view"]
        ordering = ["member"]

    def __str__(self):
        return str(self.member)
