"""Make readers' pages be built anew: for rows that were changed past the desk."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.page_cache.stores import clear_pages


class Command(BaseCommand):
    """Makes all kept pages of readers old, and deletes their files."""

    help = __doc__

    def handle(self, **options):
        """Count a change of everything, and clear the files."""
        clear_pages()
        return _("All pages of readers are built anew.")
