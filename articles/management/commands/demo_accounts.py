"""Makes the accounts of the demonstration: one for each role of the desk."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Member

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
    """Makes the accounts once; a second run changes nothing and tells where they are.

    Needs the roles (`loaddata roles`). The passwords are generated, and kept in a file that
    only its owner may read. Not for a server.
    """

    help = "Make one demonstration account for each role of the desk."

    def handle(self, *args, **options):
        kept = settings.VAR / "demo_accounts.txt"
        known = set(Member.objects.filter(username__in=ROLES).values_list("username", flat=True))
        if known and not kept.exists():
            self.stderr.write(_lost(kept))
            return
        missing = [username for username in ROLES if username not in known]
        if missing:
            _make(missing, kept, _lines_of(known, kept))
        self.stdout.write(_("Demonstration accounts, kept in %(file)s:") % {"file": kept})
        self.stdout.write(kept.read_text(encoding="utf-8"))


def _lines_of(known: set[str], kept: Path) -> list[str]:
    """Return what is written down of accounts that exist; a new database leaves none."""
    if not known:
        return []
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.split(" ", 1)[0] in known]


def _make(usernames: list[str], kept: Path, lines: list[str]) -> None:
    """Make the accounts and write their passwords down, both or neither."""
    with transaction.atomic():
        for username in usernames:
            password = secrets.token_urlsafe(9)
            _account(username, password)
            lines.append(f"{username:<10} {password}  {ROLES[username]}\n")
        _write(kept, "".join(lines))


def _account(username: str, password: str) -> None:
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


def _write(kept: Path, text: str) -> None:
    """Write a file that nobody else can read, not even for a moment."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(fresh, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(kept)


def _lost(kept: Path) -> str:
    told = _(
        "The demonstration accounts exist, but %(file)s is lost. "
        "Give one a new password with: manage.py changepassword %(account)s"
    )
    return told % {"file": kept, "account": ADMINISTRATOR}
