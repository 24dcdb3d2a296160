"""No way past a first password or a missing second factor; no typed word is lost on it."""

import json

import pyotp
import pytest
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory
from django.utils import timezone

from articles.accounts import authenticator_app, second_factor
from articles.admin.login import LoginForm
from articles.models import Article, Issue, Member, WorkingCopy
from articles.tests.editor_sessions import AT, Window
from articles.tests.factories import make_article, make_issue, make_page, make_photo
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, signed_in
from articles.tests.issue_helpers import CONFIRM, RELEASE_NOW, release_url

pytestmark = pytest.mark.django_db
HOME, LOGIN, OWN = "/admin/", "/admin/login/", "/admin/second-factor/"
PASSWORD, ORIGIN = "correct horse battery", {"origin": "http://testserver"}
FIRST, FACTOR = "first password", "second factor"
TYPED = [(name, str(value)) for name, value in article_data(headline="河埠路的灯亮了").items()]
HELD = {"handback": json.dumps(TYPED)}


@pytest.fixture(params=[FIRST, FACTOR])
def asked(request, roles, settings) -> Member:
    """A chief of whom something is asked before anything else."""
    settings.SECOND_FACTOR = request.param == FACTOR
    chief = roles("值班总编")
    chief.must_change_password = request.param == FIRST
    chief.save()
    return chief


def login_of(member) -> dict:
    return {"username": member.username, "password": PASSWORD}


def set_up(member) -> None:
    """Give a member an authenticator app."""
    secret = pyotp.random_base32()
    assert authenticator_app.set_up(member, secret, pyotp.TOTP(secret).at(timezone.now()))


def test_a_form_that_is_recovered_with_a_log_in_comes_back(asked):
    browser = Client(headers=ORIGIN)
    for sent in (HELD | login_of(asked), HELD):
        page = browser.post(ARTICLE_ADD_URL, sent)
        assert (page.status_code, "河埠路的灯亮了" in page.content.decode()) == (403, True)
    assert not Article.objects.exists()


def test_a_form_that_is_recovered_asks_for_the_code(roles):
    chief = roles("值班总编")
    set_up(chief)
    page = Client().post(ARTICLE_ADD_URL, HELD | login_of(chief))
    assert (page.status_code, 'name="code"' in page.content.decode()) == (403, True)
    assert not Article.objects.exists()


def test_what_is_typed_after_a_log_in_in_place_is_kept_and_nothing_is_told(asked, roles):
    draft, browser = make_article(status="draft"), Client()
    Window(roles("责任编辑"), draft).say(fields=[])
    assert browser.post(f"{AT}login/", login_of(asked)).json()["member"] == asked.pk
    window = Window(asked, draft, client=browser)
    note = "已保存在服务器上。保存稿件之前"
    answer = window.type(headline="河埠路的灯亮了").json()
    assert (answer["kept"], answer["others"], note in answer["note"]) == (1, [], True)
    assert ("headline", "河埠路的灯亮了") in WorkingCopy.objects.get(member=asked).fields
    for door in ("offers", "discard"):
        answer = window.say(door)
        assert (answer.status_code, [*answer.json()]) == (403, ["refused"])
    assert WorkingCopy.objects.filter(member=asked).count() == 1


def test_pictures_that_no_reader_sees_stay_unseen(asked):
    address = f"/photos/{make_photo().uid}/wide.jpg"
    assert signed_in(asked).get(address).status_code == 404
    Member.objects.update(must_change_password=False)
    set_up(asked)
    assert signed_in(asked).get(address).status_code == 200


def test_a_session_from_before_the_setting_is_asked(roles, settings):
    chief, browser = roles("值班总编"), Client()
    browser.post(LOGIN, login_of(chief))
    assert browser.get(HOME).status_code == 200
    settings.SECOND_FACTOR = True
    assert browser.get(HOME)["Location"].startswith(OWN)


def test_a_session_from_before_its_role_might_publish_is_asked(roles, settings):
    settings.SECOND_FACTOR = True
    reporter = roles("记者")
    desk = signed_in(reporter)
    assert desk.get(HOME).status_code == 200
    reporter.groups.get().permissions.add(Permission.objects.get(codename="sign_article"))
    assert desk.get(HOME)["Location"].startswith(OWN)


@pytest.mark.parametrize("by", ["the member", "an administrator"])
def test_who_has_it_no_longer_releases_nothing(roles, settings, by):
    settings.SECOND_FACTOR = True
    chief, page = roles("值班总编"), make_page(issue=make_issue(released_at=None))
    make_article(page=page)
    set_up(chief)
    desk = signed_in(chief)
    assert desk.get(release_url(page.issue)).status_code == 200
    if by == "the member":
        desk.post(f"{OWN}remove/", {"password": PASSWORD})
    else:
        second_factor.take_away(chief, by=roles("管理员"), reason="丢失")
    for form in (RELEASE_NOW, RELEASE_NOW | CONFIRM):
        assert desk.post(release_url(page.issue), form, headers=ORIGIN).status_code == 403
    assert Issue.objects.get().released_at is None


def test_a_log_in_that_is_under_way_while_it_is_set_up_lets_nobody_in(roles):
    chief, browser = roles("值班总编"), Client()
    form = LoginForm(RequestFactory().post(LOGIN), login_of(chief))
    assert form.is_valid()
    desk = signed_in(chief)
    secret = authenticator_app.new_secret(chief)
    code = pyotp.TOTP(authenticator_app.read_secret(chief, secret)).at(timezone.now())
    answer = desk.post(f"{OWN}app/", {"secret": secret, "code": code, "password": PASSWORD})
    assert len(answer.context["codes"]) == 10
    browser.force_login(form.get_user())
    assert browser.get(HOME)["Location"].startswith(LOGIN)
    assert desk.get(HOME).status_code == 200
