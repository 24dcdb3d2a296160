"""The login at the desk: on its own page, on a form handed back, and in place."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AdminAuthenticationForm):
    """Says that a login failed, in words of the house's own, and never which part was wrong."""

    error_messages = dict.fromkeys(
        AdminAuthenticationForm.error_messages,
        _("Wrong account or password, or an account without access here. Capitals count."),
    )
