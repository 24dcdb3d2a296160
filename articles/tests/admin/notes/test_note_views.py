"""The notes of an article at the desk: in its form, on a page of their own, by a script."""

import pytest

from articles.editing import notes
from articles.models import Note, Status
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [member_who_may(username=name) for name in ("作者", "一读")]


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/notes/"


def test_a_note_is_added_answered_done_and_opened_again(people):
    writer, reader = people
    article = written(by=writer, headline="开渔")
    fields = {"do": "add", "note_text": "标题再想想", "note_passage": "开渔"}
    response = signed_in(reader).post(address(article), fields)
    assert response.url == address(article)
    note = Note.objects.get()
    assert (note.text, note.passage, note.made_by) == ("标题再想想", "开渔", reader)
    desk = signed_in(writer)
    desk.post(address(article), {"do": f"answer:{note.pk}", f"answer-{note.pk}": "改好了"})
    desk.post(address(article), {"do": f"done:{note.pk}"})
    html = desk.get(address(article)).content.decode()
    for words in ("标题再想想", "改好了", "已办结：作者", "重新打开"):
        assert words in html
    desk.post(address(article), {"do": f"open:{note.pk}"})
    assert list(Note.objects.open()) == [note]


def test_a_script_gets_the_panel_alone(people):
    article = written(by=people[0])
    fields = {"do": "add", "note_text": "核对"}
    headers = {"X-Requested-With": "fetch"}
    response = signed_in(people[1]).post(address(article), fields, headers=headers)
    html = response.content.decode()
    assert (response.status_code, "<html" in html, "核对" in html) == (200, False, True)


def test_the_form_shows_open_notes_and_how_many(people):
    article = written(by=people[0])
    notes.add_note(article, "导语太长", by=people[1])
    html = (
        signed_in(people[0]).get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    )
    assert "批注 1" in html
    assert "导语太长" in html


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"do": "add", "note_text": " "}, "请先写批注"),
        ({"do": "add", "note_text": "长" * 2001}, "2000"),
        ({"do": "add", "note_text": "好", "note_passage": "长" * 301}, "300"),
        ({"do": "answer:{note}", "answer-{note}": ""}, "请先写答复"),
    ],
)
def test_what_cannot_be_stored_is_told_and_comes_back(people, fields, told):
    article = written(by=people[0])
    note = notes.add_note(article, "导语太长", by=people[1])
    fields = {key.format(note=note.pk): value.format(note=note.pk) for key, value in fields.items()}
    html = signed_in(people[0]).post(address(article), fields).content.decode()
    assert told in html
    assert fields.get("note_text", "") in html
    assert Note.objects.count() == 1


@pytest.mark.parametrize("do", ["", "burn:1", "done", "done:x", "done:999999", "answer:\0"])
def test_an_unknown_step_changes_nothing(people, do):
    article = written(by=people[0])
    note = notes.add_note(article, "导语太长", by=people[1])
    assert signed_in(people[0]).post(address(article), {"do": do}).status_code in (400, 404)
    other = notes.add_note(written(by=people[0]), "别的稿件", by=people[1])
    url = address(article)
    assert signed_in(people[0]).post(url, {"do": f"done:{other.pk}"}).status_code == 404
    assert list(Note.objects.open()) == [note, other]


def test_strangers_and_members_without_articles_see_no_notes(client):
    article = make_article()
    assert client.get(address(article)).status_code == 302
    member = make_member(username="guanli", is_staff=True)
    assert signed_in(member).get(address(article)).status_code == 403
    assert signed_in(member).post(address(article), {"do": "add"}).status_code == 403


def test_readers_never_see_a_note(people, client):
    page = make_page(issue=make_issue())
    article = make_article(page=page, position=1, status=Status.SIGNED)
    notes.add_note(article, "只给编辑部看的话", by=people[0], passage=article.headline)
    for url in (article.get_absolute_url(), page.get_absolute_url(), "/"):
        assert "只给编辑部看的话" not in client.get(url).content.decode()


def test_words_of_a_note_are_shown_as_text(people):
    article = written(by=people[0])
    notes.add_note(article, "<script>alert(1)</script>", by=people[1], passage="<b>粗</b>")
    html = signed_in(people[0]).get(address(article)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;粗&lt;/b&gt;" in html
