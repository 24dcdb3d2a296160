"""版本: an immutable numbered snapshot of an article's words; and rows that never change."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.content.copy import Copy

from .article import Article


class AppendOnlyError(TypeError):
    """Something tried to change or delete a row that must stay as it was written."""


class AppendOnlyQuerySet(models.QuerySet):
    """Selects and creates, and refuses to change or delete."""

    def update(self, **values):
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed.")

    def delete(self):
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted.")

    def bulk_create(self, objs, **options):
        """Create rows; refuse upserts, which would change one."""
        if options.get("update_conflicts"):
            raise AppendOnlyError(f"{self.model.__name__} rows are never changed.")
        return super().bulk_create(objs, **options)


class AppendOnly(models.Model):
    """A row that can be created and read, and nothing else."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **options):
        """Create the row; raise AppendOnlyError if it is there already."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **options | {"force_insert": True})

    def delete(self, *args, **options):
        """Refuse."""
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted.")


class Change(models.TextChoices):
    """How a revision came about."""

    WRITTEN = "written", _("written")
    EDITED = "edited", _("edited")
    MERGED = "merged", _("merged with a colleague's changes")
    RESTORED = "restored", _("restored")
    CORRECTED = "corrected", _("corrected after publication")
    IMPORTED = "imported", _("read from a page")
    DOCUMENT = "document", _("imported from a document")
    ARCHIVED = "archived", _("taken from the archive")


class Revision(AppendOnly):
    """The words of an article as somebody saved them. Never changed, never deleted."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"))
    stored_copy = models.TextField(_("words"))
    digest = models.CharField(_("digest"), max_length=64)
    change = models.CharField(_("change"), max_length=20, choices=Change.choices)
    status = models.CharField(_("status"), max_length=20)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="revisions",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["made_at"], name="revisions_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revisions_are_numbered")
        ]

    def __str__(self):
        return _("revision %(number)d") % {"number": self.number}

    @cached_property
    def copy(self) -> Copy:
        """The words of this revision."""
        return Copy.from_json(self.stored_copy)
