"""Create demonstration accounts, one for each role."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import ledger
from articles.models import LedgerKind, Member

ROLES = {
    "jizhe": "记者",
    "zebian": "责任编辑",
    "zhuren": "部门主任",
    "bianwei": "值班编委",
    "zongbian": "值班总编",
    "jiaodui": "校对",
    "guanli": "管理员",
}
ADMINISTRATOR = "guanli"


class Command(BaseCommand):
    """Creates the accounts once; a second run changes nothing and prints them again.

    Needs the roles (`loaddata roles`). The passwords are generated and stored in a file that
    only its owner can read. Not for a server.
    """

    help = "Create one demonstration account for each role of the desk."

    def handle(self, *args, **options):
        file_path = settings.VAR / "demo_accounts.txt"
        known = set(Member.objects.filter(username__in=ROLES).values_list("username", flat=True))
        if known and not file_path.exists():
            self.stderr.write(_lost(file_path))
            return
        missing = [username for username in ROLES if username not in known]
        if missing:
            _create_accounts(missing, file_path, _lines_of(known, file_path))
        self.stdout.write(_("Demonstration accounts, kept in %(file)s:") % {"file": file_path})
        self.stdout.write(file_path.read_text(encoding="utf-8"))


def _lines_of(known: set[str], file_path: Path) -> list[str]:
    """Return the lines of the existing accounts; none with a new database."""
    if not known:
        return []
    lines = file_path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.split(" ", 1)[0] in known]


def _create_accounts(usernames: list[str], file_path: Path, lines: list[str]) -> None:
    """Create the accounts and write their passwords to the file, both or neither."""
    with ledger.atomic():
        for username in usernames:
            password = secrets.token_urlsafe(9)
            _create_account(username, password)
            lines.append(f"{username:<10} {password}  {ROLES[username]}\n")
        _write(file_path, "".join(lines))


def _create_account(username: str, password: str) -> None:
    role = Group.objects.filter(name=ROLES[username]).first()
    if role is None:
        raise CommandError(_("Load the roles first: manage.py loaddata roles"))
    member = Member.objects.create_user(
        username,
        password=password,
        name=f"示例{ROLES[username]}",
        is_staff=True,
        is_superuser=username == ADMINISTRATOR,
    )
    member.groups.add(role)
    ledger.record(LedgerKind.ACCOUNT, member, roles=[role.name])


def _write(file_path: Path, text: str) -> None:
    """Write a file that nobody else can read at any moment."""
    file_path.parent.mkdir(parents=True, exist_ok=True)
    partial = file_path.with_suffix(".new")
    partial.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(partial, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(file_path)


def _lost(file_path: Path) -> str:
    message = _(
        "The demonstration accounts exist, but %(file)s is lost. "
        "Give one a new password with: manage.py changepassword %(account)s"
    )
    return message % {"file": file_path, "account": ADMINISTRATOR}
