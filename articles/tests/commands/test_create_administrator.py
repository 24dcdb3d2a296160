"""The first account of a new installation."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Member

pytestmark = pytest.mark.django_db


def run(username="guanli") -> str:
    said = StringIO()
    call_command("create_administrator", username, stdout=said)
    return said.getvalue()


def test_the_password_opens_the_desk_once_and_then_another_one_is_asked_for(roles):
    password = re.search(r"：(\S{16})$", run())[1]
    desk = Client()
    assert desk.login(username="guanli", password=password)
    assert desk.get("/admin/").url.startswith("/admin/password_change/")
    member = Member.objects.get()
    assert (member.is_superuser, member.groups.get().name) == (True, "管理员")


def test_where_there_is_an_administrator_nothing_is_changed(roles, django_assert_num_queries):
    run()
    with django_assert_num_queries(1):
        assert "没有改动" in run("another")
    assert Member.objects.count() == 1


def test_without_roles_no_account_is_left_behind():
    with pytest.raises(CommandError, match="loaddata roles"):
        run()
    assert not Member.objects.exists()


def test_an_account_that_is_there_is_never_made_an_administrator(roles):
    Member.objects.create_user("guanli")
    with pytest.raises(CommandError, match="guanli"):
        run()
    assert not Member.objects.get().is_superuser
