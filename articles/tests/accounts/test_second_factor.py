"""The second factor: a code after the password, taken once, guessed no more than a password."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from articles.accounts import authenticator_app, recovery_codes, second_factor, throttle
from articles.models import AuthenticatorApp, LoginCounter, RecoveryCode
from articles.tests.factories import make_member

pytestmark = pytest.mark.django_db
LOGIN, RIGHT, SECRET = "/admin/login/", "correct horse battery", pyotp.random_base32()
STEP, WAIT, WRONG = "还差一步", "登录失败次数过多", "动态码不对"


@pytest.fixture
def chief(db):
    """A member whose app was set up an hour ago."""
    member = make_member(username="chief", is_staff=True)
    old = str(pyotp.TOTP(SECRET).at(timezone.now()))
    assert authenticator_app.set_up(member, SECRET, old)
    AuthenticatorApp.objects.update(last_step=0)
    return member


def code_at(**by: int) -> str:
    return pyotp.TOTP(SECRET).at(timezone.now() + timedelta(**by))


def password_step(browser, password=RIGHT):
    """Type account and password; return the answer, and the note that the page carries."""
    answer = browser.post(LOGIN, {"username": "chief", "password": password})
    return answer, (answer.context["form"]["checked"].value() or "") if answer.context else ""


def code_step(browser, note: str, code: str, **facts):
    form = {"username": "chief", "checked": note, "code": code, "next": "/admin/"}
    return browser.post(LOGIN, form | ({} if note else {"password": RIGHT}), **facts)


def log_in(code: str, browser=None) -> tuple[bool, str]:
    """Log in with both; return whether that let in, and what the page says."""
    browser = browser or Client()
    answer = code_step(browser, password_step(browser)[1], code)
    return answer.status_code == 302, answer.content.decode()


def test_the_right_password_alone_lets_nobody_in(chief):
    browser = Client()
    answer, note = password_step(browser)
    assert answer.status_code == 200 and STEP in answer.content.decode() and note
    assert RIGHT not in answer.content.decode()
    assert browser.get("/admin/").status_code == 302


def test_the_code_of_the_app_does(chief):
    browser = Client()
    assert log_in(code_at(), browser)[0]
    assert browser.get("/admin/").status_code == 200


def test_password_and_code_may_come_at_once(chief):
    form = {"username": "chief", "password": RIGHT, "code": code_at()}
    assert Client().post(LOGIN, form).status_code == 302


@pytest.mark.parametrize("write", [" {} {} ".format, "{}-{}".format])
def test_how_a_code_is_written_does_not_matter(chief, write):
    code = code_at()
    wide = code[3:].translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert log_in(write(code[:3], wide))[0]


def test_a_code_is_taken_once(chief):
    code = code_at()
    assert log_in(code)[0]
    is_in, words = log_in(code)
    assert not is_in and WRONG in words


def test_a_code_older_than_the_last_one_is_not_taken(chief):
    assert log_in(code_at(seconds=30))[0]
    assert not log_in(code_at())[0]


@pytest.mark.parametrize(("seconds", "may"), [(-60, False), (-30, True), (30, True), (90, False)])
def test_a_clock_may_be_wrong_by_a_step(chief, monkeypatch, seconds, may):
    at = timezone.now().replace(second=15)
    monkeypatch.setattr(authenticator_app.timezone, "now", lambda: at)
    code = pyotp.TOTP(SECRET).at(at + timedelta(seconds=seconds))
    assert second_factor.check_code(chief, code) == may


def test_a_code_is_taken_by_one_of_two_at_once(together, chief):
    code = code_at()
    found = together([lambda: second_factor.check_code(chief, code)] * 2)
    assert sorted(found) == [False, True]


def test_a_recovery_code_lets_in_once(chief):
    codes = recovery_codes.make_codes(chief)
    assert len({*codes}) == 10
    assert log_in(codes[0].upper())[0]
    assert not log_in(codes[0])[0]
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    again = recovery_codes.make_codes(chief)
    assert not log_in(codes[1])[0]
    assert log_in(again[1].replace("-", " "))[0]


@pytest.mark.parametrize("note", ["", " ", "\t", "x"])
def test_without_a_password_no_other_note_stands_for_it(chief, note):
    form = {"username": "chief", "password": "", "checked": note}
    browser = Client()
    assert browser.post(LOGIN, form).status_code == 200
    assert browser.get("/admin/").status_code == 302


def test_codes_of_another_member_let_nobody_in(chief):
    other = make_member(username="other", is_staff=True)
    assert not log_in(recovery_codes.make_codes(other)[0])[0]


def test_neither_secret_nor_codes_can_be_read_in_the_database(chief):
    codes = recovery_codes.make_codes(chief)
    stored = str([*AuthenticatorApp.objects.values(), *RecoveryCode.objects.values()])
    assert SECRET not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


def test_another_key_of_the_installation_lets_no_code_in_and_the_one_before_does(chief, settings):
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 9
    assert not second_factor.check_code(chief, code_at())
    settings.SECRET_KEY_FALLBACKS = [before]
    assert second_factor.check_code(chief, code_at())


@pytest.mark.parametrize("typed", ["", "0", "12345", "x" * 40, "000000", "日" * 6, "\x00", "٣" * 6])
def test_what_is_no_code_lets_nobody_in(chief, typed):
    assert not log_in(typed)[0]


def test_a_note_of_the_password_is_of_no_use_to_others_or_later(chief):
    other = make_member(username="other", is_staff=True)
    assert authenticator_app.set_up(other, SECRET, code_at())
    browser = Client()
    note = password_step(browser)[1]
    form = {"username": "other", "checked": note, "code": code_at(seconds=30)}
    assert browser.post(LOGIN, form).status_code == 200
    assert code_step(browser, note[:-2] + "xx", code_at()).status_code == 200
    chief.set_password("battery horse staple")
    chief.save()
    answer = code_step(browser, note, code_at())
    assert answer.status_code == 200 and "间隔太久" in answer.content.decode()


def test_a_member_without_one_logs_in_as_ever(chief):
    make_member(username="editor", is_staff=True)
    form = {"username": "editor", "password": RIGHT}
    assert Client().post(LOGIN, form).status_code == 302


# Guessing


def test_a_hundred_guessed_codes_with_forged_headers_let_nobody_in(chief):
    """Who has found out the password; each third guess would be right, were it taken."""
    codes = recovery_codes.make_codes(chief)
    for number in range(1, 101):
        forged = {"x-forwarded-for": f"10.0.{number}.1", "x-real-ip": f"10.1.{number}.1"}
        browser = Client(headers=forged)
        answer, note = password_step(browser)
        right = number > 20 and number % 3 == 0
        answer = code_step(browser, note, codes[number % 10] if right else "000000")
        assert answer.status_code == 200
        assert number < 7 or WAIT in answer.content.decode()
    assert not RecoveryCode.objects.exclude(used_at=None).exists()


def test_codes_guessed_from_many_addresses_let_nobody_in_and_the_owner_works_on(chief):
    desk = Client()
    assert log_in(code_at(), desk)[0]
    codes = recovery_codes.make_codes(chief)
    for number in range(1, 41):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
        guess = codes[0] if number > 20 else "abc12"
        assert code_step(browser, password_step(browser)[1], guess).status_code == 200
    assert desk.get("/admin/").status_code == 200
    ends = [row.blocked_until for row in LoginCounter.objects.exclude(blocked_until=None)]
    assert max(ends) <= timezone.now() + throttle.LONGEST_PAUSE
    desk.post("/admin/logout/")
    assert log_in(codes[0], desk)[0]


def test_half_a_log_in_clears_no_failures(chief):
    for _ in range(4):
        browser = Client()
        code_step(browser, password_step(browser)[1], "000000")
        password_step(browser)
    assert 4 in LoginCounter.objects.values_list("failures", flat=True)


def test_half_a_log_in_is_no_failure(chief):
    for _ in range(12):
        assert STEP in password_step(Client())[0].content.decode()
    assert log_in(code_at())[0]


def test_half_a_log_in_makes_no_known_device(chief):
    browser = Client()
    password_step(browser)
    assert "device" not in browser.cookies
    assert log_in(code_at(), browser)[0]
    assert "device" in browser.cookies
