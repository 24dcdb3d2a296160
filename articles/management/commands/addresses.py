"""Says where to go."""

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Prints the addresses of a demonstration."""

    help = __doc__

    def handle(self, **options):
        """Return the addresses, and where the passwords are kept."""
        site = f"http://127.0.0.1:{settings.PORT}"
        return (
            f"\n  The paper      {site}/"
            f"\n  The desk       {site}/admin/"
            "\n  Its passwords  var/accounts.txt"
            "\n  Stop it with Ctrl-C.\n"
        )
