"""What is asked of a member who has logged in before anything else is open.

A password that nobody else knows, and where the role needs one, a second factor.
"""

from django.http import HttpRequest

from . import second_factor

# The mark of a session whose member has a second factor.
MARK = "has_second_factor"


def has_first_password(request: HttpRequest) -> bool:
    """Tell whether somebody else knows the password of who asks. No query."""
    return getattr(request.user, "must_change_password", False)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Tell whether who asks must set up a second factor first.

    One query in a session, for those who need one, besides those for their permissions; none
    where the setting is off.
    """
    if not second_factor.is_required(request.user):
        return False
    if not request.session.get(MARK) and second_factor.has_factor(request.user):
        request.session[MARK] = True
    return not request.session.get(MARK)


def is_admitted(request: HttpRequest) -> bool:
    """Tell whether nothing is asked first. The queries of `lacks_second_factor`."""
    return not has_first_password(request) and not lacks_second_factor(request)
