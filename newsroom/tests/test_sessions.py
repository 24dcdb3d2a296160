from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles.models import LoginSession, Member
from articles.tests import factories
from newsroom.middleware import SessionLifetimeMiddleware
from newsroom.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    factories.make_member(username="editor", is_staff=True, is_superuser=True)
    client.login(username="editor", password="correct horse battery")
    client.get("/admin/")
    return client


def rewind(client, **marks: timedelta) -> None:
    """Let the marks of a session lie further back."""
    session = client.session
    for name, by in marks.items():
        session[name] = (timezone.now() - by).isoformat()
    session.save()


def lasts(client) -> timedelta:
    """Return how long the session stored for a client still lasts."""
    stored = LoginSession.objects.get(session_key=client.session.session_key)
    return stored.expire_date - timezone.now()


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_busy_database_does_not_count_as_a_session_that_ended(editor, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    store = SessionStore(editor.session.session_key)
    store["typed"] = "x"
    with monkeypatch.context() as patched:
        patched.setattr(LoginSession, "save", busy)
        with pytest.raises(OperationalError):
            store.save()
    LoginSession.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()


def test_a_message_does_not_write_the_session_and_is_gone_after_the_logout(editor):
    article = factories.make_article(status="draft")
    before = LoginSession.objects.get().session_data
    assert editor.post(f"/admin/articles/article/{article.pk}/take_out/").status_code == 302
    assert LoginSession.objects.get().session_data == before
    assert editor.cookies["messages"]["httponly"]
    editor.post("/admin/logout/")
    assert not editor.cookies["messages"].value


def test_a_session_lasts_eight_idle_hours(editor):
    assert timedelta(hours=7, minutes=59) < lasts(editor) <= timedelta(hours=8)


def test_work_at_the_desk_prolongs_a_session(editor):
    LoginSession.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    assert is_in(editor)
    assert lasts(editor) < timedelta(hours=2), "it was noticed a moment ago"
    rewind(editor, seen_at=timedelta(minutes=11))
    LoginSession.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    assert is_in(editor)
    assert lasts(editor) > timedelta(hours=7)


def test_the_answer_to_a_login_records_when_it_began(client):
    factories.make_member(username="editor", is_staff=True)
    client.post("/admin/login/", {"username": "editor", "password": "correct horse battery"})
    stored = LoginSession.objects.get().get_decoded()
    assert {"began_at", "seen_at"} <= stored.keys()


def test_prolonging_a_session_keeps_what_another_request_stored_meanwhile(editor, monkeypatch):
    rewind(editor, seen_at=timedelta(minutes=11))
    key = editor.session.session_key

    def store_meanwhile(self, request):
        other = SessionStore(key)
        other["note"] = "saved"
        other.save()
        return original(self, request)

    original = SessionLifetimeMiddleware.record_use
    monkeypatch.setattr(SessionLifetimeMiddleware, "record_use", store_meanwhile)
    assert is_in(editor)
    stored = LoginSession.objects.get().get_decoded()
    assert stored["note"] == "saved"
    assert lasts(editor) > timedelta(hours=7)
    assert stored["seen_at"] > (timezone.now() - timedelta(minutes=1)).isoformat()


def test_an_idle_session_is_over(editor):
    LoginSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(editor)


def test_what_is_over_is_deleted_also_what_the_table_of_before_still_has(editor):
    now = timezone.now()
    for model in (LoginSession, Session):
        model.objects.create(session_key="over", session_data="x", expire_date=now)
    Session.objects.create(session_key="live", expire_date=now + timedelta(hours=1))
    call_command("clearsessions")
    assert [*Session.objects.values_list("pk", flat=True)] == ["live"]
    assert LoginSession.objects.get().pk == editor.session.session_key


def test_a_session_ends_after_a_day_however_busy(editor):
    rewind(editor, began_at=timedelta(hours=23, minutes=59))
    assert is_in(editor)
    key = editor.session.session_key
    rewind(editor, began_at=timedelta(hours=24, minutes=1))
    assert not is_in(editor)
    assert not LoginSession.objects.filter(session_key=key).exists()


def test_a_visit_costs_no_write(editor, django_assert_num_queries):
    # The session, the member, and nothing to store.
    with django_assert_num_queries(2):
        editor.get("/admin/password_change/")


def test_readers_have_no_session(editor):
    LoginSession.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    rewind(editor, seen_at=timedelta(hours=2))
    assert editor.get("/about/").cookies == {}


def test_a_reader_at_the_desk_has_no_session(client):
    assert client.get("/admin/").status_code == 302
    assert LoginSession.objects.count() == 0


@pytest.mark.parametrize(
    "facts", [{"password": "another"}, {"is_staff": False}, {"is_active": False}]
)
def test_a_login_that_fails_does_not_tell_why(client, facts):
    typed = "correct horse battery"
    factories.make_member(**{"username": "editor", "is_staff": True, "password": typed} | facts)
    answer = client.post("/admin/login/", {"username": "editor", "password": typed})
    assert answer.context["form"].non_field_errors() == [
        "账号或密码不对，或该账号不能进入编辑部。请注意大小写。"
    ]


def test_a_disabled_account_is_out_at_once(editor):
    Member.objects.update(is_active=False)
    assert not is_in(editor)


@pytest.mark.parametrize("way", ["save", "update", "save_fields"])
@pytest.mark.parametrize("is_seen", [True, False])
def test_a_session_of_a_disabled_account_is_gone_for_good(editor, way, is_seen):
    for is_active in (False, True):
        member = Member.objects.get()
        member.is_active = is_active
        if way == "update":
            Member.objects.update(is_active=is_active)
        else:
            member.save(**({} if way == "save" else {"update_fields": ["is_active"]}))
        if is_seen and not is_active:
            assert not is_in(editor)
    assert not is_in(editor)
    editor.login(username="editor", password="correct horse battery")
    assert is_in(editor)


def test_a_session_that_meets_its_account_disabled_is_deleted(editor):
    Member.objects.all()._update([(Member._meta.get_field("is_active"), None, False)])
    assert not is_in(editor)
    assert not LoginSession.objects.exists()


def test_sessions_live_through_what_changes_no_right(editor):
    member = Member.objects.get()
    member.name = "新名"
    member.save()
    assert is_in(editor)


def test_another_password_ends_the_other_sessions(editor):
    elsewhere = Client()
    elsewhere.login(username="editor", password="correct horse battery")
    assert is_in(elsewhere)
    new = {"new_password1": "battery horse staple", "new_password2": "battery horse staple"}
    editor.post("/admin/password_change/", {"old_password": "correct horse battery"} | new)
    assert (is_in(editor), is_in(elsewhere)) == (True, False)


def test_a_session_that_logged_out_is_of_no_use(editor):
    kept = editor.cookies["session"].value
    editor.post("/admin/logout/")
    editor.cookies["session"] = kept
    assert not is_in(editor)


def test_the_login_gives_a_session_of_its_own(client):
    factories.make_member(username="editor", is_staff=True)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    client.post("/admin/login/", {"username": "editor", "password": "correct horse battery"})
    assert is_in(client)
    assert client.cookies["session"].value != planted
    client.cookies["session"] = planted
    assert not is_in(client)
