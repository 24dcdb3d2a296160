"""Create the first account of a new installation: an administrator."""

import secrets

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import ledger
from articles.models import LedgerKind, Member

ROLE = "管理员"


class Command(BaseCommand):
    """Creates an administrator with a password for one log-in, and prints it.

    Where there is an administrator, it changes nothing. Needs the roles (`loaddata roles`).
    """

    help = "Create an administrator, if there is none, and print a password for the first log-in."

    def add_arguments(self, parser):
        """Take the name for the log-in."""
        parser.add_argument("username", help="Latin letters and digits")

    def handle(self, *, username: str, **options):
        """Create the account, or say that there is one. One query where there is."""
        if Member.objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write(_("There is an administrator: nothing was changed."))
            return
        password = secrets.token_urlsafe(12)
        create(username, password)
        words = _("Account: %(username)s\nPassword for the first log-in: %(password)s")
        self.stdout.write(words % {"username": username, "password": password})


@ledger.atomic()
def create(username: str, password: str) -> None:
    """Store an administrator who is asked for a new password. Raises CommandError."""
    role = Group.objects.filter(name=ROLE).first()
    if role is None:
        raise CommandError(_("Load the roles first: manage.py loaddata roles"))
    if Member.objects.filter(username=username).exists():
        raise CommandError(_("There is an account %(name)s already.") % {"name": username})
    member = Member.objects.create_user(
        username, password=password, is_staff=True, is_superuser=True, must_change_password=True
    )
    member.groups.add(role)
    ledger.record(LedgerKind.ACCOUNT, member, roles=[ROLE])
