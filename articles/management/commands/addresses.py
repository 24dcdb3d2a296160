"""Print the URLs of a demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Prints the URLs of the site and of the admin."""

    help = __doc__

    def handle(self, **options):
        """Return the URLs."""
        site = f"http://127.0.0.1:{settings.PORT}"
        return _("The paper: %(paper)s\nThe desk: %(desk)s\nStop it with Ctrl-C.") % {
            "paper": f"{site}/",
            "desk": f"{site}/admin/",
        }
