"""Tell members what waits for them: run it every minute."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import notices


class Command(BaseCommand):
    """Sends at most one message in five minutes to a member who chose to be told.

    A receiver that fails is tried again later, and told at the desk; the exit status is 0.
    """

    help = "Send notices of waiting articles by e-mail and group robots."

    def handle(self, *args, **options):
        if not settings.NOTICES:
            self.stderr.write(_("Notices are turned off: see NOTICES in docs/operating.md."))
            return
        report = notices.send_due()
        if report.sent or report.failed or options["verbosity"] > 1:
            counts = {"sent": report.sent, "failed": report.failed}
            self.stdout.write(_("Notices sent: %(sent)d, failed: %(failed)d") % counts)
