"""The accounts of the demonstration."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Member

USERNAMES = ["bianwei", "guanli", "jiaodui", "jizhe", "zebian", "zhuren", "zongbian"]


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    return settings.VAR


def run() -> tuple[str, str]:
    said, warned = StringIO(), StringIO()
    call_command("demo_accounts", stdout=said, stderr=warned)
    return said.getvalue(), warned.getvalue()


def passwords(var) -> dict[str, str]:
    lines = (var / "demo_accounts.txt").read_text().splitlines()
    return {line.split()[0]: line.split()[1] for line in lines}


def test_there_is_one_account_for_each_role(roles, var):
    said, _ = run()
    kept = passwords(var)
    assert sorted(kept) == USERNAMES
    assert all(f"{name:<10} {password}" in said for name, password in kept.items())
    assert (var / "demo_accounts.txt").stat().st_mode & 0o777 == 0o600
    rows = Member.objects.order_by("username").values_list("name", "groups__name", "is_superuser")
    assert [(name, group) for name, group, _ in rows if name != f"示例{group}"] == []
    assert [group for _, group, chief in rows if chief] == ["管理员"]
    assert len(set(kept.values())) == len(USERNAMES)


def test_the_passwords_written_down_open_the_desk(roles, var):
    run()
    for username, password in passwords(var).items():
        assert Client().login(username=username, password=password)


def test_a_second_run_changes_nothing(roles, var, django_assert_num_queries):
    run()
    kept, hashes = passwords(var), list(Member.objects.values_list("pk", "password"))
    with django_assert_num_queries(1):
        said, _ = run()
    assert (passwords(var), list(Member.objects.values_list("pk", "password"))) == (kept, hashes)
    assert str(var / "demo_accounts.txt") in said


def test_a_lost_file_is_said_and_no_password_is_changed(roles, var):
    run()
    (var / "demo_accounts.txt").unlink()
    hashes = list(Member.objects.values_list("pk", "password"))
    said, warned = run()
    assert (said, "changepassword guanli" in warned) == ("", True)
    assert list(Member.objects.values_list("pk", "password")) == hashes


def test_a_new_database_gets_new_passwords_in_place_of_the_old(roles, var):
    run()
    old = passwords(var)
    Member.objects.all().delete()
    run()
    assert sorted(passwords(var)) == USERNAMES
    assert not set(old.values()) & set(passwords(var).values())


def test_without_the_roles_nothing_is_made(db, var):
    with pytest.raises(CommandError, match="loaddata roles"):
        run()
    assert not Member.objects.exists()
    assert not (var / "demo_accounts.txt").exists()
