"""A password that was right a moment ago, while the code is still to come: a signed note of it."""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from articles.models import Member

SALT = "articles.accounts.checked_password"
MAX_AGE = 5 * 60


def note_of(member: Member) -> str:
    """Return what the form carries in place of the password. No query."""
    return signing.dumps([member.pk, _bound_to(member)], salt=SALT)


def member_of(note: str, username: str) -> Member | None:
    """Return whose password was right; None after five minutes or another password. One query."""
    try:
        pk, bound_to = signing.loads(note, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    member = Member.objects.filter(pk=pk, username=username, is_active=True).first()
    is_same = member and constant_time_compare(_bound_to(member), bound_to)
    return member if is_same else None


def _bound_to(member: Member) -> str:
    return salted_hmac(SALT, member.get_session_auth_hash(), algorithm="sha256").hexdigest()
