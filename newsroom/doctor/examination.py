"""Looks at everything, in order; a look that fails is a diagnosis itself."""

from collections.abc import Callable, Iterator

from django.db import Error
from django.utils.translation import gettext as _

from . import database, machine, standby, upkeep
from .diagnosis import ERROR, Diagnosis

Look = Callable[[], Iterator[Diagnosis]]
# Looked at only where the database answers.
WITH_DATABASE: list[Look] = [
    *(database.system_checks, database.migrations, database.clock),
    *(machine.ends_of_life, database.stored_files, database.ledger),
]
ALWAYS: list[Look] = [
    *(machine.disks, machine.permissions, machine.media_store, machine.shared_cache),
    *(upkeep.backups, upkeep.mail, upkeep.robots, database.restored_whole, standby.standby),
]


def examine() -> list[Diagnosis]:
    """Return all that is found. Raises nothing."""
    found = looked(database.answers)
    if found[0].level != ERROR:
        found += [each for look in WITH_DATABASE for each in looked(look)]
    return found + [each for look in ALWAYS for each in looked(look)]


def looked(look: Look) -> list[Diagnosis]:
    """Return what one look finds; that it failed, where it did."""
    try:
        return list(look())
    except Error as error:
        advice = _("Look at DATABASE_URL and the server of the database, and run: migrate")
        words = _("The database does not answer: %(why)s") % {"why": type(error).__name__}
        return [Diagnosis(ERROR, _("Database"), words, advice)]
    except Exception as error:
        words = _("This could not be looked at: %(what)s (%(why)s)")
        told = words % {"what": look.__name__, "why": f"{type(error).__name__}: {error}"}
        return [Diagnosis(ERROR, _("Doctor"), told)]
