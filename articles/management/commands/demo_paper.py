"""Load the roles and the sample issue, once."""

from datetime import date

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.models import Issue

SAMPLE_ON = date(2024, 7, 27)


class Command(BaseCommand):
    """Loads the roles and the sample issue if they are missing; edits stay."""

    help = __doc__

    def handle(self, **options):
        """Return which fixtures were loaded."""
        loaded = []
        if not Group.objects.filter(permissions__codename="submit_article").exists():
            loaded.append("roles")  # Also where they are older than the three reviews.
        if not Issue.objects.filter(issued_on=SAMPLE_ON).exists():
            loaded.append("sample_issue")
        if not loaded:
            return _("The sample issue is there already.")
        call_command("loaddata", *loaded, verbosity=0)
        call_command("hash_photos")
        return _("Loaded: %(fixtures)s") % {"fixtures": ", ".join(loaded)}
