"""发布 (release): an issue was released or recalled; 预览链接: read before."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .issue import Issue
from .revision import AppendOnly


class ReleaseAction(models.TextChoices):
    """What was done with the issue: released or recalled."""

    RELEASED = "released", _("released")
    RECALLED = "recalled", _("recalled")


class Release(AppendOnly):
    """One release or recall of an issue: who, when, for which minute. Never changed or deleted.

    `pages` and `articles` count what was to go out; `shown` holds, a line each, what the person
    was shown as deserving a look and released nevertheless.
    """

    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="releases", verbose_name=_("issue")
    )
    act = models.CharField(_("act"), max_length=10, choices=ReleaseAction.choices)
    goes_out_at = models.DateTimeField(_("goes out at"), null=True)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    articles = models.PositiveSmallIntegerField(_("articles"), default=0)
    shown = models.TextField(_("what deserved a look"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["pk"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.maker} {self.get_act_display()}"

    @property
    def maker(self) -> str:
        """The name of the member, or of the command line."""
        return str(self.made_by or _("command line"))


class PreviewLink(models.Model):
    """One preview link, valid until it expires or is revoked."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="preview_links")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        default_permissions = ["add", "view"]

    def __str__(self):
        return str(self.uid)

    def is_open(self, at=None) -> bool:
        """Tell whether the link is valid at an instant (now if None)."""
        return self.revoked_at is None and (at or timezone.now()) < self.ends_at
