"""The form in which members choose how they are told of waiting articles."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminRadioSelect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import notices
from articles.models import Channel, Member, NoticeSettings

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class NoticeForm(forms.Form):
    """A member's own choice. A robot's address is written once and never shown again."""

    channel = forms.ChoiceField(
        label=_("Tell me by"), widget=AdminRadioSelect(attrs={"class": "radiolist"})
    )
    email = forms.EmailField(
        label=_("e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "vTextField"}),
    )
    webhook = forms.CharField(
        label=_("address of the group robot"),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, data=None, *, member: Member, stored: NoticeSettings):
        known = {"channel": stored.channel, "email": stored.email or member.email}
        super().__init__(data, initial=known)
        self.member, self.stored = member, stored
        self.fields["channel"].choices = _channels()
        if stored.webhook:
            kept = gettext("One is stored, ending in %(end)s; left empty, it stays.")
            self.fields["webhook"].help_text = kept % {"end": stored.webhook[-4:]}
        else:
            self.fields["webhook"].help_text = _("As the group of WeCom or DingTalk shows it.")

    def clean_webhook(self):
        """Return the address that was typed, or the one stored."""
        if not (address := self.cleaned_data["webhook"]):
            return self.stored.webhook
        try:
            notices.check_address(address)
        except notices.NoticeError as error:
            raise forms.ValidationError(str(error)) from error
        return address

    def clean(self):
        cleaned = super().clean()
        for name in (Channel.EMAIL, Channel.WEBHOOK):
            is_missing = name not in self.errors and not cleaned.get(name)
            if cleaned.get("channel") == name and is_missing:
                self.add_error(name, _("This is needed."))
        return cleaned

    def save(self) -> NoticeSettings:
        """Store the choice."""
        return notices.choose(self.member, **self.cleaned_data)


def _channels() -> list[tuple[str, str]]:
    """Return the ways to be told that this paper has."""
    has_mail = settings.EMAIL_BACKEND != NO_MAIL
    return [each for each in Channel.choices if has_mail or each[0] != Channel.EMAIL]
