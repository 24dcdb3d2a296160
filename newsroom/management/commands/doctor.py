"""Say what is wrong with this installation, in plain words, and what to do."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.doctor.diagnosis import ERROR, OK, WARNING, worst
from newsroom.doctor.examination import examine

MARKS = {OK: "✓", WARNING: "!", ERROR: "✗"}


class Command(BaseCommand):
    """Looks at settings, database, disks, cache, backups and what else must be in order.

    It changes nothing. The exit status is 1 where there is an error; warnings alone give 0.
    """

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="for monitoring programs")

    def handle(self, *, verbosity: int, **options):
        """Print the diagnoses; with --verbosity 0 only those that are not well."""
        found = examine()
        status = worst(found)
        if options["json"]:
            rows = [each.as_dict() for each in found]
            text = json.dumps({"status": status, "diagnoses": rows}, ensure_ascii=False)
            self.stdout.write(text)
        else:
            for each in found:
                if verbosity or each.level != OK:
                    self.stdout.write(f"{MARKS[each.level]} {each.subject}: {each.words}")
                    if each.advice:
                        self.stdout.write(f"    → {each.advice}")
            if status == OK:
                self.stdout.write(_("Nothing is wrong."))
        if status == ERROR:
            raise SystemExit(1)
