"""Auditors read what happened and nothing else; no administrator appoints or removes one."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.models import Member
from articles.tests.factories import make_member
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db
CHIEF = {"username": "zongguan", "is_staff": True, "is_superuser": True}


@pytest.fixture
def auditor(roles):
    return roles("审计员")


@pytest.fixture
def office(roles):
    """The browser of an administrator who is no superuser."""
    return signed_in(roles("管理员"))


def role() -> Group:
    return Group.objects.get(name="审计员")


def test_an_auditor_reads_what_happened_and_changes_nothing(auditor):
    granted = {*auditor.get_all_permissions()}
    assert granted == {"admin.view_logentry", "articles.view_ledgerentry", "articles.view_review"}
    desk = signed_in(auditor)
    assert desk.get("/admin/").status_code == 200
    assert desk.get(reverse("admin:articles_review_changelist")).status_code == 200
    for name in ("article", "photo", "issue", "member", "masthead"):
        assert desk.get(reverse(f"admin:articles_{name}_changelist")).status_code == 403


def test_an_auditor_reads_what_was_done_with_forms(auditor, office, django_assert_num_queries):
    member = Member.objects.get(username="member-管理员")
    where = reverse("admin:articles_member_change", args=[member.pk])
    form = {"username": member.username, "name": "管理员甲", "is_staff": "on"}
    assert office.post(where, form | {"groups": [member.groups.get().pk]}).status_code == 302
    log = reverse("admin:admin_logentry_changelist")
    desk = signed_in(auditor)
    page = desk.get(log).content.decode()
    for words in ("管理员甲", "成员", "修改", "修改了姓名。"):
        assert words in page
    entry = LogEntry.objects.get()
    one = reverse("admin:admin_logentry_change", args=[entry.pk])
    assert "管理员甲" in desk.get(one).content.decode()
    assert desk.post(one, {"object_repr": "别人"}).status_code == 403
    assert office.get(log).status_code == 403
    LogEntry.objects.bulk_create(
        LogEntry(user=member, action_flag=CHANGE, object_repr="张三") for _ in range(60)
    )
    with django_assert_num_queries(6):
        page = desk.get(log).content.decode()
    assert page.count("张三") == 50


def test_a_superuser_who_saves_the_role_of_auditors_leaves_them_what_they_read(auditor):
    desk = signed_in(make_member(**CHIEF))
    where = reverse("admin:auth_group_change", args=[role().pk])
    before = {*role().permissions.values_list("codename", flat=True)}
    choices = desk.get(where).context["adminform"].form["permissions"]
    assert desk.post(where, {"name": "审计员", "permissions": choices.value()}).status_code == 302
    assert {*role().permissions.values_list("codename", flat=True)} == before


def test_no_administrator_makes_anybody_an_auditor(auditor, office):
    member = Member.objects.get(username="member-管理员")
    where = reverse("admin:articles_member_change", args=[member.pk])
    form = {"username": member.username, "name": member.name, "is_staff": "on"}
    answer = office.post(where, form | {"groups": [role().pk]})
    assert answer.status_code == 200
    assert not member.groups.filter(pk=role().pk).exists()
    first = dict.fromkeys(("password1", "password2"), "yunxi-hebu-2024")
    new = {"username": "xin", "name": "新", "groups": [role().pk]} | first
    assert office.post(reverse("admin:articles_member_add"), new).status_code == 200
    assert not Member.objects.filter(username="xin").exists()


def test_no_administrator_changes_or_removes_an_auditor(auditor, office):
    names = (
        "articles_member_departure",
        "articles_member_log_ins",
        "articles_member_second_factor",
    )
    for name in (*names, "auth_user_password_change"):
        where = reverse(f"admin:{name}", args=[auditor.pk])
        assert office.post(where, {"_leave": "1", "end_others": "1"}).status_code == 403
    office.post(reverse("admin:articles_member_change", args=[auditor.pk]), {"username": "x"})
    auditor.refresh_from_db()
    assert (auditor.username, auditor.is_active) == ("member-审计员", True)
    assert auditor.groups.get() == role()


@pytest.mark.parametrize("way", ["disabled", "reads the log alone"])
def test_no_administrator_takes_what_somebody_reads_with_another_change(auditor, office, way):
    log = Permission.objects.get(codename="view_logentry")
    if way == "disabled":
        Member.objects.filter(pk=auditor.pk).update(is_active=False)
    else:
        auditor.groups.clear()
        auditor.user_permissions.add(log)
    before = (*auditor.groups.all(), *auditor.user_permissions.all())
    where = reverse("admin:articles_member_change", args=[auditor.pk])
    form = {"username": auditor.username, "name": "别名", "is_staff": "on", "is_active": "on"}
    assert office.post(where, form).status_code == 403
    assert (*auditor.groups.all(), *auditor.user_permissions.all()) == before != ()


def test_no_administrator_lets_a_role_read_the_ledger_or_changes_that_of_auditors(auditor, office):
    reads = Permission.objects.get(codename="view_ledgerentry")
    own = Group.objects.get(name="管理员")
    where = reverse("admin:auth_group_change", args=[own.pk])
    office.post(where, {"name": own.name, "permissions": [reads.pk]})
    assert not own.permissions.filter(pk=reads.pk).exists()
    for action in ("change", "delete"):
        where = reverse(f"admin:auth_group_{action}", args=[role().pk])
        assert office.post(where, {"name": "x", "post": "yes"}).status_code == 403
    assert role().permissions.filter(pk=reads.pk).exists()


def test_a_superuser_appoints_auditors(roles):
    roles("记者")
    member = Member.objects.get(username="member-记者")
    desk = signed_in(make_member(**CHIEF))
    where = reverse("admin:articles_member_change", args=[member.pk])
    form = {"username": member.username, "name": member.name, "is_staff": "on"}
    assert desk.post(where, form | {"groups": [role().pk]}).status_code == 302
    assert member.groups.get() == role()
