"""Accounts at the desk: a new member, the first password, leaving and coming back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.models import Article, Channel, LedgerEntry, LoginCounter, Member, NoticeSettings
from articles.tests.factories import make_byline, make_member
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, fields, signed_in
from articles.tests.workflow_factories import through, written

pytestmark = pytest.mark.django_db
HOME, LOGIN = "/admin/", "/admin/login/"
CHANGE = "/admin/password_change/"
PASSWORD = "correct horse battery"
FIRST, OWN = "yunxi-hebu-2024", "anjing-de-yeban-77"


@pytest.fixture
def administrator(roles):
    for role in ("记者", "责任编辑"):
        roles(role)
    return signed_in(roles("管理员"))


def add(desk, **typed):
    form = {"username": "xinbian", "name": "新编辑", "password1": FIRST, "password2": FIRST}
    return desk.post(reverse("admin:articles_member_add"), form | typed)


def log_in(username: str, password: str, *, to=HOME) -> tuple[Client, object]:
    """Log in by the login page; return the browser and the last page."""
    browser = Client()
    form = {"username": username, "password": password, "next": to}
    return browser, browser.post(LOGIN, form, follow=True)


def new_password(browser, old=FIRST, new=OWN, *, query=""):
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post(CHANGE + query, form)


def departure(member) -> str:
    return reverse("admin:articles_member_departure", args=[member.pk])


# A new member


def test_name_role_and_first_password_are_one_form(administrator):
    role = Group.objects.get(name="责任编辑")
    page = administrator.get(reverse("admin:articles_member_add"))
    form = fields(page, "member_form")
    assert {"username", "name", "password1", "password2"} <= form.keys()
    assert 'name="groups"' in page.content.decode()
    answer = add(administrator, groups=[role.pk])
    assert answer["Location"] == reverse("admin:articles_member_changelist")
    member = Member.objects.get(username="xinbian")
    assert (member.name, member.is_staff, member.must_change_password) == ("新编辑", True, True)
    assert list(member.groups.all()) == [role]


def test_a_member_without_a_role_is_told_of(administrator):
    add(administrator)
    page = administrator.get(HOME)
    assert "还没有角色" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"password2": "x"}, "password2"),
        ({"username": "MEMBER-记者"}, "username"),
    ],
)
def test_a_form_that_lacks_something_makes_nobody(administrator, typed, field):
    answer = add(administrator, **typed)
    assert field in answer.context["errors"].form.errors if False else answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Member.objects.filter(username="xinbian").exists()


# The first password


def test_the_first_log_in_asks_for_a_new_password_and_then_goes_on(administrator):
    add(administrator, groups=[Group.objects.get(name="记者").pk])
    to = reverse("admin:articles_article_changelist") + "?q=渔业"
    browser, page = log_in("xinbian", FIRST, to=to)
    assert page.redirect_chain[-1][0].startswith(CHANGE)
    assert "请先换成您自己的密码" in page.content.decode()
    answer = new_password(browser, query="?" + page.request["QUERY_STRING"])
    assert answer["Location"] == to.replace("渔业", "%E6%B8%94%E4%B8%9A")
    assert browser.get(to).status_code == 200
    assert not Member.objects.get(username="xinbian").must_change_password


def test_before_it_nothing_else_opens_and_logging_out_does(administrator):
    add(administrator, groups=[Group.objects.get(name="记者").pk])
    browser, _page = log_in("xinbian", FIRST)
    for name in ("index", "articles_article_changelist", "articles_article_add", "next_board"):
        answer = browser.get(reverse(f"admin:{name}"))
        assert (answer.status_code, answer["Location"].startswith(CHANGE)) == (302, True)
    assert browser.get(CHANGE).status_code == 200
    assert browser.post("/admin/logout/").status_code in (200, 302)
    assert browser.get(HOME)["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", OWN), (FIRST, FIRST), (FIRST, "12345"), (FIRST, "")]
)
def test_a_password_that_is_wrong_the_same_or_weak_changes_nothing(administrator, old, new):
    add(administrator)
    browser, _page = log_in("xinbian", FIRST)
    assert new_password(browser, old, new).status_code == 200
    assert Member.objects.get(username="xinbian").must_change_password
    assert browser.get(HOME)["Location"].startswith(CHANGE)


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "/2024-07-27/"])
def test_it_never_leads_out_of_the_desk(administrator, path):
    add(administrator)
    browser, _page = log_in("xinbian", FIRST)
    assert new_password(browser, query=f"?next={path}")["Location"] == HOME


def test_words_that_are_sent_before_it_come_back(administrator):
    add(administrator, groups=[Group.objects.get(name="记者").pk])
    browser, _page = log_in("xinbian", FIRST)
    where = reverse("admin:articles_article_add")
    form = {"headline": "河埠路的灯亮了", "genre": "news"}
    page = browser.post(where, form, headers={"origin": "http://testserver"})
    html = page.content.decode()
    assert (page.status_code, "河埠路的灯亮了" in html, CHANGE in html) == (403, True, True)


def test_words_that_came_back_are_stored_once_the_password_is_changed(administrator):
    add(administrator, groups=[Group.objects.get(name="记者").pk])
    browser, _page = log_in("xinbian", FIRST)
    typed = article_data(headline="河埠路的灯亮了", body="<p>灯亮了。</p>")
    origin = {"origin": "http://testserver"}
    page = browser.post(ARTICLE_ADD_URL, typed, headers=origin)
    kept = {"handback": page.context["held"]}
    assert browser.post(ARTICLE_ADD_URL, kept, headers=origin).status_code == 403
    new_password(browser)
    assert browser.post(ARTICLE_ADD_URL, kept, headers=origin).status_code == 302
    assert Article.objects.get().headline == "河埠路的灯亮了"


def test_a_password_set_by_somebody_else_is_a_first_one_again(administrator):
    member = make_member(username="laobian", is_staff=True)
    page = reverse("admin:auth_user_password_change", args=[member.pk])
    form = {"password1": FIRST, "password2": FIRST, "usable_password": "true"}
    assert administrator.post(page, form).status_code == 302
    browser, page = log_in("laobian", FIRST)
    assert page.redirect_chain[-1][0].startswith(CHANGE)
    new_password(browser)
    assert browser.get(HOME).status_code == 200


def test_ones_own_password_is_changed_with_the_one_before(administrator):
    member = Member.objects.get(username="member-管理员")
    page = reverse("admin:auth_user_password_change", args=[member.pk])
    assert administrator.get(page)["Location"] == CHANGE


def test_the_password_before_is_guessed_no_more_often_than_at_the_log_in():
    member = make_member(username="editor", is_staff=True)
    desk = signed_in(member)
    for _ in range(5):
        assert "旧密码不正确" in new_password(desk, old="guess").content.decode()
    page = new_password(desk, old=PASSWORD).content.decode()
    assert "登录失败次数过多，请在 15 分钟后再试" in page
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    kinds = LedgerEntry.objects.order_by("number").values_list("kind", "object_id")
    assert list(kinds) == [("log_in_failed", member.pk)] * 5


def test_a_changed_password_clears_guesses_and_is_no_log_in():
    member = make_member(username="editor", is_staff=True)
    desk = signed_in(member)
    new_password(desk, old="guess")
    assert new_password(desk, old=PASSWORD).status_code == 302
    assert {*LoginCounter.objects.values_list("failures", flat=True)} == {0, 1}
    kinds = LedgerEntry.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["log_in_failed", "password"]


# Leaving and coming back


def test_leaving_ends_the_sessions_and_keeps_the_name(administrator, roles):
    writer, editor = Member.objects.get(username="member-记者"), roles("部门主任")
    article = through(written(by=writer), ("submit", writer))
    make_byline(article=article, name=writer.name)
    NoticeSettings.objects.create(member=writer, channel=Channel.EMAIL, email="a@example.com")
    desk = signed_in(writer)
    assert desk.get(HOME).status_code == 200
    page = administrator.get(departure(writer))
    assert "记者" in page.content.decode()
    assert Member.objects.get(pk=writer.pk).is_active
    assert administrator.post(departure(writer), {"_leave": "1"}).status_code == 302
    gone = Member.objects.get(pk=writer.pk)
    assert (gone.is_active, gone.name, gone.groups.count()) == (False, "记者", 0)
    assert not NoticeSettings.objects.exists()
    assert desk.get(HOME)["Location"].startswith(LOGIN)
    _browser, page = log_in(writer.username, "correct horse battery")
    assert page.request["PATH_INFO"] == LOGIN
    assert (article.revisions.get().made_by, article.reviews.get().made_by) == (gone, gone)
    sheet = signed_in(editor).get(reverse("admin:articles_review_sheet", args=[article.pk]))
    assert sheet.content.decode().count("<td>记者 <small>记者</small></td>") == 2
    assert "记者" in LogEntry.objects.latest("pk").change_message


def test_coming_back_takes_roles_and_a_first_password_and_no_old_session(administrator):
    member = Member.objects.get(username="member-记者")
    desk = signed_in(member)
    administrator.post(departure(member), {"_leave": "1"})
    role = Group.objects.get(name="责任编辑")
    form = {"password1": FIRST, "password2": FIRST, "groups": [role.pk]}
    assert administrator.post(departure(member), form | {"groups": [], "_return": "1"}).context
    assert administrator.post(departure(member), form).status_code == 200  # No button, no act.
    assert not Member.objects.get(pk=member.pk).is_active
    assert administrator.post(departure(member), form | {"_return": "1"}).status_code == 302
    back = Member.objects.get(pk=member.pk)
    assert (back.is_active, list(back.groups.all())) == (True, [role])
    assert desk.get(HOME)["Location"].startswith(LOGIN)
    browser, page = log_in(member.username, FIRST)
    assert page.redirect_chain[-1][0].startswith(CHANGE)


def test_nobody_leaves_by_their_own_hand_or_takes_a_superuser_out(administrator):
    chief = make_member(username="zongguan", is_staff=True, is_superuser=True)
    for member in (Member.objects.get(username="member-管理员"), chief):
        assert administrator.post(departure(member), {"_leave": "1"}).status_code == 403
        assert Member.objects.get(pk=member.pk).is_active


def test_leaving_twice_does_not_bring_back(administrator):
    member = Member.objects.get(username="member-记者")
    for _ in range(2):
        administrator.post(departure(member), {"_leave": "1"})
    assert not Member.objects.get(pk=member.pk).is_active


def test_the_form_of_an_account_leaves_the_departure_to_its_button(administrator):
    member = make_member(username="laobian", is_staff=True)
    where = reverse("admin:articles_member_change", args=[member.pk])
    page = administrator.get(where)
    assert departure(member) in page.content.decode()
    administrator.post(where, fields(page, "member_form"))
    assert Member.objects.get(pk=member.pk).is_active


@pytest.mark.parametrize("typed", ["groups", "is_staff"])
def test_another_role_logs_a_member_out_at_once(administrator, typed):
    member = Member.objects.get(username="member-记者")
    desk = signed_in(member)
    assert desk.get(HOME).status_code == 200
    where = reverse("admin:articles_member_change", args=[member.pk])
    form = {"username": member.username, "name": member.name, "is_staff": "on"}
    form |= {"groups": [role.pk for role in member.groups.all()]}
    assert administrator.post(where, form).status_code == 302
    assert desk.get(HOME).status_code == 200
    changed = {"groups": [Group.objects.get(name="责任编辑").pk], "is_staff": ""}
    assert administrator.post(where, form | {typed: changed[typed]}).status_code == 302
    assert desk.get(HOME)["Location"].startswith(LOGIN)


def test_who_changes_their_own_role_works_on_here_and_nowhere_else(administrator):
    member = Member.objects.get(username="member-管理员")
    elsewhere = signed_in(member)
    where = reverse("admin:articles_member_change", args=[member.pk])
    roles = [Group.objects.get(name=name).pk for name in ("管理员", "记者")]
    form = {"username": member.username, "name": member.name, "is_staff": "on", "groups": roles}
    assert administrator.post(where, form).status_code == 302
    assert administrator.get(HOME).status_code == 200
    assert elsewhere.get(HOME)["Location"].startswith(LOGIN)
