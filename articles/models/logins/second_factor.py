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


class Passkey(models.Model):
    """通行密钥: a key that a phone, a computer or a stick holds, and signs with (WebAuthn).

    Only `articles/accounts/passkeys.py` writes it. What is stored is no secret: the id of the key
    and its public half, in base64url. It is of use at the host alone at which it was made.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys"
    )
    name = models.CharField(_("name"), max_length=60)
    host = models.CharField(max_length=255)
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.TextField()
    sign_count = models.BigIntegerField(default=0)
    last_challenge = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(_("set up"), default=timezone.now)
    used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        default_permissions = []
        ordering = ["pk"]

    def __str__(self):
        return self.name


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
