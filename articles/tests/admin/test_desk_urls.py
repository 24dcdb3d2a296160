"""Every address of the desk: who reaches it, and that looking at it changes nothing."""

import re
from html import unescape

import pytest
from django.apps import apps

from articles.models import LoginSession
from articles.tests.factories import make_caption, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.role_tables import (
    DESK,
    OPEN,
    OWN,
    POST_ONLY,
    ROLES,
    allowed_roles,
    desk_patterns,
    desk_url,
)


def test_every_address_of_the_desk_has_a_row():
    names = desk_patterns().keys()
    assert {name for name in names - POST_ONLY - OPEN if allowed_roles(name) is None} == set()
    assert (POST_ONLY | OPEN | OWN.keys()) - names == set()


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_the_pages_of_its_rows_and_no_other(roles, addresses, role):
    desk = signed_in(roles(role))
    found = {name: desk.get(where).status_code for name, where in addresses.items()}
    wanted = {name: 200 if role in allowed_roles(name) else 403 for name in addresses}
    assert {name: code for name, code in found.items() if code != wanted[name]} == {}


def test_who_is_no_member_of_the_desk_is_sent_to_the_login(client, addresses):
    reader = signed_in(make_member(username="duzhe"))
    for name, where in addresses.items():
        for browser in (client, reader):
            answer = browser.get(where)
            assert (answer.status_code, "/login/" in answer["Location"]) == (302, True), name


def test_who_has_no_role_gets_nothing_of_the_paper(addresses):
    desk = signed_in(make_member(username="xinren", is_staff=True))
    found = {name for name, where in addresses.items() if desk.get(where).status_code == 200}
    assert found == {name for name, may in OWN.items() if may == DESK} - {"admin:app_list"}


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_what_changes_something_takes_no_get(roles, rows, name):
    desk = signed_in(roles("值班总编"))
    path = desk_patterns()[name]
    assert desk.get(desk_url(name, path, rows)).status_code == 405


def state() -> dict:
    """Return all rows of all tables, but for sessions, which note that they are in use."""
    models = [model for model in apps.get_models() if model is not LoginSession]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.slow
def test_looking_changes_nothing(roles, rows, addresses):
    """All addresses and every link that they show are followed by who may do everything."""
    chief = roles("值班总编")
    make_caption(article=rows["article"], photo=rows["photo"])
    chief.is_superuser = True
    chief.save()
    desk, before = signed_in(chief), state()
    unseen, seen = [*addresses.values()], set()
    while unseen:
        where = unseen.pop()
        seen.add(where)
        answer = desk.get(where)
        assert answer.status_code < 500, where
        page = answer.getvalue().decode(errors="replace") if answer.status_code == 200 else ""
        for link in map(unescape, re.findall(r'<a [^>]*href="([^"#]+)', page)):
            link = link if link.startswith("/") else where.partition("?")[0] + link
            if link.startswith("/admin/") and link not in seen and len(seen) + len(unseen) < 300:
                seen.add(link)
                unseen.append(link)
    assert len(seen) > 100
    assert state() == before
