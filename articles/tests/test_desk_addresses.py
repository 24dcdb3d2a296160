"""Every address of the desk: who reaches it, and that looking at it changes nothing."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.urls import URLResolver, get_resolver, reverse

from articles import raw_pages, revisions

from .make import make_caption, make_member
from .posting import signed_in
from .test_roles import DUTY_CHIEFS, MATRIX, READERS, ROLES, rows

__all__ = ["rows"]

DESK, NOBODY = {*ROLES}, set()
PAPER = DESK - {"管理员"}
# Who gets a page at an address that is not of a table and an action, as those below are.
OWN = {
    "preview_new": PAPER, "preview": PAPER, "preview_issue": PAPER,
    "admin:index": DESK, "admin:app_list": DESK, "admin:jsi18n": DESK,
    "admin:password_change": DESK, "admin:password_change_done": DESK,
    "admin:articles_article_compare": PAPER, "admin:articles_review_sheet": PAPER,
    "admin:articles_issue_board": PAPER, "admin:articles_issue_previews": READERS,
    "admin:articles_issue_release": DUTY_CHIEFS, "admin:auth_user_password_change": {"管理员"},
}  # fmt: skip
WRITERS = {"记者"} | READERS
RAW_PAGES = dict.fromkeys(("changelist", "add", "change", "history", "source"), WRITERS)
REVIEWS = {"changelist": {"部门主任"} | DUTY_CHIEFS, "add": NOBODY, "delete": NOBODY}
# These take a form, and nothing else, from whom `test_roles` and their own tests say.
POST_ONLY = {
    "admin:logout", "admin:articles_article_move", "admin:articles_article_restore",
    "admin:working_copy_keep", "admin:working_copy_offers", "admin:working_copy_discard",
    "admin:working_copy_login",
}  # fmt: skip
# The login and its token are for strangers; the others lead on, as their rows allow.
OPEN = {"admin:login", "admin:working_copy_token", "admin:view_on_site", "admin:autocomplete",
        "admin:", "admin:articles_review_history", "admin:articles_review_change"}  # fmt: skip
ACTIONS = {"changelist": "v", "change": "v", "history": "v", "add": "a", "delete": "d"}


def patterns(resolver: URLResolver, path="", space="") -> Iterator[tuple[str, str]]:
    """Give the name and the pattern of every address below a resolver."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each, path + str(each.pattern), inner)
        else:
            yield f"{space}{each.name or ''}", path + str(each.pattern)


def names_of_the_desk() -> dict[str, str]:
    found = dict(patterns(get_resolver()))
    return {name: path for name, path in found.items() if path.startswith("admin/")}


def allowed(name: str) -> set[str] | None:
    """Return who gets a page at an address; None where no row says it."""
    if name in OWN:
        return OWN[name]
    found = re.fullmatch(r"admin:[a-z]+_([a-z]+)_([a-z]+)", name)
    if found and found[1] == "review":
        return REVIEWS.get(found[2])
    if found and found[1] == "rawpage":
        return (RAW_PAGES | {"delete": NOBODY}).get(found[2])
    if found and found[1] in MATRIX["记者"] and found[2] in ACTIONS:
        return {role for role in ROLES if ACTIONS[found[2]] in MATRIX[role][found[1]]}
    return None


def address(name: str, path: str, rows) -> str:
    """Return an address of a row that is there."""
    if name == "admin:app_list":
        return reverse(name, args=["articles"])
    if name.endswith("_compare"):
        return reverse(name, args=[rows["article"].pk]) + "?from=1&to=1"
    table = next((table for table in rows if f"/{table}/" in path), "article")
    return reverse(name, args=[rows[table].pk] * path.count("<"))


@pytest.fixture
def addresses(rows) -> dict[str, str]:
    """The addresses that show a page, by their names."""
    revisions.record(rows["article"], by=rows["member"])
    rows = rows | {"rawpage": raw_pages.bring(rows["page"], "书画馆开馆".encode(), by=None)}
    return {
        name: address(name, path, rows)
        for name, path in names_of_the_desk().items()
        if allowed(name) is not None
    }


def test_every_address_of_the_desk_has_a_row():
    names = names_of_the_desk().keys()
    assert {name for name in names - POST_ONLY - OPEN if allowed(name) is None} == set()
    assert (POST_ONLY | OPEN | OWN.keys()) - names == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_the_pages_of_its_rows_and_no_other(roles, addresses, role):
    desk = signed_in(roles(role))
    found = {name: desk.get(where).status_code for name, where in addresses.items()}
    wanted = {name: 200 if role in allowed(name) else 403 for name in addresses}
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
    path = names_of_the_desk()[name]
    assert desk.get(address(name, path, rows)).status_code == 405


def state() -> dict:
    """Return all rows of all tables, but for sessions, which note that they are in use."""
    models = [model for model in apps.get_models() if model is not Session]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


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
        page = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
        for link in map(unescape, re.findall(r'<a [^>]*href="([^"#]+)', page)):
            link = link if link.startswith("/") else where.partition("?")[0] + link
            if link.startswith("/admin/") and link not in seen and len(seen) + len(unseen) < 300:
                seen.add(link)
                unseen.append(link)
    assert len(seen) > 100
    assert state() == before
