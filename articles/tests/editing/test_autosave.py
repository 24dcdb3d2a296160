"""What is typed and not saved is kept for its writer, and gone when it is saved."""

import json
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.models import LoginSession, Revision, WorkingCopy
from articles.tests import factories
from articles.tests.editor_sessions import AT, Window, draft, reporter
from articles.tests.form_helpers import article_url, fields, signed_in

__all__ = ["draft", "reporter"]

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_without_a_revision(reporter, draft):
    window = Window(reporter, draft)
    answer = window.type(headline="新题", body="<p>新的正文。</p>")
    assert (answer.status_code, answer.json()) == (200, {"kept": 1, "others": []})
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    copy = WorkingCopy.objects.get()
    assert copy.fields == [("headline", "新题"), ("body", "<p>新的正文。</p>")]
    assert (copy.member, copy.article, copy.serial) == (reporter, draft, 1)
    draft.refresh_from_db()
    assert draft.headline == "旧题"
    assert not Revision.objects.exists()


def test_an_older_state_that_arrives_late_changes_nothing(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="一")
    window.type(headline="一二")
    window.serial = 1
    assert window.say(fields=[("headline", "一")]).status_code == 200
    assert WorkingCopy.objects.get().fields == [("headline", "一二")]


def test_each_window_of_a_person_has_its_own_copy(reporter, draft):
    one, other = Window(reporter, draft), Window(reporter, draft)
    one.type(headline="甲")
    other.type(headline="乙")
    one.type(headline="甲甲")
    kept = WorkingCopy.objects.order_by("pk").values_list("editor_id", "stored_fields")
    assert list(kept) == [
        (UUID(one.window), '[["headline","\\u7532\\u7532"]]'),
        (UUID(other.window), '[["headline","\\u4e59"]]'),
    ]


def test_who_may_not_change_the_article_keeps_and_sees_nothing(draft, roles):
    reader = factories.make_member(username="duzhe", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    window = Window(reader, draft)
    answers = [window.say(door, fields=[]) for door in ("keep", "offers", "discard")]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert answers[0].json() == {"refused": "您已不能修改这篇稿件。"}
    window.article = None
    assert [window.say(door, fields=[]).status_code for door in ("keep", "offers")] == [403, 403]
    assert not WorkingCopy.objects.exists()
    assert b'id="working-copy"' not in window.client.get(article_url(draft)).content


def test_a_published_article_takes_copies_only_from_who_may_sign(reporter):
    published = factories.make_article(page=factories.make_page())
    assert Window(reporter, published).type(headline="改").status_code == 403
    assert Window(factories.make_chief(), published).type(headline="改").status_code == 200


def test_without_a_login_the_form_is_told_so_and_nothing_is_stored(reporter, draft):
    window = Window(reporter, draft)
    LoginSession.objects.all().delete()
    answer = window.type(headline="登录丢了")
    assert (answer.status_code, answer.json()) == (403, {"login": True})
    assert not WorkingCopy.objects.exists()


def test_what_one_typed_is_not_kept_under_the_name_of_who_logged_in_since(reporter, draft):
    other = factories.make_chief()
    window = Window(reporter, draft, client=signed_in(other))
    assert window.type(headline="不是我写的").json() == {"login": True}
    assert not WorkingCopy.objects.exists()


def test_a_login_in_place_gives_a_new_token_and_the_keeping_goes_on(reporter, draft):
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"{AT}token/").json()["member"] is None
    origin = {"origin": "http://testserver"}

    def log_in(password):
        token = client.get(f"{AT}token/").json()["csrf"]
        form = {"username": reporter.username, "password": password}
        return client.post(f"{AT}login/", form, headers=origin | {"X-CSRFToken": token})

    refused = log_in("wrong")
    assert refused.status_code == 403
    assert "密码" in refused.json()["refused"]
    said = log_in("correct horse battery").json()
    assert (said["member"], said["name"]) == (reporter.pk, str(reporter))
    message = {
        "member": reporter.pk,
        "article": draft.pk,
        "window": str(uuid4()),
        "serial": 1,
        "fields": [["headline", "接着写"]],
    }
    sent = client.post(
        f"{AT}keep/",
        json.dumps(message),
        content_type="application/json",
        headers=origin | {"X-CSRFToken": said["csrf"]},
    )
    assert sent.json() == {"kept": 1, "others": []}
    without = client.post(f"{AT}keep/", json.dumps(message), content_type="application/json")
    assert without.status_code == 403


@pytest.mark.parametrize(
    "message",
    [
        "",
        "[]",
        "{}",
        '{"member": 1, "window": "x"}',
        "\xff",
        "[" * 100_000,
        '{"member": -1}',
        '{"member": 1, "window": "00000000000000000000000000000000", "fields": [1]}',
        '{"member": 1, "window": "00000000000000000000000000000000", "fields": [["a", 1]]}',
        '{"member": 1, "window": "00000000000000000000000000000000", "serial": 1e99}',
    ],
)
def test_nonsense_is_refused_and_stores_nothing(reporter, message):
    sent = signed_in(reporter).post(f"{AT}keep/", message, content_type="application/json")
    assert sent.status_code == 400
    assert not WorkingCopy.objects.exists()


def test_more_than_twenty_million_bytes_are_refused_with_a_reason(reporter, draft):
    window = Window(reporter, draft)
    answer = window.type(body="字" * 4_000_000)
    assert answer.status_code == 413
    assert answer.json() == {"refused": "文字太长，服务器无法暂存。"}
    assert window.type(body="字" * 3_000_000).status_code == 200


def test_only_posts_change_anything(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="还在")
    for door in ("keep", "offers", "discard", "login"):
        assert window.client.get(f"{AT}{door}/").status_code == 405
    assert WorkingCopy.objects.count() == 1


def test_saving_deletes_the_copy_of_its_window_and_of_no_other(reporter, draft):
    one, other = Window(reporter, draft), Window(reporter, draft)
    one.type(headline="存这个")
    other.type(headline="另一窗口")
    form = fields(one.client.get(article_url(draft)), "article_form")
    form |= {"headline": "存这个", "_window": one.window, "_serial": one.serial}
    assert one.client.post(article_url(draft), form).status_code == 302
    assert [copy.fields for copy in WorkingCopy.objects.all()] == [[("headline", "另一窗口")]]
    assert one.say(fields=[("headline", "存这个")]).json() == {"saved": True}
    assert WorkingCopy.objects.count() == 1


def test_what_was_typed_after_the_save_was_sent_stays(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="存这个")
    form = fields(window.client.get(article_url(draft)), "article_form")
    form |= {"headline": "存这个", "_window": window.window, "_serial": 1}
    window.type(headline="存这个，又写了")
    window.client.post(article_url(draft), form)
    assert WorkingCopy.objects.get().fields == [("headline", "存这个，又写了")]
    assert window.type(headline="还在写").json()["kept"] == 3


def test_a_save_that_is_refused_deletes_nothing_and_the_form_goes_on(reporter, draft):
    window = Window(reporter, draft)
    window.type(headline="题" * 1001)
    form = fields(window.client.get(article_url(draft)), "article_form")
    form |= {"headline": "题" * 1001, "_window": window.window, "_serial": 1}
    back = window.client.post(article_url(draft), form)
    assert f'data-window="{window.window}" data-serial="1"' in back.content.decode()
    assert WorkingCopy.objects.count() == 1


def test_a_form_left_open_does_not_lengthen_a_login(reporter, draft):
    window = Window(reporter, draft)
    window.client.get(article_url(draft))
    session = window.client.session
    session["seen_at"] = "2024-07-27T00:00:00+00:00"
    session.save()
    window.say()
    assert window.client.session["seen_at"] == "2024-07-27T00:00:00+00:00"
    window.type(headline="写")
    assert window.client.session["seen_at"] != "2024-07-27T00:00:00+00:00"
