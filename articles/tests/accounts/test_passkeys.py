"""Passkeys: what one signs lets in once, for its member, at this address; nothing else does."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.accounts import passkeys, recovery_codes
from articles.models import LoginCounter, Passkey, RecoveryCode
from articles.tests.accounts.software_key import (
    ADD,
    LOGIN,
    RIGHT,
    SoftwareKey,
    entries,
    half,
    key_of,
    log_in,
    register,
)
from articles.tests.editor_sessions import AT
from articles.tests.factories import make_member
from articles.tests.form_helpers import ARTICLE_ADD_URL, signed_in

pytestmark = pytest.mark.django_db
HOME, OWN = "/admin/", "/admin/second-factor/"
STEP, REFUSED = "还差一步", "通行密钥未通过验证"


@pytest.fixture
def chief(db):
    return make_member(username="chief", is_staff=True)


@pytest.fixture
def key(chief) -> SoftwareKey:
    """The passkey of the chief."""
    return key_of(chief)


def test_a_passkey_is_added_and_lets_in(chief, key):
    stored = Passkey.objects.get()
    assert (stored.member, stored.name, stored.host) == (chief, "办公室电脑", "testserver")
    assert RecoveryCode.objects.filter(member=chief).count() == 10
    browser = Client()
    assert log_in(key, browser)["Location"] == HOME
    assert browser.get(HOME).status_code == 200
    stored.refresh_from_db()
    assert stored.sign_count == 2 and stored.used_at
    assert entries() == [
        ("second_factor", chief.pk, {"passkey": stored.pk, "removed": False}),
        ("second_factor", chief.pk, {"codes": 10}),
        ("log_in", chief.pk, {"factor": "passkey", "passkey": stored.pk}),
    ]


def test_the_password_alone_and_a_key_without_it_let_nobody_in(key):
    browser = Client()
    _, options = half(browser)
    assert browser.get(HOME).status_code == 302
    form = {"username": "chief", "passkey": key.sign(options)}
    assert browser.post(LOGIN, form).status_code == 200
    assert browser.get(HOME).status_code == 302


def test_recovery_codes_let_in_who_has_passkeys_alone(chief, key):
    codes, browser = recovery_codes.make_codes(chief), Client()
    form, _ = half(browser)
    assert browser.post(LOGIN, form | {"code": codes[0]}).status_code == 302


def test_a_key_that_counts_nothing_lets_in_again_and_again(chief):
    key = SoftwareKey(count=0)
    register(signed_in(chief), key)
    assert [log_in(key).status_code for _ in range(3)] == [302] * 3


def test_what_was_signed_lets_in_once(chief, key):
    """The same browser, a new one, and one that is asked something else."""
    key.count = 0
    Passkey.objects.update(sign_count=0)
    browser = Client()
    form, options = half(browser)
    signed = form | {"passkey": key.sign(options)}
    assert browser.post(LOGIN, signed).status_code == 302
    other = Client()
    half(other)
    for again in (browser, Client(), other):
        page = again.post(LOGIN, signed)
        assert (page.status_code, REFUSED in page.content.decode()) == (200, True)


def test_of_two_at_once_one_lets_in(together, chief, rf):
    key, desk = SoftwareKey(count=0), signed_in(chief)
    register(desk, key)
    request = rf.get(LOGIN)
    request.session = {}
    signed = key.sign(passkeys.request_options(request, chief))
    waiting = request.session

    def act():
        copy = rf.get(LOGIN)
        copy.session = dict(waiting)
        return passkeys.check(copy, chief, signed) is not None

    assert sorted(together([act, act])) == [False, True]


WRONG = {
    "of another address": {"origin": "https://evil.example"},
    "of another port": {"origin": "http://testserver:8080"},
    "of another host": {"host": "evil.example"},
    "counting backwards": {"count": 1},
    "counting no more": {"count": 0},
    "that somebody else holds": {"private_key": SoftwareKey().private_key},
    "unknown here": {"credential_id": b"x" * 32},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_no_key_lets_in(chief, key, wrong):
    assert log_in(key).status_code == 302
    false = SoftwareKey(**{**vars(key), **WRONG[wrong]})
    before = Passkey.objects.values().get()
    page = log_in(false)
    assert (page.status_code, REFUSED in page.content.decode()) == (200, True)
    assert Passkey.objects.values().get() == before
    assert entries()[-1] == ("log_in_failed", chief.pk, {"factor": "passkey"})
    assert log_in(key).status_code == 302


def test_a_key_of_another_member_lets_nobody_in(key):
    other, theirs = make_member(username="other", is_staff=True), SoftwareKey()
    register(signed_in(other), theirs)
    assert log_in(theirs).status_code == 200
    assert log_in(theirs, username="other").status_code == 302


def test_a_challenge_of_one_member_or_purpose_is_none_of_another(chief, key):
    browser = Client()
    register(signed_in(make_member(username="other", is_staff=True)), SoftwareKey())
    _, options = half(browser, "other")
    form = {"username": "chief", "password": RIGHT, "passkey": key.sign(options)}
    assert REFUSED in browser.post(LOGIN, form).content.decode()
    desk = signed_in(chief)
    options = desk.get(ADD).context["options"]
    form["passkey"] = key.sign(options)
    assert REFUSED in desk.post(f"{LOGIN}?next=/admin/x/", form).content.decode()


def test_without_a_challenge_an_empty_one_is_not_signed(chief, key):
    assert log_in(key).status_code == 302
    form = {"username": "chief", "password": RIGHT, "passkey": key.sign('{"challenge": ""}')}
    assert REFUSED in Client().post(LOGIN, form).content.decode()


def test_a_challenge_is_answered_within_half_an_hour(chief, key, monkeypatch):
    browser = Client()
    form, options = half(browser)
    later = timezone.now() + timezone.timedelta(minutes=31)
    monkeypatch.setattr(passkeys.timezone, "now", lambda: later)
    form |= {"passkey": key.sign(options), "password": RIGHT}
    assert browser.post(LOGIN, form).status_code == 200
    assert browser.get(HOME).status_code == 302


DAMAGED = [
    *("x", "[]", "{}", "[" * 9_000, '{"id": 1}', "\x00", "null", '"x"', "1e999"),
    json.dumps({"id": "日", "rawId": "日", "type": "public-key", "response": {}}),
]


@pytest.mark.parametrize("answer", DAMAGED)
def test_a_damaged_answer_is_refused_like_a_wrong_one(chief, key, answer):
    browser = Client()
    form, _ = half(browser)
    assert browser.post(LOGIN, form | {"passkey": answer}).status_code == 200
    page = register(signed_in(chief), key, answer=answer)
    assert page.status_code == 200 and Passkey.objects.count() == 1


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "id"])
def test_no_damaged_part_of_an_answer_lets_in(chief, key, part):
    browser = Client()
    for damage in ("", "AAAA", "A", "日", None, 7):
        form, options = half(browser)
        answer = json.loads(key.sign(options))
        whole = answer if part == "id" else answer["response"]
        whole[part] = damage
        assert browser.post(LOGIN, form | {"passkey": json.dumps(answer)}).status_code == 200
        LoginCounter.objects.all().delete()


def test_guesses_are_throttled_like_passwords(chief, key):
    for _ in range(5):
        assert log_in(SoftwareKey()).status_code == 200
    browser = Client()
    page = browser.post(LOGIN, {"username": "chief", "password": RIGHT})
    assert "登录失败次数过多" in page.content.decode()


def test_a_log_in_in_place_takes_a_passkey(chief, key):
    browser = Client()
    login = {"username": "chief", "password": RIGHT}
    said = browser.post(f"{AT}login/", login).json()
    signed = key.sign(said["passkey"])
    login = {"username": "chief", "checked": said["checked"], "passkey": signed}
    assert browser.post(f"{AT}login/", login).json()["member"] == chief.pk


def test_a_recovered_form_takes_a_passkey(roles):
    reporter, key, browser = roles("记者"), SoftwareKey(), Client()
    register(signed_in(reporter), key)
    held = {"handback": json.dumps([["headline", "河埠路的灯亮了"]])}
    login = {"username": reporter.username, "password": RIGHT}
    page = browser.post(ARTICLE_ADD_URL, held | login)
    assert "用通行密钥" in page.content.decode()
    form = page.context["form"]
    login = {"username": reporter.username, "checked": form["checked"].value()}
    signed = key.sign(form.passkey_options)
    browser.post(ARTICLE_ADD_URL, held | login | {"passkey": signed})
    assert browser.get(HOME).status_code == 200


def test_no_passkey_of_another_host_is_asked_for(chief, key, settings):
    settings.ALLOWED_HOSTS = ["testserver", "paper.example"]
    browser = Client(HTTP_HOST="paper.example")
    page = browser.post(LOGIN, {"username": "chief", "password": RIGHT})
    assert STEP in page.content.decode() and "用通行密钥" not in page.content.decode()


def test_a_key_is_stored_with_five_queries_and_checked_with_two(chief, rf):
    request, key = rf.get(ADD), SoftwareKey()
    request.session, request.user = {}, chief
    made = key.make(passkeys.creation_options(request, "编辑部"))
    with CaptureQueriesContext(connection) as told:
        passkey = passkeys.add(request, made, name="手机")
    signed = key.sign(passkeys.request_options(request, chief))
    with CaptureQueriesContext(connection) as asked:
        assert passkeys.check(request, chief, signed) == passkey
    counts = [sum("SAVEPOINT" not in each["sql"] for each in found) for found in (told, asked)]
    assert counts == [5, 2]


def test_the_options_name_the_member_and_what_is_there_and_cost_two_queries(
    chief, key, rf, django_assert_num_queries
):
    request = rf.get(ADD)
    request.session, request.user = {}, chief
    with django_assert_num_queries(2):
        made = json.loads(passkeys.creation_options(request, "编辑部"))
        asked = json.loads(passkeys.request_options(request, chief))
    known = [Passkey.objects.get().credential_id]
    assert [row["id"] for row in made["excludeCredentials"]] == known
    assert [row["id"] for row in asked["allowCredentials"]] == known
    assert made["rp"] == {"name": "编辑部", "id": "testserver"}
    assert (made["user"]["name"], made["user"]["displayName"]) == ("chief", "chief")
    assert (asked["rpId"], asked["userVerification"]) == ("testserver", "preferred")
