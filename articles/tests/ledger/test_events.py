"""What the desk does beside words is in the ledger: accounts, log-ins and photos."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles import accounts, ledger
from articles.accounts import second_factor
from articles.accounts.recovery_codes import make_codes
from articles.admin import ledger_words
from articles.models import LedgerEntry, LedgerKind, Member, Photo
from articles.tests.factories import make_chief, make_member, make_photo
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def admin():
    """Return a superuser's browser."""
    return signed_in(make_chief(is_superuser=True))


def told() -> list[tuple]:
    """Return the kind, the member and the object of every entry, in order."""
    rows = LedgerEntry.objects.order_by("number")
    return [(row.kind, row.member_id, row.object_type, row.object_id) for row in rows]


def test_who_leaves_and_comes_back_is_entered():
    member, by = make_member(username="lin", is_staff=True), make_chief()
    accounts.leave(member, by=by)
    accounts.come_back(member, roles=[], password=PASSWORD, by=by)
    assert told() == [("account", by.pk, "member", member.pk)] * 2
    assert [row.told["left"] for row in LedgerEntry.objects.order_by("number")] == [True, False]


def test_a_changed_and_a_deleted_photo_are_entered(admin):
    photo = make_photo(alt="旧说明")
    where = reverse("admin:articles_photo_change", args=[photo.pk])
    admin.post(where, {"alt": "新说明", "credit": photo.credit, "focus": photo.focus})
    admin.post(reverse("admin:articles_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert [(row[0], row[2], row[3]) for row in told()] == [
        ("photo_changed", "photo", photo.pk),
        ("photo_deleted", "photo", photo.pk),
    ]
    assert not Photo.objects.exists()


def test_the_ledger_is_read_only_and_for_those_who_may_see_it(admin):
    accounts.leave(make_member(username="lin", is_staff=True))
    one, many = (
        reverse(f"admin:articles_ledgerentry_{name}", args=args)
        for name, args in (("change", [1]), ("changelist", []))
    )
    assert "账号变更" in admin.get(many).content.decode()
    assert LedgerEntry.objects.get().digest in admin.get(one).content.decode()
    assert admin.post(one, {}).status_code == 403
    assert signed_in(make_member(username="ta", is_staff=True)).get(many).status_code == 403


def log_in(password: str) -> None:
    Client().post(reverse("admin:login"), {"username": "lin", "password": password})


def test_log_ins_are_entered_without_what_was_typed():
    member = make_member(username="lin", is_staff=True)
    member.set_password(PASSWORD)
    member.save()
    log_in("a wrong one")
    log_in(PASSWORD)
    assert told() == [
        ("log_in_failed", None, "member", member.pk),
        ("log_in", member.pk, "member", member.pk),
    ]
    assert {row.address for row in LedgerEntry.objects.all()} == {"127.0.0.1"}
    assert {row.facts for row in LedgerEntry.objects.all()} == {"{}"}


def test_a_name_that_nobody_has_is_not_entered():
    log_in(PASSWORD)
    assert told() == [("log_in_failed", None, "", None)]
    assert "lin" not in LedgerEntry.objects.get().facts


def test_other_roles_other_facts_and_another_password_are_entered(admin):
    member, role = make_member(username="lin", is_staff=True), Group.objects.create(name="夜班")
    where = reverse("admin:articles_member_change", args=[member.pk])
    facts = {"username": "lin", "name": member.name, "email": "", "is_staff": "on"}
    admin.post(where, facts | {"name": "林小禾"})
    admin.post(where, facts | {"name": "林小禾", "groups": [role.pk]})
    new = {"password1": PASSWORD, "password2": PASSWORD}
    admin.post(reverse("admin:auth_user_password_change", args=[member.pk]), new)
    assert [row[0] for row in told()] == ["account", "role", "password"]
    assert {row[2:] for row in told()} == {("member", member.pk)}
    assert LedgerEntry.objects.get(kind="role").told["roles"] == "夜班"


def test_the_rights_of_a_role_are_entered(admin):
    role = Group.objects.create(name="夜班")
    right = Permission.objects.get(codename="view_article")
    where = reverse("admin:auth_group_change", args=[role.pk])
    admin.post(where, {"name": "夜班", "permissions": [right.pk]})
    admin.post(reverse("admin:auth_group_delete", args=[role.pk]), {"post": "yes"})
    first, second = LedgerEntry.objects.order_by("number")
    assert (first.told, second.told) == ({"rights": ["view_article"]}, {"deleted": True})


def test_a_second_factor_that_is_taken_away_is_entered_with_the_reason():
    member, by = make_member(username="lin", is_staff=True), make_chief()
    second_factor.take_away(member, by=by, reason="手机丢了")
    assert told() == [("second_factor", by.pk, "member", member.pk)]
    assert LedgerEntry.objects.get().told == {"removed": True, "reason": "手机丢了"}


def test_accounts_that_commands_create_are_entered(settings, tmp_path):
    settings.VAR = tmp_path
    call_command("loaddata", "roles", verbosity=0)
    call_command("create_administrator", "guanliyuan", stdout=StringIO())
    call_command("demo_accounts", stdout=StringIO())
    members = [*Member.objects.order_by("pk").values_list("pk", flat=True)]
    assert told() == [("account", None, "member", pk) for pk in members]
    roles = [row.told["roles"] for row in LedgerEntry.objects.order_by("number")]
    assert (roles[0], len(roles)) == (["管理员"], 8)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"what": "site", "written": 3, "removed": 0}, "已取消：0；内容：静态版；写入文件：3"),
        ({"what": "archive", "issues": 1, "articles": 2}, "稿件：2；期：1；内容：存档文件"),
        ({"name": "2024.tar", "digest": "ab", "files": 4}, "指纹：ab；文件：4；名称：2024.tar"),
        ({"sha256": "ab"}, "指纹：ab"),
        ({"fields": ["name", "password1", "password2"]}, "修改项：名称、密码"),
    ],
)
def test_facts_are_told_in_chinese(facts, words):
    ledger.record(LedgerKind.EXPORT, make_member(username="lin"), **facts)
    assert ledger_words.facts(LedgerEntry.objects.get()) == words


def test_new_recovery_codes_are_entered_without_the_codes():
    member = make_member(username="lin", is_staff=True)
    codes = make_codes(member)
    assert told() == [("second_factor", member.pk, "member", member.pk)]
    assert LedgerEntry.objects.get().told == {"codes": len(codes)}
