"""成员 (member): a user account of the newsroom, and 提醒 (notices): what it wants to be told."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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

    class Meta(AbstractUser.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self):
        return self.get_full_name()

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
