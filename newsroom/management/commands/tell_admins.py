"""Mail what stands on standard input to ADMINS."""

import sys

from django.core.mail import mail_admins
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Mails a text to those who are told of errors; without `ADMINS` it does nothing."""

    help = __doc__

    def add_arguments(self, parser):
        """Take what the text is about."""
        parser.add_argument("subject", help="what failed, such as: backup")

    def handle(self, *, subject: str, **options):
        """Send the mail. Raises what the mail server answers."""
        mail_admins(_("This failed: %(what)s") % {"what": subject}, sys.stdin.read())
