"""Notes on an article: added, answered, done, and kept while its words change."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editing import notes
from articles.models import Issue, Note, Status
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.workflow_factories import rewritten, written
from articles.workflow.preflight import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [make_member(username=name) for name in ("作者", "一读")]


def test_threads_hold_answers_in_order_and_the_open_ones_come_first(people):
    writer, reader = people
    article = written(by=writer)
    first = notes.add_note(article, "导语太长", by=reader)
    second = notes.add_note(article, "数字请核对", by=reader)
    answer = notes.answer_note(first, "已压缩", by=writer)
    again = notes.answer_note(answer, "好", by=reader)
    notes.set_done(first, by=writer)
    threads = notes.threads_of(article)
    assert [(thread.note, thread.answers) for thread in threads] == [
        (second, []),
        (first, [answer, again]),
    ]
    assert list(Note.objects.open()) == [second]


def test_who_marked_a_note_as_done_first_stays_and_it_can_be_opened_again(people):
    writer, reader = people
    note = notes.add_note(written(by=writer), "核对", by=reader)
    notes.set_done(note, by=writer)
    notes.set_done(note, by=reader)
    note.refresh_from_db()
    assert note.done_by == writer
    notes.set_done(note, by=reader, is_done=False)
    note.refresh_from_db()
    assert (note.done_by, note.done_at) == (None, None)


def test_a_passage_stands_as_long_as_its_words_do(people):
    writer, reader = people
    article = written(by=writer, headline="旧标题", body="<p>云溪区昨天开渔。</p><p>次日放晴。</p>")
    notes.add_note(article, "核对日期", by=reader, passage="昨天开渔。 次日放晴")
    notes.add_note(article, "标题再想", by=reader, passage="旧标题")
    assert [thread.stands for thread in notes.threads_of(article)] == [True, True]
    article = rewritten(article, by=writer, headline="新标题")
    threads = notes.threads_of(article)
    assert [thread.stands for thread in threads] == [True, False]
    assert [thread.note.passage for thread in threads] == ["昨天开渔。 次日放晴", "旧标题"]


@pytest.mark.parametrize("count", [1, 20])
def test_threads_cost_two_queries(people, count, django_assert_num_queries):
    article = written(by=people[0])
    for number in range(count):
        note = notes.add_note(article, f"核对{number}", by=people[1], passage="标题")
        notes.answer_note(note, "好", by=people[0])
    with django_assert_num_queries(2):
        assert len(notes.threads_of(article)) == count


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1))
def test_the_words_of_a_note_are_kept_to_the_character(people, text):
    note = notes.add_note(make_article(), text, by=people[0])
    assert Note.objects.get(pk=note.pk).text == text


def test_preflight_tells_of_open_notes_and_not_of_done_ones(people):
    page = make_page(issue=make_issue(released_at=None))
    article = make_article(page=page, position=1, status=Status.SIGNED)
    open_note, done = (notes.add_note(article, text, by=people[0]) for text in ("核对", "好"))
    notes.answer_note(open_note, "在核", by=people[1])
    notes.set_done(done, by=people[0])

    def told():
        found = Inspection.of(Issue.objects.get()).findings
        return [(each.brief, each.is_barring) for each in found if each.code == "open_notes"]

    assert told() == [("有 1 条批注未办结", False)]
    notes.set_done(open_note, by=people[0])
    assert told() == []


def test_a_note_and_an_answer_that_are_posted_twice_are_stored_once(people):
    writer, reader = people
    article = written(by=writer)
    first, again = (notes.add_note(article, "核对", by=reader) for _ in range(2))
    answers = {notes.answer_note(first, "核对", by=reader) for _ in range(2)}
    assert first == again
    assert Note.objects.count() == 1 + len(answers) == 2


def test_what_differs_or_comes_later_is_another_note(people):
    writer, reader = people
    article, other = written(by=writer), written(by=writer)
    notes.add_note(article, "核对", by=reader)
    Note.objects.update(made_at=timezone.now() - notes.TWICE_WITHIN)
    notes.add_note(article, "核对", by=reader)
    notes.add_note(article, "核对", by=writer)
    notes.add_note(article, "核对", by=reader, passage="导语")
    notes.add_note(article, "核对。", by=reader)
    notes.add_note(other, "核对", by=reader)
    assert Note.objects.count() == 6


@pytest.mark.slow
def test_ten_at_once_are_one_note(people, together):
    article = written(by=people[0])
    found = together([lambda: notes.add_note(article, "核对", by=people[1])] * 10)
    assert {note.pk for note in found} == {Note.objects.get().pk}
