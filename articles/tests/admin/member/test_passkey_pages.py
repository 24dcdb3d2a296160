"""The pages of passkeys: adding one, removing one, and an administrator who takes them away."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from articles.accounts import second_factor
from articles.models import LoginCounter, Passkey, RecoveryCode
from articles.tests.accounts.software_key import (
    ADD,
    LOGIN,
    RIGHT,
    SoftwareKey,
    entries,
    key_of,
    log_in,
    register,
)
from articles.tests.factories import make_member
from articles.tests.form_helpers import fields, signed_in

pytestmark = pytest.mark.django_db
HOME, OWN = "/admin/", "/admin/second-factor/"


@pytest.fixture
def chief(db):
    return make_member(username="chief", is_staff=True)


@pytest.fixture
def key(chief) -> SoftwareKey:
    """The passkey of the chief."""
    return key_of(chief)


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
def test_a_key_made_elsewhere_is_not_stored(chief, wrong):
    page = register(signed_in(chief), SoftwareKey(**wrong))
    assert "通行密钥未能保存" in page.content.decode()
    assert not Passkey.objects.exists()


def certificate() -> bytes:
    """Return a certificate of a version that there is none of."""
    key, name, day = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), datetime(2024, 7, 27)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(1))
    written = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return written.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x09", 1)


def test_a_key_with_a_certificate_that_nobody_can_read_is_not_stored(chief):
    attested = {"sig": b"x", "alg": -7, "x5c": [certificate()]}
    key = SoftwareKey(attested={"fmt": "packed", "attStmt": attested})
    assert "通行密钥未能保存" in register(signed_in(chief), key).content.decode()
    assert not Passkey.objects.exists()


@pytest.mark.parametrize(("length", "is_stored"), [(1023, True), (1024, False), (5000, False)])
def test_a_key_with_an_id_that_is_too_long_is_not_stored(chief, length, is_stored):
    key = SoftwareKey(credential_id=b"x" * length)
    assert register(signed_in(chief), key).status_code == 200
    assert Passkey.objects.exists() == is_stored


@pytest.mark.parametrize("wrong", [{"password": "guess"}, {"name": ""}, {"name": "长" * 61}])
def test_a_wrong_password_or_name_stores_nothing_and_keeps_what_was_made(chief, wrong):
    key, desk = SoftwareKey(), signed_in(chief)
    page = register(desk, key, **wrong)
    assert not Passkey.objects.exists()
    again = fields(page, "passkey_form") | {"password": RIGHT, "name": "办公室电脑"}
    assert len(desk.post(ADD, again).context["codes"]) == 10
    assert Passkey.objects.count() == 1


def test_one_key_is_stored_once(chief, key):
    other = signed_in(make_member(username="other", is_staff=True))
    for desk in (other, signed_in(chief)):
        assert "通行密钥未能保存" in register(desk, key).content.decode()
    assert Passkey.objects.get().member == chief


def test_a_second_one_leaves_codes_and_sessions_and_both_let_in(chief, key):
    codes = {*RecoveryCode.objects.values_list("pk")}
    desk, elsewhere, second = signed_in(chief), signed_in(chief), SoftwareKey()
    answer = register(desk, second, name="手机")
    assert answer["Location"] == OWN
    page = desk.get(OWN).content.decode()
    assert "手机" in page and "办公室电脑" in page and elsewhere.get(HOME).status_code == 200
    assert {*RecoveryCode.objects.values_list("pk")} == codes
    assert [log_in(each).status_code for each in (key, second)] == [302, 302]


def test_removed_with_the_password_and_the_last_takes_the_codes_along(chief, key):
    desk, second = signed_in(chief), SoftwareKey()
    register(desk, second, name="手机")
    first = Passkey.objects.order_by("pk").first()
    remove = f"{ADD}{first.pk}/remove/"
    desk.post(remove, {"password": "guess"})
    assert Passkey.objects.count() == 2
    assert desk.post(remove, {"password": RIGHT})["Location"] == OWN
    assert entries()[-1] == ("second_factor", chief.pk, {"passkey": first.pk, "removed": True})
    assert RecoveryCode.objects.exists() and log_in(key).status_code == 200
    LoginCounter.objects.all().delete()
    last = Passkey.objects.get()
    assert desk.post(f"{ADD}{last.pk}/remove/", {"password": RIGHT}).status_code == 302
    assert not RecoveryCode.objects.exists() and not second_factor.has_factor(chief)


def test_nobody_removes_that_of_another(chief, key):
    other = signed_in(make_member(username="other", is_staff=True))
    where = f"{ADD}{Passkey.objects.get().pk}/remove/"
    assert other.post(where, {"password": RIGHT}).status_code == 404
    assert Passkey.objects.exists()


def test_an_administrator_takes_all_with_the_reason(roles):
    chief, office = roles("值班总编"), signed_in(roles("管理员"))
    desk = signed_in(chief)
    register(desk, SoftwareKey())
    where = f"/admin/articles/member/{chief.pk}/second_factor/"
    assert office.post(where, {"reason": "电脑丢失"}).status_code == 302
    assert not Passkey.objects.exists() and not RecoveryCode.objects.exists()
    assert desk.get(HOME)["Location"].startswith(LOGIN)
    assert entries()[-1][2] == {"reason": "电脑丢失", "removed": True}


def test_a_passkey_is_a_second_factor_where_the_role_needs_one(roles, settings):
    settings.SECOND_FACTOR = True
    desk = signed_in(roles("值班总编"))
    assert desk.get(HOME)["Location"].startswith(OWN)
    register(desk, SoftwareKey())
    assert desk.get(HOME).status_code == 200
