"""The login form: of the login page, of a recovered form, and of the article form."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AdminAuthenticationForm):
    """Has one message for every failed login, which does not say what was wrong."""

    error_messages = dict.fromkeys(
        AdminAuthenticationForm.error_messages,
        _("Wrong account or password, or an account without access here. Capitals count."),
    )
