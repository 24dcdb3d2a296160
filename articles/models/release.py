"""发布: an issue let out, or called back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly
from .issue import Issue


class Act(models.TextChoices):
    """What was done with the issue."""

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
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
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
        """Who answers for it: a member, or whoever ran a command on the server."""
        return str(self.made_by or _("command line"))
