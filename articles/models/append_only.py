"""Rows that are written once: what the newsroom must be able to prove later."""

from django.db import models


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
        """Create rows; refuse to settle a conflict, which would change one."""
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
