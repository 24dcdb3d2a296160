"""Compute the hashes by which duplicates are found, of the photos that have none yet."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.photos.duplicates import hash_stored_photos


class Command(BaseCommand):
    """Run after an update, or after photos were loaded from a fixture; running it twice is fine."""

    help = "Computes the hashes of photos that have none yet."

    def handle(self, **options):
        if unreadable := hash_stored_photos():
            ids = ", ".join(map(str, unreadable))
            raise CommandError(_("These photos cannot be read: %(ids)s") % {"ids": ids})
