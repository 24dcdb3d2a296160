"""第二验证 (second factor): what a member has besides the password, to log in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuthenticatorApp(models.Model):
    """验证器: an app that shows another six digits every 30 seconds (TOTP, RFC 6238).

    Only `articles/accounts/authenticator_app.py` writes it. The secret is encrypted with
    `SECRET_KEY`; a code is taken once, and none of a step before the last one taken.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticator_app"
    )
    secret = models.CharField(max_length=300)
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(_("set up"), default=timezone.now)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")
        default_permissions = []

    def __str__(self):
        return str(self.member)


class RecoveryCode(models.Model):
    """恢复码: lets its member in once, where the phone is lost. A digest: it is shown once."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = []
        constraints = [models.UniqueConstraint("member", "digest", name="recovery_code_once")]

    def __str__(self):
        return str(self.member)
