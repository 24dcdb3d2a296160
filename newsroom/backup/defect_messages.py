"""What is wrong with a backup, in words."""

from django.utils.translation import gettext as _

from . import verification
from .verification import Defect


def message(defect: Defect) -> str:
    """Return what is told of a defect."""
    messages = {
        verification.DAMAGED: _("Damaged: %(path)s"),
        verification.MISSING: _("Missing: %(path)s"),
        verification.ADDITIONAL: _("Not part of the backup: %(path)s"),
        verification.UNREADABLE: _("Cannot be read: %(path)s"),
        verification.UNFINISHED: _("No name of a finished backup: %(path)s"),
    }
    return messages[defect.kind] % {"path": defect.path}
