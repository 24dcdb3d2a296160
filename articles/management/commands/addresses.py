"""Says where to go."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Prints the addresses of a demonstration."""

    help = __doc__

    def handle(self, **options):
        """Return the addresses."""
        site = f"http://127.0.0.1:{settings.PORT}"
        return _("The paper: %(paper)s\nThe desk: %(desk)s\nStop it with Ctrl-C.") % {
            "paper": f"{site}/",
            "desk": f"{site}/admin/",
        }
