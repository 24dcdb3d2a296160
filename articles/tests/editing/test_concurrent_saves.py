"""Two editors save one article again and again: nothing acknowledged is lost or overwritten."""

import random
from collections import defaultdict

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import revisions
from articles.content import article_html
from articles.content.copy import changed_fields
from articles.models import Article, Member, Status
from articles.tests import factories
from articles.tests.form_helpers import article_url, fields, signed_in

LINES = ("kicker", "headline", "deck", "dateline")
PLACES = (*LINES, 0, 1, 2, 3)  # a number is a paragraph of the body
CHOICES = ("mine", "theirs")


class Editor:
    """A member of the desk with one open window of one article."""

    def __init__(self, member: Member, article: Article):
        self.client, self.address = signed_in(member), article_url(article)
        self.form = {}

    def open(self) -> None:
        self.form = fields(self.client.get(self.address), "article_form") | {"_continue": "1"}

    def type(self, place, text: str) -> None:
        if place in LINES:
            self.form[place] = text
            return
        paragraphs = article_html.paragraphs(self.form["body"])
        paragraphs[place] = text
        self.form["body"] = article_html.html_from_paragraphs(paragraphs)

    def save(self, choose=lambda name: "mine") -> dict[str, str]:
        """Save until it is acknowledged; return what was decided on the way, by field."""
        answer, decided = self.client.post(self.address, self.form), {}
        while answer.status_code == 409:
            form = fields(answer, "conflict_form")
            names = [name[4:] for name in form if name.startswith("own-")]
            decided |= {name: choose(name) for name in names}
            form |= {f"choice-{name}": decided[name] for name in names}
            answer = self.client.post(self.address, form)
        assert answer.status_code == 302
        return decided


def make_open_article() -> Article:
    return factories.make_article(
        status=Status.DRAFT, headline="原题", paragraphs=["第一段", "第二段", "第三段", "第四段"]
    )


def value(copy, place) -> str:
    return getattr(copy, place) if place in LINES else article_html.paragraphs(copy.body)[place]


def field(place) -> str:
    return place if place in LINES else "body"


words = st.text(st.sampled_from("云溪区百姓日报ab1，。“”《》&<"), min_size=1, max_size=6)
steps = st.lists(
    st.tuples(st.integers(0, 1), st.dictionaries(st.sampled_from(PLACES), words, max_size=3)),
    max_size=6,
)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.django_db
@given(steps=steps, choices=st.lists(st.sampled_from(CHOICES), min_size=1))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_edit_that_was_acknowledged_is_lost_whatever_two_editors_do(db, steps, choices):
    article = make_open_article()
    members = [Member.objects.filter(username=f"m{n}").first() for n in (0, 1)]
    members = [each or factories.make_chief(username=f"m{n}") for n, each in enumerate(members)]
    editors = [Editor(member, article) for member in members]
    opened, turn = {}, 0
    for who, typed in steps:
        editor = editors[who]
        if who not in opened:  # The window stays open over the other's saves, then saves once.
            editor.open()
            opened[who] = revisions.read(article)
        for place, text in typed.items():
            editor.type(place, text if place in LINES else f"{text}{turn}段{place}")
        if not typed:
            continue
        turn += 1
        before, theirs = opened.pop(who), revisions.read(Article.objects.get(pk=article.pk))
        decided = editor.save(lambda name, turn=turn: choices[(turn + len(name)) % len(choices)])
        article.refresh_from_db()
        _check(editor, before, theirs, revisions.read(article), decided)
        assert article.revisions.first().copy == revisions.read(article)
    assert [row.digest for row in article.revisions.all()] == [
        row.copy.digest for row in article.revisions.all()
    ]


def _check(editor, before, theirs, now, decided):
    """Every place that one side changed holds its words; the rest is as it was decided."""
    for place in PLACES:
        mine = value_typed(editor, place)
        was, their, is_ = (value(copy, place) for copy in (before, theirs, now))
        if mine == was:
            assert is_ == their
        elif their in (was, mine):
            assert is_ == mine
        else:
            assert is_ == {"mine": mine, "theirs": their}[decided[field(place)]]


def value_typed(editor, place) -> str:
    if place in LINES:
        return editor.form[place]
    return article_html.paragraphs(editor.form["body"])[place]


class Journal:
    """What two editors typed and the desk acknowledged: the text, and where it was typed."""

    def __init__(self):
        self.typed = defaultdict(dict)

    def save(self, editor: Editor, name: str, turn: int, chance: random.Random) -> None:
        place, text = chance.choice(PLACES), f"{name}第{turn}次"
        editor.type(place, text)
        editor.save()
        self.typed[name][text] = place

    def check(self, article: Article) -> None:
        """Every acknowledged text is in a revision, and that one changed nothing else."""
        kept = [row.copy for row in article.revisions.order_by("number")]
        found = set()
        for before, after in zip(kept, kept[1:], strict=False):
            places = [place for place in PLACES if value(before, place) != value(after, place)]
            assert [field(place) for place in places] == list(changed_fields(before, after))
            (place,) = places
            text = value(after, place)
            assert self.typed[text[0]][text] == place
            found.add(text)
        assert found == {text for typed in self.typed.values() for text in typed}
        assert kept[-1] == revisions.read(Article.objects.get(pk=article.pk))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.django_db
def test_of_200_interleaved_saves_of_two_editors_none_is_lost_and_no_field_overwritten():
    article, journal, chance = make_open_article(), Journal(), random.Random(3)
    editors = {name: Editor(factories.make_chief(username=name), article) for name in "甲乙"}
    for turn in range(100):
        for editor in editors.values():
            editor.open()
        for name, editor in editors.items():
            journal.save(editor, name, turn, chance)
    journal.check(article)
    assert article.revisions.count() == 201


@pytest.mark.slow
@pytest.mark.long
def test_of_200_saves_at_the_same_time_none_is_lost_and_no_field_overwritten(together):
    article, journal = make_open_article(), Journal()
    editors = {name: Editor(factories.make_chief(username=name), article) for name in "甲乙"}

    def write(name):
        chance = random.Random(name)
        for turn in range(100):
            editors[name].open()
            journal.save(editors[name], name, turn, chance)

    together([lambda name=name: write(name) for name in "甲乙"])
    connection.close()
    journal.check(article)
    assert article.revisions.count() == 201
