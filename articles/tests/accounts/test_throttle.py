"""Guessing passwords: nobody gets in, and nobody whose account it is stays out for long."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from articles.accounts import attempts, throttle
from articles.models import LoginCounter
from articles.tests.factories import make_member
from newsroom.middleware import ClientAddressMiddleware

pytestmark = pytest.mark.django_db
LOGIN, RIGHT = "/admin/login/", "correct horse battery"
WAIT, WRONG = "登录失败次数过多", "账号或密码不对"


@pytest.fixture
def editor(db):
    return make_member(username="editor", is_staff=True)


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that reached the hasher."""
    seen, encode = [], MD5PasswordHasher.encode

    def listen(self, password, *rest):
        seen.append(password)
        return encode(self, password, *rest)

    monkeypatch.setattr(MD5PasswordHasher, "encode", listen)
    return seen


def try_once(username, password, *, browser=None, **facts):
    """Post the login form; return whether that let in, and what the page says."""
    form = {"username": username, "password": password}
    response = (browser or Client()).post(LOGIN, form, **facts)
    return response.status_code == 302, response.content.decode()


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Let no time pass but what a test says: nothing here depends on how fast a machine is."""
    clock = SimpleNamespace(now=lambda: clock.time, time=timezone.now())
    monkeypatch.setattr(throttle, "timezone", clock)

    def pass_by(**by: int) -> None:
        clock.time += timedelta(**by)

    pass_by.clock = clock
    return pass_by


def test_a_hundred_guesses_with_forged_headers_let_nobody_in(editor, hashed, later):
    for number in range(1, 101):
        password = RIGHT if number > 20 and number % 5 == 0 else f"guess {number}"
        forged = {"x-forwarded-for": f"10.0.{number}.1", "x-real-ip": f"10.1.{number}.1"}
        is_in, words = try_once("editor", password, headers=forged)
        assert not is_in
        assert (WRONG if number <= 5 else WAIT) in words
        later(seconds=5)
    assert RIGHT not in hashed and len(hashed) == 5


def test_guesses_from_many_addresses_let_nobody_in(editor, hashed):
    for number in range(1, 41):
        password = RIGHT if number > 20 else f"guess {number}"
        assert not try_once("editor", password, REMOTE_ADDR=f"10.0.0.{number}")[0]
    assert RIGHT not in hashed and len(hashed) == 10


def test_guesses_at_many_accounts_let_nobody_in(db, hashed):
    names = [
        make_member(username=f"editor-{number}", is_staff=True).username for number in range(8)
    ]
    hashed.clear()
    assert not [number for number in range(20) if try_once(names[number % 8], "guess")[0]]
    assert not [name for name in names * 2 if try_once(name, RIGHT)[0]]
    assert RIGHT not in hashed


def test_how_a_name_or_an_address_is_written_is_no_way_around(editor, hashed):
    names = ("editor", "EDITOR", " editor", "ｅditor", "editor ")
    for number in range(12):
        address = f"2001:db8::{number:x}"
        try_once(names[number % 5], "guess", REMOTE_ADDR=address)
    assert len(hashed) == 5
    assert WAIT in try_once("editor", RIGHT, REMOTE_ADDR="2001:db8::ffff")[1]


def test_a_pause_is_fifteen_minutes_at_most_however_many_guess(editor, later):
    for _ in range(25):
        try_once("editor", "guess")
        later(minutes=1)
    ends = [row.blocked_until for row in LoginCounter.objects.all() if row.blocked_until]
    assert max(ends) <= later.clock.time + timedelta(minutes=15)
    while later.clock.time < max(ends):
        assert WAIT in try_once("editor", RIGHT)[1]
        later(minutes=1)
    assert try_once("editor", RIGHT)[0]


def test_who_waits_as_told_waits_a_minute_and_who_does_not_fifteen(editor, later):
    for username in ("editor", "chief"):
        for _ in range(5):
            try_once(username, "typo")
    assert WAIT in try_once("chief", "typo")[1]
    later(seconds=61)
    assert WAIT in try_once("chief", "typo")[1]
    assert try_once("editor", RIGHT)[0]


def test_pauses_grow_from_a_minute():
    found = [throttle.pause_after(failures, 5) for failures in (4, 5, 6, 7, 8, 9, 1000)]
    minutes = [pause and pause.seconds // 60 for pause in found]
    assert minutes == [None, 1, 2, 4, 8, 15, 15]


def test_who_is_logged_in_works_on_while_others_guess(editor):
    desk = Client()
    assert try_once("editor", RIGHT, browser=desk)[0]
    for number in range(12):
        try_once("editor", "guess", REMOTE_ADDR=f"10.0.0.{number}")
    assert desk.get("/admin/").status_code == 200


def test_a_device_that_has_logged_in_does_not_feel_what_others_guess(editor):
    desk = Client()
    assert try_once("editor", RIGHT, browser=desk)[0]
    for number in range(12):
        try_once("editor", "guess", REMOTE_ADDR=f"10.0.0.{number}")
    for number in range(22):
        try_once(f"nobody-{number}", "guess")
    assert WAIT in try_once("editor", RIGHT)[1]
    desk.post("/admin/logout/")
    assert try_once("editor", RIGHT, browser=desk)[0]


def test_a_known_device_guesses_no_more_than_others_and_only_its_own_account(editor, hashed):
    make_member(username="chief", is_staff=True)
    desk = Client()
    assert try_once("editor", RIGHT, browser=desk)[0]
    desk.post("/admin/logout/")
    before = len(hashed)
    for _ in range(8):
        try_once("editor", "guess", browser=desk)
    assert len(hashed) == before + 5
    for _ in range(8):
        try_once("chief", "guess", browser=desk)
    assert not try_once("chief", RIGHT, browser=desk)[0]


def test_the_cookie_of_a_device_is_signed_and_for_the_desk_alone(editor):
    desk = Client()
    assert try_once("editor", RIGHT, browser=desk)[0]
    cookie = desk.cookies["device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    desk.cookies["device"] = cookie.value[:-2] + "xx"
    desk.post("/admin/logout/")
    for _ in range(10):
        try_once("editor", "guess")
    assert WAIT in try_once("editor", RIGHT, browser=desk)[1]


def test_a_few_typing_errors_cost_nothing(editor):
    for _ in range(4):
        assert WRONG in try_once("editor", "typo")[1]
    assert try_once("editor", RIGHT)[0]
    for _ in range(4):
        assert WRONG in try_once("editor", "typo")[1]
    assert try_once("editor", RIGHT)[0]


def test_failures_are_forgotten_after_an_hour_and_their_rows_deleted(editor, later):
    for number in range(4):
        try_once(f"nobody-{number}", "guess", REMOTE_ADDR="10.9.9.9")
    assert LoginCounter.objects.count() == 9
    later(minutes=61)
    try_once("editor", "guess")
    assert LoginCounter.objects.count() == 3


def test_a_throttled_log_in_costs_one_query(editor, django_assert_num_queries):
    browser = Client()
    for _ in range(7):
        try_once("editor", "guess", browser=browser)
    with django_assert_num_queries(1):
        try_once("editor", RIGHT, browser=browser)


def test_more_than_two_passwords_at_once_are_not_checked(editor, hashed):
    with attempts.slots, attempts.slots:
        is_in, words = try_once("editor", RIGHT)
    assert not is_in and "几秒" in words
    assert not hashed and not LoginCounter.objects.exists()
    assert try_once("editor", RIGHT)[0]


def test_no_name_is_stored_with_what_is_counted(editor):
    try_once("my-password-typed-as-name", "x")
    assert not [row for row in LoginCounter.objects.all() if "password" in row.key]


@pytest.mark.parametrize(
    ("proxies", "noted", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "unknown", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_the_address_is_the_one_that_trusted_proxies_note(rf, settings, proxies, noted, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", headers={"x-forwarded-for": noted}, REMOTE_ADDR="9.9.9.9")
    ClientAddressMiddleware(lambda request: None)(request)
    assert request.META["REMOTE_ADDR"] == address
