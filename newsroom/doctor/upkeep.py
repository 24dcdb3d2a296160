"""Looks at what is done from time to time: backups and drills, mail and group robots."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backup import folder, media, record
from newsroom.backup.store.place import SCHEME, Place

from .diagnosis import ERROR, OK, WARNING, Diagnosis

SMTP = "django.core.mail.backends.smtp.EmailBackend"
HTTPS, TIMEOUT = 443, 10


def backups() -> Iterator[Diagnosis]:
    """Yield how old the last good backup, check of one and drill are, and where it is. No query."""
    run = _("Run it every night: manage.py backup FOLDER --keep 7d,4w,12m,30y")
    yield _age(record.BACKUP, _("Backup"), timedelta(days=2), ERROR, run)
    yield from _place()
    run = _("Run it every week: manage.py verify_backup FOLDER")
    yield _age(record.VERIFICATION, _("Check of a backup"), timedelta(days=14), WARNING, run)
    run = _("Run it every month: manage.py restore_backup FOLDER --drill")
    yield _age(record.DRILL, _("Drill"), timedelta(days=40), WARNING, run)


def _place() -> Iterator[Diagnosis]:
    """Yield that the last backup is gone, hidden, or on the disk that it is to replace."""
    row, subject = record.read().get(record.BACKUP), _("Backup")
    if row is None:
        return
    if row["path"].startswith(SCHEME):
        yield from _stored_place(row)
        return
    last = Path(row["path"])
    if not last.is_dir():
        words = _("The last backup is not there any more: %(path)s") % row
        yield Diagnosis(ERROR, subject, words, _("Mount its disk, or run: manage.py backup FOLDER"))
        return
    if later := [each for each in folder.backups(last.parent) if each.name > last.name]:
        words = _("%(newest)s is named later than the last backup, as by a clock that was ahead.")
        advice = _("It would be restored in the place of the last one: move it away.")
        yield Diagnosis(WARNING, subject, words % {"newest": later[-1]}, advice)
    files = media.current()
    if isinstance(files, media.FolderMedia) and device_of(last) == device_of(files.root):
        words = _("The last backup is on the disk of the files themselves: %(path)s") % row
        yield Diagnosis(WARNING, subject, words, _("Write backups to another disk."))


def _stored_place(row: dict) -> Iterator[Diagnosis]:
    """Yield that the last backup is gone from object storage."""
    backup = Place(row["path"]).chosen()
    if str(backup) != row["path"]:
        words = _("The last backup is not there any more: %(path)s") % row
        yield Diagnosis(
            ERROR, _("Backup"), words, _("Look at the storage, or run: manage.py backup")
        )


def device_of(path: Path) -> int:
    """Return the disk that a path is on, or would be. Raises OSError."""
    there = next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
    return there.stat().st_dev


def _age(kind: str, subject: str, oldest: timedelta, level: str, advice: str) -> Diagnosis:
    last = record.last(kind)
    if last is None:
        return Diagnosis(
            level, subject, _("It never went well on this machine, or failed last."), advice
        )
    words = _("It last went well on %(day)s.") % {"day": timezone.localtime(last).date()}
    if timezone.now() - last > oldest:
        return Diagnosis(level, subject, words, advice)
    return Diagnosis(OK, subject, words)


def mail() -> Iterator[Diagnosis]:
    """Yield whether the mail server takes us, if there is one. No query."""
    if settings.EMAIL_BACKEND != SMTP:
        return
    try:
        connection = get_connection(timeout=TIMEOUT)
        connection.open()
        connection.close()
    except OSError as error:  # Those of smtplib are such.
        words = _("The mail server does not take us: %(why)s") % {"why": type(error).__name__}
        yield Diagnosis(ERROR, _("Mail"), words, _("Look at EMAIL_URL and the mail server."))
    else:
        yield Diagnosis(OK, _("Mail"), _("The mail server takes us."))


def robots() -> Iterator[Diagnosis]:
    """Yield the hosts of group robots that cannot be reached, where notices are on. No query."""
    for host in settings.NOTICE_HOSTS if settings.NOTICES else ():
        try:
            socket.create_connection((host, HTTPS), timeout=TIMEOUT).close()
        except OSError:
            words = _("%(host)s cannot be reached.") % {"host": host}
            advice = _("Let the firewall pass https to it, or take it out of NOTICE_HOSTS.")
            yield Diagnosis(WARNING, _("Notices"), words, advice)
        else:
            yield Diagnosis(OK, _("Notices"), _("%(host)s can be reached.") % {"host": host})
