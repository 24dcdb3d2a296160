"""Addresses asked for in vain are counted by day, and nothing of who asked is kept."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from articles.models import MissedAddress, OldAddress
from articles.old_addresses import misses
from articles.old_addresses.misses import Misses, told_path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counter(monkeypatch) -> Misses:
    """A process that has counted nothing yet, and writes each miss at once."""
    counter = Misses()
    monkeypatch.setattr("articles.views.old_address.misses", counter)
    monkeypatch.setattr(misses, "INTERVAL", 0)
    return counter


def counted() -> dict[str, int]:
    """Return what is stored of today."""
    rows = MissedAddress.objects.filter(day=timezone.localdate())
    return dict(rows.values_list("path", "count"))


def test_an_address_that_leads_nowhere_is_counted_once_a_request(client):
    for _ in range(3):
        client.get("/html/2019-10/12/node_1.htm?from=zhangsan&id=7", headers={"referer": "/x"})
    client.head("/html/2019-10/12/node_1.htm")
    assert counted() == {"/html/2019-10/12/node_1.htm?from&id": 3}
    assert {field.name for field in MissedAddress._meta.fields} == {"id", "day", "path", "count"}


def test_what_is_known_or_belongs_to_this_site_is_not_counted(client):
    OldAddress.objects.create(pattern="/a.htm", target="/articles/9/")
    OldAddress.objects.create(pattern="/b.htm", reason="关闭")
    for address in ("/a.htm", "/b.htm", "/articles/9/", "/2019-10-12/", "/admin/x/", "/about"):
        client.get(address)
    assert counted() == {}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/html/2019-10/12/", "/html/2019-10/12/"),
        ("/a.ASPX", "/a.ASPX"),
        ("/旧/页.shtml", "/旧/页.shtml"),
        ("/" + "长" * 300, "/" + "长" * 199),
        ("/a.jpg", None),
        ("/app.js.map", None),
        ("/.env", None),
        ("/.git/config", None),
        ("/wp-login.php", None),
        ("/user/zhang@example.cn/", None),
        ("/id/320412199001011234/", None),
        ("/u/13812345678/", None),
        ("/a\x00b/", None),
        ("/<script>/", None),
    ],
)
def test_only_what_looks_like_a_page_is_told(path, told):
    assert told_path(path, []) == told


def test_names_of_parameters_are_kept_where_they_are_names():
    given = [("id", "1"), ("张三", "1"), ("catid", "2"), ("id", "3"), ("z", ""), ("y", "")]
    assert told_path("/a.aspx", given) == "/a.aspx?catid&id&y"


def test_a_process_writes_once_a_minute(client, counter, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(misses, "INTERVAL", 60)
    clock = iter([100.0, 130.0, 159.0, 161.0, 161.0]).__next__
    monkeypatch.setattr(misses, "monotonic", clock)
    counter.count("/1.htm", [])
    with django_assert_num_queries(0):
        counter.count("/1.htm", [])
        counter.count("/2.htm", [])
    assert counted() == {"/1.htm": 1}
    counter.count("/1.htm", [])
    assert counted() == {"/1.htm": 3, "/2.htm": 1}


def test_rows_of_a_day_and_memory_are_bounded(counter, monkeypatch):
    monkeypatch.setattr(misses, "MOST_A_DAY", 3)
    for n in range(5):
        counter.count(f"/{n}.htm", [])
    counter.count("/0.htm", [])
    assert counted() == {"/0.htm": 2, "/1.htm": 1, "/2.htm": 1}
    monkeypatch.setattr(misses, "INTERVAL", 60)
    for n in range(2 * misses.MOST_IN_MEMORY):
        counter.count(f"/{n}.htm", [])
    assert len(counter._counts) == misses.MOST_IN_MEMORY


def test_rows_older_than_thirty_days_are_deleted(counter):
    today = timezone.localdate()
    for age in (30, 31):
        MissedAddress.objects.create(day=today - timedelta(days=age), path="/a.htm", count=1)
    counter.count("/b.htm", [])
    assert {(today - row.day).days for row in MissedAddress.objects.all()} == {0, 30}


def test_a_busy_database_is_asked_again_later_and_no_reader_is_told(client, counter):
    def busy(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(busy):
        assert client.get("/a.htm").status_code == 404
    assert counted() == {}
    client.get("/a.htm")
    assert counted() == {"/a.htm": 2}


def test_a_write_makes_the_same_queries_for_one_address_and_for_many(django_assert_num_queries):
    today = timezone.localdate()
    misses.write(Counter({(today, "/0.htm"): 1}))
    number = 9 if connection.vendor == "sqlite" else 8
    for count in (1, 300):
        with django_assert_num_queries(number):
            misses.write(Counter({(today, f"/{count}-{n}.htm"): n + 1 for n in range(count)}))
