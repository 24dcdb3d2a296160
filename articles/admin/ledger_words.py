"""What an entry of the ledger says, in the words of the desk."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import AfterWithdrawal, Change, LedgerEntry, Status
from articles.workflow.moves import MOVES

NAMES = {
    "article": _("article"),
    "articles": _("articles"),
    "at": _("time"),
    "change": _("change"),
    "codes": _("new recovery codes"),
    "created": _("new"),
    "deleted": _("deleted"),
    "digest": _("digest"),
    "ended": _("log-ins"),
    "factor": _("second factor"),
    "fields": _("fields"),
    "files": _("files"),
    "issue": _("issue"),
    "issues": _("issues"),
    "left": _("has left"),
    "move": _("step"),
    "name": _("name"),
    "number": _("number"),
    "passkey": _("passkey"),
    "password1": _("password"),
    "password2": _("password"),
    "reason": _("reason"),
    "removed": _("removed"),
    "rights": _("permissions"),
    "roles": _("roles"),
    "sha256": _("digest"),
    "to": _("status"),
    "updated": _("changed"),
    "what": _("what"),
    "written": _("files written"),
    "after_withdrawal": _("after a withdrawal"),
    "zones": _("zones"),
}
LABELS = {
    "after_withdrawal": dict(AfterWithdrawal.choices),
    "change": dict(Change.choices),
    "factor": {"passkey": _("passkey")},
    "move": {name: move.label for name, move in MOVES.items()},
    "to": dict(Status.choices),
    "what": {"archive": _("archive"), "site": _("static edition")},
}


def concerned(entry: LedgerEntry) -> str:
    """Return what it concerns, such as 版本 7; empty where it is no row. No query."""
    if not entry.object_id:
        return ""
    names = {
        model._meta.model_name: model for model in apps.get_app_config("articles").get_models()
    }
    model = names.get(entry.object_type, Group if entry.object_type == "group" else None)
    kind = model._meta.verbose_name if model else entry.object_type
    return f"{kind} {entry.object_id}"


def facts(entry: LedgerEntry) -> str:
    """Return its facts in one line; empty where there are none. No query."""
    told = entry.told.items()
    return "；".join(
        f"{NAMES.get(name, name)}：{_value(entry, name, value)}" for name, value in told
    )


def _value(entry: LedgerEntry, name: str, value) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "fields":
        return "、".join(dict.fromkeys(_field(entry, each) for each in value))
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(LABELS.get(name, {}).get(value, "—" if value in (None, "") else value))


def _field(entry: LedgerEntry, name: str) -> str:
    model = apps.all_models["articles"].get(entry.object_type)
    known = {field.name: field for field in model._meta.get_fields()} if model else {}
    return str(getattr(known.get(name), "verbose_name", NAMES.get(name, name)))
