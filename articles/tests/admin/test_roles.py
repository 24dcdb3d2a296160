"""Who may do what at the desk, tried at the desk's own addresses."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from articles.models import Member
from articles.tests.factories import make_member
from articles.tests.form_helpers import signed_in
from articles.tests.role_tables import DUTY_CHIEFS, MATRIX, READERS, ROLES
from articles.tests.workflow_factories import rewritten, through, written
from articles.workflow import MOVES
from articles.workflow.permissions import permissions_of

# The rights of the procedure, and who holds each: nobody else does.
SPECIAL = {
    "articles.submit_article": {"记者"} | READERS,
    "articles.pass_first_review": {"责任编辑", "部门主任"},
    "articles.pass_second_review": {"部门主任", "值班编委"},
    "articles.sign_article": DUTY_CHIEFS,
    "articles.return_article": READERS,
    "articles.spike_article": DUTY_CHIEFS,
    "articles.withdraw_article": DUTY_CHIEFS,
    "articles.release_issue": DUTY_CHIEFS,
    "articles.view_review": {"部门主任", "审计员"} | DUTY_CHIEFS,
}


def opens(desk, row, action: str) -> bool:
    """Tell whether an action's address answers and, for `change`, offers to save."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    address = {
        "v": lambda: reverse(f"{name}_change", args=[row.pk]),
        "a": lambda: reverse(f"{name}_add"),
        "c": lambda: reverse(f"{name}_change", args=[row.pk]),
        "d": lambda: reverse(f"{name}_delete", args=[row.pk]),
    }[action]()
    answer = desk.get(address)
    if action == "c" and answer.status_code == 200:
        return answer.context["has_change_permission"]
    return answer.status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_the_table_says_and_nothing_else(roles, rows, role):
    desk = signed_in(roles(role))
    found = {
        table: "".join(action for action in "vacd" if opens(desk, row, action))
        for table, row in rows.items()
    }
    assert found == MATRIX[role]


@pytest.mark.parametrize("role", ROLES)
def test_each_step_of_the_procedure_is_a_right_of_its_own(roles, role):
    member = roles(role)
    held = {right for right, holders in SPECIAL.items() if role in holders}
    assert {right for right in SPECIAL if member.has_perm(right)} == held
    assert permissions_of(member) >= held


def test_every_move_has_a_role_that_may_make_it():
    assert {step.permission for step in MOVES.values()} <= {*SPECIAL}
    assert all(SPECIAL[step.permission] for step in MOVES.values())


def test_being_a_superuser_gives_no_right_of_the_procedure(roles):
    chief = make_member(username="zongguan", is_superuser=True)
    assert permissions_of(chief) == set()
    chief.groups.add(roles("责任编辑").groups.get())
    assert {right for right in SPECIAL if right in permissions_of(chief)} == {
        "articles.submit_article",
        "articles.pass_first_review",
        "articles.return_article",
    }


def test_the_accounts_of_the_demonstration_take_an_article_from_draft_to_signed(
    roles, settings, tmp_path
):
    roles("校对")
    settings.VAR = tmp_path
    call_command("demo_accounts", verbosity=0)
    people = {member.username: member for member in Member.objects.all()}
    article = written(by=people["jizhe"])
    steps = ["submit", "pass_first", "pass_second", "sign"]
    staff = [people[name] for name in ("jizhe", "zebian", "bianwei", "zongbian")]
    through(article, *zip(steps, staff, strict=True))
    assert article.status == "signed"
    article = rewritten(article, by=people["zongbian"], headline="总编改了一个字")
    through(article, ("pass_second", people["zhuren"]), ("sign", people["bianwei"]))
    assert article.status == "signed"


def test_roles_of_the_time_before_the_procedure_are_brought_up_to_date(roles):
    roles("记者")
    group = Group.objects.get(name="责任编辑")
    Permission.objects.get(codename="submit_article").group_set.clear()
    call_command("demo_paper", verbosity=0)
    assert Permission.objects.get(codename="submit_article") in group.permissions.all()


def test_a_member_without_a_role_reaches_nothing(rows):
    desk = signed_in(make_member(username="xinren", is_staff=True))
    assert not any(opens(desk, row, action) for row in rows.values() for action in "vacd")


def test_a_stranger_reaches_nothing(client, rows):
    assert not any(opens(client, row, action) for row in rows.values() for action in "vacd")


@pytest.mark.slow
def test_the_rights_hold_for_what_is_sent_too(roles, rows):
    """Every change a role may not make is tried with a POST; nothing is written."""
    for role in ROLES:
        desk = signed_in(roles(role))
        for table, row in rows.items():
            name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
            refused = set("acd") - set(MATRIX[role][table])
            addresses = {
                "a": lambda name=name: reverse(f"{name}_add"),
                "c": lambda name=name, row=row: reverse(f"{name}_change", args=[row.pk]),
                "d": lambda name=name, row=row: reverse(f"{name}_delete", args=[row.pk]),
            }
            for action in refused:
                answer = desk.post(addresses[action](), {"post": "yes", "name": "改"})
                assert answer.status_code == 403, (role, table, action)


def test_an_administrator_of_accounts_cannot_make_or_touch_an_administrator_of_everything(roles):
    member = roles("管理员")
    desk = signed_in(member)
    chief = make_member(username="zongguan", is_superuser=True, is_staff=True)
    own = reverse("admin:articles_member_change", args=[member.pk])
    answer = desk.post(
        own,
        {
            "username": member.username,
            "is_superuser": "on",
            "is_staff": "on",
            "is_active": "on",
            "user_permissions": ["1"],
        },
    )
    assert answer.status_code == 302
    member = Member.objects.get(pk=member.pk)
    assert (member.is_superuser, member.user_permissions.count()) == (False, 0)
    for address in (
        reverse("admin:articles_member_change", args=[chief.pk]),
        reverse("admin:auth_user_password_change", args=[chief.pk]),
    ):
        assert desk.post(address, {"password1": "x" * 12, "password2": "x" * 12}).status_code == 403


def test_an_account_made_at_the_desk_can_sign_in(roles):
    desk = signed_in(roles("管理员"))
    typed = {
        "username": "xinbian",
        "name": "新编辑",
        "usable_password": "true",
        "password1": "yunxi-hebu-2024",
        "password2": "yunxi-hebu-2024",
    }
    assert desk.post(reverse("admin:articles_member_add"), typed).status_code == 302
    member = Member.objects.get(username="xinbian")
    assert (member.name, member.is_staff, member.is_superuser) == ("新编辑", True, False)


def test_loading_the_roles_again_changes_nothing(roles):
    def state():
        return {
            group.name: sorted(group.permissions.values_list("pk", flat=True))
            for group in Group.objects.all()
        }

    before = state()
    call_command("loaddata", "roles", verbosity=0)
    assert state() == before
    assert sorted(before) == sorted(ROLES)


def test_permissions_are_named_in_chinese(db):
    html = signed_in().get(reverse("admin:auth_group_add")).content.decode()
    assert "稿件：修改" in html
    assert "稿件：可以签发稿件" in html
    assert "Can " not in html
