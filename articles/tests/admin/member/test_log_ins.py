"""Log-ins: members see where they are logged in and end what is not theirs; administrators too."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.accounts.browsers import describe
from articles.models import LoginSession, Member
from articles.tests.factories import make_member
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db
HOME, OWN, LOGIN = "/admin/", "/admin/log-ins/", "/admin/login/"
PASSWORD = "correct horse battery"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def editor(db):
    return make_member(username="editor", is_staff=True)


def log_in(member, *, agent=CHROME, address="10.0.0.7") -> Client:
    """Return a browser in which a member has logged in by the page."""
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    answer = browser.post(LOGIN, {"username": member.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser) -> bool:
    return browser.get(HOME).status_code == 200


def token_of(browser) -> str:
    return LoginSession.objects.get(pk=browser.session.session_key).token


def test_a_member_sees_where_they_are_logged_in(editor):
    desk, _phone = log_in(editor), log_in(editor, agent=PHONE, address="10.0.0.8")
    page = desk.get(OWN).content.decode()
    for words in ("Chrome · Windows", "10.0.0.7", "Safari · iPhone", "10.0.0.8", "本浏览器"):
        assert words in page
    assert page.count('name="end"') == 1


def test_no_page_shows_a_key_that_would_let_in(editor):
    desk, phone = log_in(editor), log_in(editor, agent=PHONE)
    page = desk.get(OWN).content.decode()
    assert token_of(phone) in page
    assert phone.session.session_key not in page and desk.session.session_key not in page


def test_a_member_ends_one_of_their_sessions_and_works_on(editor):
    desk, phone, other = (log_in(editor) for _ in range(3))
    page = desk.post(OWN, {"end": token_of(phone)}, follow=True)
    assert "已退出 1 处登录" in page.content.decode()
    assert (is_in(desk), is_in(phone), is_in(other)) == (True, False, True)


def test_a_member_ends_all_others_at_once(editor):
    desk, phone, other = (log_in(editor) for _ in range(3))
    assert "已退出 2 处登录" in desk.post(OWN, {"end_others": "1"}, follow=True).content.decode()
    assert (is_in(desk), is_in(phone), is_in(other)) == (True, False, False)


def test_nobody_ends_the_session_of_another_by_their_own_page(editor):
    desk, chief = log_in(editor), log_in(make_member(username="chief", is_staff=True))
    page = desk.post(OWN, {"end": token_of(chief)}, follow=True)
    assert "没有可退出的登录" in page.content.decode()
    assert is_in(chief)


@pytest.mark.parametrize("posted", [{}, {"end": ""}, {"end": "x" * 5000}, {"else": "1"}])
def test_a_form_that_names_no_session_ends_none(editor, posted):
    desk, phone = log_in(editor), log_in(editor)
    assert desk.post(OWN, posted).status_code == 302
    assert is_in(desk) and is_in(phone)


def test_a_session_by_the_key_of_before_is_listed_as_long_as_it_lets_in(editor, settings):
    phone, before = log_in(editor, agent=PHONE), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [before]
    desk = log_in(editor)
    assert "iPhone" in desk.get(OWN).content.decode()
    assert (
        "已退出 1 处登录" in desk.post(OWN, {"end": token_of(phone)}, follow=True).content.decode()
    )
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_what_another_password_ended_is_not_listed(editor):
    desk, phone = log_in(editor), log_in(editor, agent=PHONE)
    new = dict.fromkeys(("new_password1", "new_password2"), "battery horse staple")
    desk.post("/admin/password_change/", {"old_password": PASSWORD} | new)
    assert LoginSession.objects.filter(member=editor).count() == 1
    assert "iPhone" not in desk.get(OWN).content.decode()
    assert not is_in(phone)


def test_what_is_over_is_not_listed(editor):
    desk, old, idle = log_in(editor), log_in(editor, agent=PHONE), log_in(editor, agent=PHONE)
    day, now = timedelta(hours=24, minutes=1), timezone.now()
    LoginSession.objects.filter(pk=old.session.session_key).update(began_at=now - day)
    LoginSession.objects.filter(pk=idle.session.session_key).update(expire_date=now)
    assert "iPhone" not in desk.get(OWN).content.decode()


@pytest.mark.parametrize("others", [1, 30])
def test_the_list_costs_one_query_however_long(editor, others, django_assert_num_queries):
    desk = log_in(editor)
    desk.get(HOME)
    for _ in range(others):
        log_in(editor)
    # The session, the member, their permissions by themselves and by their roles, and the list.
    with django_assert_num_queries(5):
        assert desk.get(OWN).content.decode().count('name="end"') == others


def test_looking_at_the_desk_again_writes_nothing(editor):
    desk = log_in(editor)
    before = LoginSession.objects.values().get()
    desk.get(OWN)
    assert LoginSession.objects.values().get() == before


def test_an_administrator_logs_a_member_out_and_that_is_on_record(editor, roles):
    administrator, desk, phone = signed_in(roles("管理员")), log_in(editor), log_in(editor)
    where = reverse("admin:articles_member_log_ins", args=[editor.pk])
    page = administrator.get(where).content.decode()
    assert page.count("Chrome · Windows") >= 2
    administrator.post(where, {"end": token_of(phone)})
    assert (is_in(desk), is_in(phone)) == (True, False)
    administrator.post(where, {"end_others": "1"})
    assert not is_in(desk)
    assert is_in(administrator)
    told = LogEntry.objects.filter(object_id=str(editor.pk)).values_list("change_message")
    assert [words for (words,) in told] == ["已退出 1 处登录。"] * 2


def test_who_may_not_change_an_account_ends_none_of_its_sessions(editor, roles):
    chief = make_member(username="zongguan", is_staff=True, is_superuser=True)
    for browser, member in ((log_in(editor), chief), (signed_in(roles("管理员")), chief)):
        there = log_in(chief)
        where = reverse("admin:articles_member_log_ins", args=[member.pk])
        assert browser.get(where).status_code == 403
        assert browser.post(where, {"end_others": "1"}).status_code == 403
        assert is_in(there)


def test_a_session_that_was_ended_is_not_written_again_by_a_request_under_way(editor):
    desk = log_in(editor)
    store = desk.session
    store["typed"] = "x"
    LoginSession.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not LoginSession.objects.exists() and Member.objects.get().is_active


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome · Windows"),
        (PHONE, "Safari · iPhone"),
        (CHROME + " Edg/142.0.0.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36 MicroMessenger/8.0",)
        + ("微信 · Android",),
        ("curl/8.0", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_browser_is_told_in_two_words(agent, words):
    assert describe(agent) == words
