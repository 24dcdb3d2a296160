"""Old addresses at the desk: their form, and the list of what was asked for in vain."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import MissedAddress, OldAddress
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import messages_of

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/oldaddress/add/"


@pytest.fixture
def desk(db):
    return signed_in()


def save(desk, **fields):
    """Post the form of a new old address."""
    return desk.post(ADD, {"pattern": "", "target": "", "reason": ""} | fields)


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def test_an_address_is_stored_without_its_host(desk):
    save(desk, pattern="http://old.example/a.aspx?b=2&a=1", target="/about/")
    assert list(OldAddress.objects.values_list("pattern", "target")) == [
        ("/a.aspx?a=1&b=2", "/about/")
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pattern": "/archive/", "target": "/about/"}, "pattern"),
        ({"pattern": "/{what}.htm", "target": "/about/"}, "pattern"),
        ({"pattern": "/a.htm", "target": "https://evil.example/"}, "target"),
        ({"pattern": "/a.htm", "target": "/nowhere/"}, "target"),
        ({"pattern": "/a.htm", "target": "/{year}-01-01/"}, "target"),
        ({"pattern": "/a.htm"}, "__all__"),
        ({"pattern": "/a.htm", "target": "/about/", "reason": "关闭"}, "__all__"),
        ({"pattern": "/known.htm", "target": "/about/"}, "pattern"),
    ],
)
def test_what_leads_nowhere_is_told_at_its_field(desk, fields, field):
    OldAddress.objects.create(pattern="/known.htm", target="/about/")
    response = save(desk, **fields)
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert OldAddress.objects.count() == 1


def test_what_readers_do_not_see_yet_is_stored_with_a_warning(desk):
    waiting = make_article(page=make_page(issue=make_issue(released_at=None)))
    url = waiting.get_absolute_url()
    response = save(desk, pattern="/a.htm", target=url)
    assert any(url in message for message in messages_of(response))
    assert OldAddress.objects.get().target == url
    response = save(desk, pattern="/b.htm", target="/about/")
    assert sum("看不到" in message for message in messages_of(response)) == 1


def test_a_redirect_is_made_of_a_missed_address_with_one_click(desk):
    MissedAddress.objects.create(day=date(2024, 7, 27), path="/html/2019-10/12/node_1.htm", count=9)
    listed = Parsed(desk.get(reverse("admin:articles_missedaddress_changelist")))
    links = [url for url in listed.links(".//table") if url.startswith(ADD)]
    forms = [desk.get(link).context["adminform"].form for link in links]
    assert [(form["pattern"].value(), form["target"].value()) for form in forms] == [
        ("/html/2019-10/12/node_1.htm", None),
        ("/html/{year}-{month}/{day}/node_{page}.htm", "/{year}-{month}-{day}/{page}/"),
    ]


@pytest.mark.parametrize("role", ["记者", "责任编辑", "校对"])
def test_others_see_neither(roles, role):
    desk = signed_in(roles(role))
    for table in ("oldaddress", "missedaddress"):
        assert desk.get(f"/admin/articles/{table}/").status_code == 403
