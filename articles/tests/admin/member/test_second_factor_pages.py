"""The pages of the second factor: setting one up, who must, and taking one away."""

import re
from html import unescape
from urllib.parse import urlencode

import pyotp
import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.accounts import authenticator_app, recovery_codes
from articles.models import AuthenticatorApp, RecoveryCode
from articles.tests.factories import make_member
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, fields, signed_in

pytestmark = pytest.mark.django_db
HOME, OWN, APP = "/admin/", "/admin/second-factor/", "/admin/second-factor/app/"
REMOVE, PASSWORD = "/admin/second-factor/remove/", "correct horse battery"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = True


def key_of(page) -> str:
    """Return the key that a page of the set-up shows."""
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[1].replace(" ", "")


def set_up(desk, *, password=PASSWORD, code=None, where=APP):
    """Set up an app as the page says; return the answer."""
    page = desk.get(where)
    code = code or pyotp.TOTP(key_of(page)).at(timezone.now())
    form = fields(page, "app_form") | {"code": code, "password": password}
    return desk.post(where, form)


def with_app(member) -> str:
    """Give a member an app; return its key."""
    secret = pyotp.random_base32()
    assert authenticator_app.set_up(member, secret, pyotp.TOTP(secret).at(timezone.now()))
    return secret


def removal(member) -> str:
    return reverse("admin:articles_member_second_factor", args=[member.pk])


def test_an_app_is_set_up_and_ten_codes_are_shown_once(db):
    member = make_member(username="chief", is_staff=True)
    desk, elsewhere = signed_in(member), signed_in(member)
    page = desk.get(APP).content.decode()
    assert "<svg" in page and "https://" not in re.search(r"<svg.*?</svg>", page, re.S)[0]
    answer = set_up(desk)
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", answer.content.decode())
    assert len(codes) == 10 and "no-store" in answer["Cache-Control"]
    assert not [code for code in codes if code in desk.get(OWN).content.decode()]
    assert desk.get(HOME).status_code == 200
    assert elsewhere.get(HOME).status_code == 302


@pytest.mark.parametrize("wrong", [{"password": "guess"}, {"code": "000000"}, {"code": "日"}])
def test_a_wrong_password_or_code_sets_nothing_up(db, wrong):
    desk = signed_in(make_member(username="chief", is_staff=True))
    answer = set_up(desk, **wrong)
    assert "不对" in answer.content.decode()
    assert not AuthenticatorApp.objects.exists()


def test_the_key_stays_the_same_while_the_code_is_wrong_and_is_of_the_server(db):
    desk = signed_in(make_member(username="chief", is_staff=True))
    page = desk.get(APP)
    form = fields(page, "app_form") | {"code": "000000", "password": PASSWORD}
    assert key_of(desk.post(APP, form)) == key_of(page)
    assert "请重新打开" in desk.post(APP, form | {"secret": "planted"}).content.decode()
    other = signed_in(make_member(username="other", is_staff=True))
    assert key_of(other.post(APP, form)) != key_of(page)


def test_the_password_is_guessed_no_more_often_than_at_the_log_in(db):
    desk = signed_in(make_member(username="chief", is_staff=True))
    for _ in range(5):
        set_up(desk, password="guess")
    assert "登录失败次数过多" in set_up(desk).content.decode()
    assert not AuthenticatorApp.objects.exists()


def test_new_codes_take_the_password_and_those_of_before_are_gone(db):
    member = make_member(username="chief", is_staff=True)
    with_app(member)
    before = {*RecoveryCode.objects.values_list("pk"), *recovery_codes.make_codes(member)}
    desk = signed_in(member)
    assert "还剩 10 个" in desk.get(OWN).content.decode()
    assert "codes" not in desk.post(OWN, {"password": "guess"}).context
    again = desk.post(OWN, {"password": PASSWORD}).context["codes"]
    assert len(again) == 10 and not before & {*again}


def test_ones_own_goes_with_the_password(db):
    member = make_member(username="chief", is_staff=True)
    with_app(member)
    desk = signed_in(member)
    desk.post(REMOVE, {"password": "guess"})
    assert AuthenticatorApp.objects.exists()
    assert desk.post(REMOVE, {"password": PASSWORD})["Location"] == OWN
    assert not AuthenticatorApp.objects.exists()


# Who must have one


@pytest.mark.parametrize("role", ["值班编委", "值班总编", "管理员"])
def test_who_publishes_or_administers_does_nothing_before_it_is_set_up(roles, required, role):
    desk = signed_in(roles(role))
    for path in (HOME, "/admin/articles/article/", "/admin/log-ins/"):
        assert desk.get(path)["Location"].startswith(OWN)
    assert "必须有第二验证" in desk.get(OWN).content.decode()
    set_up(desk)
    assert desk.get(HOME).status_code == 200


def test_the_set_up_leads_on_to_where_one_was_going(roles, required):
    desk = signed_in(roles("值班总编"))
    going = "/admin/articles/article/?status=draft&q=%E6%B2%B3"
    page = desk.get(desk.get(going)["Location"])
    link = re.search(r'href="(/admin/second-factor/app/[^"]+)"', page.content.decode())[1]
    answer = set_up(desk, where=unescape(link))
    ends = re.search(r'class="button default" href="([^"]+)"', answer.content.decode())[1]
    assert unescape(ends) == going


@pytest.mark.parametrize(
    "planted", ["https://evil.example/", "//evil.example", "/", "javascript:1"]
)
def test_the_set_up_leads_to_no_address_elsewhere(db, planted):
    desk = signed_in(make_member(username="chief", is_staff=True))
    page = set_up(desk, where=f"{APP}?{urlencode({'next': planted})}").content.decode()
    assert re.search(r'class="button default" href="([^"]+)"', page)[1] == HOME


def test_words_that_are_sent_before_it_come_back(roles, required):
    desk = signed_in(roles("值班总编"))
    typed = article_data(headline="河埠路的灯亮了", body="<p>灯亮了。</p>")
    page = desk.post(ARTICLE_ADD_URL, typed, headers={"origin": "http://testserver"})
    assert (page.status_code, "河埠路的灯亮了" in page.content.decode()) == (403, True)


def test_who_only_writes_needs_none(roles, required):
    assert signed_in(roles("记者")).get(HOME).status_code == 200


def test_where_the_setting_is_off_nobody_needs_one(roles):
    assert signed_in(roles("值班总编")).get(HOME).status_code == 200


# Taken away by an administrator


def test_an_administrator_takes_it_from_who_lost_it_with_a_reason_on_record(roles, required):
    chief, administrator = roles("值班总编"), roles("管理员")
    for member in (chief, administrator):
        with_app(member)
    desk, office = signed_in(chief), signed_in(administrator)
    assert desk.get(HOME).status_code == 200
    assert "请填写原因" in office.post(removal(chief), {"reason": " "}).content.decode()
    assert AuthenticatorApp.objects.count() == 2
    assert office.post(removal(chief), {"reason": "手机丢失"}).status_code == 302
    assert not AuthenticatorApp.objects.filter(member=chief).exists()
    assert desk.get(HOME)["Location"].startswith("/admin/login/")
    assert "手机丢失" in LogEntry.objects.latest("pk").change_message
    browser = Client()
    browser.post("/admin/login/", {"username": chief.username, "password": PASSWORD})
    assert browser.get(HOME)["Location"].startswith(OWN)


def test_nobody_takes_ones_own_or_a_superusers_that_way(roles):
    administrator = roles("管理员")
    chief = make_member(username="zongguan", is_staff=True, is_superuser=True)
    office = signed_in(administrator)
    for member in (administrator, chief):
        with_app(member)
        assert office.post(removal(member), {"reason": "x"}).status_code == 403
    assert signed_in(roles("记者")).get(removal(chief)).status_code == 403
    assert AuthenticatorApp.objects.count() == 2
