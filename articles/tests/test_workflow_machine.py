"""The procedure driven at random by every role: no illegal step, no unsigned character public."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles import revisions
from articles.models import Article, Issue, Status
from articles.release import recall, release
from articles.workflow import MoveRefused, move

from .desk import on_a_page, rewritten, written
from .make import make_member
from .test_moves_matrix import LEADS, WHO

STEPS = 5_000
AT_ONCE = 50
READING = {"first_review": "pass_first", "second_review": "pass_second", "final_review": "sign"}
SIGNERS = WHO["sign"]
STAFF = ["记者", "责任编辑", "责任编辑", "部门主任", "部门主任", "值班编委", "值班总编", "校对",
         "管理员", "超级用户"]  # fmt: skip
CHIEF = STAFF.index("值班总编")
people = st.integers(0, len(STAFF) - 1)
pieces = st.integers(0, 1)


class Expected:
    """What the procedure must make of one article, by the letter of the house's rules."""

    def __init__(self, writer: int):
        self.status = "draft"
        self.version = 1
        self.first = self.last = writer
        self.read_by: list[int] = []

    def bars_reader(self, person: int) -> bool:
        return person in (self.first, self.last, *self.read_by)

    def moved(self, name: str, person: int, target: str):
        self.read_by = [*self.read_by, person] if name in READING.values() else []
        self.status = target

    def rewritten(self, person: int, *, is_public: bool):
        self.version, self.last = self.version + 1, person
        if is_public:
            self.read_by = []
        elif self.status in ("second_review", "final_review", "signed"):
            self.status, self.read_by = "first_review", []


class Newsroom(RuleBasedStateMachine):
    """Two articles on one page, and everybody who works on them."""

    staff: list = []
    tally: Counter = Counter()

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        place = on_a_page()
        self.issue = place["page"].issue
        self.articles = [
            written(by=self.staff[0], page=place["page"], position=number) for number in (1, 2)
        ]
        self.expected = [Expected(0), Expected(0)]
        self.kept_at = [0, 0]
        self.looked_at = {article.pk: (0, "draft") for article in self.articles}

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def stored(self, piece: int) -> Article:
        article = Article.objects.select_related("page__issue")
        return article.get(pk=self.articles[piece].pk)

    def state(self, piece: int) -> str:
        """The status of an article, or "published" where readers see it."""
        issue = Issue.objects.get(pk=self.issue.pk)
        is_public = self.expected[piece].status == "signed" and issue.is_published()
        return "published" if is_public else self.expected[piece].status

    def may(self, piece: int, name: str, person: int) -> bool:
        """Tell by the literal tables whether a step is open."""
        expected, role = self.expected[piece], STAFF[person]
        if role not in WHO[name]:
            return False
        state = self.state(piece)
        if state not in LEADS[name]:
            return False
        if name in READING.values():
            return not expected.bars_reader(person)
        is_scheduled = state == "signed" and Issue.objects.get(pk=self.issue.pk).released_at
        return not is_scheduled or role in SIGNERS

    def step(self, piece: int, name: str, person: int, **seen):
        self.tally["steps"] += 1
        may, target = self.may(piece, name, person), LEADS[name].get(self.state(piece))
        is_current = seen.pop("is_current", True)
        has_note = name not in ("return", "spike", "withdraw") or seen.get("note", "").strip()
        article = self.stored(piece)
        if not is_current:
            article.version += seen.pop("off")
        try:
            move(article, name, by=self.staff[person], note=seen.get("note", ""))
        except MoveRefused:
            assert not (may and is_current and has_note), (name, STAFF[person])
            self.tally["refused"] += 1
        else:
            assert may and is_current and has_note, (name, STAFF[person])
            self.expected[piece].moved(name, person, target)
            self.tally[name] += 1

    @rule(piece=pieces, name=st.sampled_from(sorted(WHO)), person=people,
          note=st.sampled_from(["", " \u3000", "请核实数字"]))  # fmt: skip
    def takes_any_step(self, piece, name, person, note):
        self.step(piece, name, person, note=note)

    @rule(piece=pieces, person=people)
    def takes_the_step_that_is_due(self, piece, person):
        name = READING.get(self.expected[piece].status, "submit")
        self.step(piece, name, person)

    @initialize(begins=st.sampled_from(["draft", "signed", "scheduled", "published"]))
    def the_evening_begins(self, begins):
        if begins != "draft":
            self.an_article_is_read_to_the_end(0)
            self.an_article_is_read_to_the_end(1)
        if begins in ("scheduled", "published"):
            self.releases_the_issue(CHIEF, is_later=begins == "scheduled")

    @rule(piece=pieces)
    def an_article_is_read_to_the_end(self, piece):
        while (at := self.expected[piece].status) not in ("signed", "spiked"):
            name = READING.get(at, "submit")
            able = (each for each in range(len(STAFF)) if self.may(piece, name, each))
            person = next(able, None)
            if person is None:
                return
            self.step(piece, name, person)

    @rule(person=people)
    def the_paper_is_read_and_released(self, person):
        for piece in (0, 1):
            self.an_article_is_read_to_the_end(piece)
        self.releases_the_issue(person, is_later=True)
        self.recalls_the_issue(CHIEF)
        self.releases_the_issue(CHIEF, is_later=False)

    @rule(piece=pieces, name=st.sampled_from(["withdraw", "hold", "return", "spike"]))
    def the_chief_steps_in(self, piece, name):
        self.step(piece, name, CHIEF, note="事实有误")

    @rule(piece=pieces, number=st.integers(0, 3))
    def the_chief_corrects_the_words(self, piece, number):
        self.changes_the_words(piece, CHIEF, number, "错字")

    @rule(piece=pieces, name=st.sampled_from(sorted(WHO)), person=people,
          off=st.sampled_from([-1, 1, 7]))  # fmt: skip
    def presses_on_a_page_of_another_version(self, piece, name, person, off):
        self.step(piece, name, person, note="见批注", is_current=False, off=off)

    @rule(piece=pieces, person=people, number=st.integers(0, 3),
          reason=st.sampled_from(["", "错字"]))  # fmt: skip
    def changes_the_words(self, piece, person, number, reason):
        self.tally["steps"] += 1
        article, is_public = self.stored(piece), self.state(piece) == "published"
        headline = f"第{number}个标题"
        is_changed = headline != article.headline
        may = not is_public or (STAFF[person] in SIGNERS and reason)
        try:
            with transaction.atomic():
                rewritten(article, by=self.staff[person], headline=headline, reason=reason)
        except MoveRefused:
            assert is_changed and not may
        else:
            assert may or not is_changed
            if is_changed:
                self.expected[piece].rewritten(person, is_public=is_public)
                self.tally["corrected" if is_public else "changed"] += 1

    @rule(person=people, is_later=st.booleans())
    def releases_the_issue(self, person, is_later):
        self.tally["steps"] += 1
        at = timezone.now() + timedelta(hours=1) if is_later else None
        try:
            release(Issue.objects.get(pk=self.issue.pk), by=self.staff[person], at=at)
        except MoveRefused:
            return
        assert [each.status for each in self.expected] == ["signed", "signed"]
        self.tally["released"] += 1

    @rule(person=people)
    def recalls_the_issue(self, person):
        self.tally["steps"] += 1
        issue = Issue.objects.get(pk=self.issue.pk)
        try:
            recall(issue, by=self.staff[person])
        except MoveRefused:
            return
        self.tally["recalled"] += 1

    @rule()
    def the_minute_comes(self):
        self.tally["steps"] += 1
        now = timezone.now()
        Issue.objects.filter(pk=self.issue.pk, released_at__gt=now).update(released_at=now)

    @invariant()
    def every_article_stands_where_the_rules_say(self):
        for piece, expected in enumerate(self.expected):
            article = self.stored(piece)
            assert (article.status, article.version) == (expected.status, expected.version)
            if self.kept_at[piece] != article.version:
                assert revisions.read(article).digest == revisions.current(article).digest
                self.kept_at[piece] = article.version

    @invariant()
    def every_review_follows_from_the_one_before(self):
        for article in self.articles:
            latest, at = self.looked_at[article.pk]
            for review in article.reviews.filter(pk__gt=latest):
                assert review.from_status == at
                assert is_in_the_table(review)
                latest, at = review.pk, review.to_status
            self.looked_at[article.pk] = (latest, at)

    @invariant()
    def readers_see_nothing_that_was_not_signed(self):
        for article in Article.objects.published():
            revision = article.revisions.get(digest=revisions.read(article).digest,
                                             number=article.version)  # fmt: skip
            last = article.reviews.last()
            assert last.revision == revision
            if last.move == "correct":
                assert last.made_by in {
                    who for who, role in zip(self.staff, STAFF, strict=True) if role in SIGNERS
                }
                continue
            three = list(article.reviews.order_by("-pk")[:3])
            assert [review.move for review in three] == ["sign", "pass_second", "pass_first"]
            assert {review.revision for review in three} == {revision}
            readers = {review.made_by for review in three}
            assert len(readers) == 3
            assert not readers & {revision.made_by, article.revisions.get(number=1).made_by}
            self.tally["seen by readers"] += 1


def is_in_the_table(review) -> bool:
    """Tell whether a move may lead from where it came to where it went."""
    if review.move == "void":
        return review.from_status in ("second_review", "final_review", "signed") and (
            review.to_status == "first_review"
        )
    if review.move == "correct":
        return review.from_status == review.to_status == Status.SIGNED
    leads = LEADS[review.move] | ({"signed": "withdrawn"} if review.move == "withdraw" else {})
    return leads.get(review.from_status) == review.to_status


@pytest.mark.slow
@pytest.mark.django_db
def test_five_thousand_random_steps_print_nothing_unsigned(roles):
    groups = {role: roles(role).groups.get() for role in {*STAFF} - {"超级用户"}}
    Newsroom.staff = [
        make_member(username=f"{role}{number}", is_superuser=role == "超级用户")
        for number, role in enumerate(STAFF)
    ]
    for member, role in zip(Newsroom.staff, STAFF, strict=True):
        member.groups.set([groups[role]] if role in groups else [])
    Newsroom.tally.clear()
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=STEPS // AT_ONCE + 5,
            stateful_step_count=AT_ONCE,
            deadline=None,
            database=None,
            derandomize=True,  # The same steps every time: what fails can be looked at.
            suppress_health_check=list(HealthCheck),
        ),
    )
    tally = Newsroom.tally
    assert tally["steps"] >= STEPS
    happened = {*WHO, "changed", "corrected", "released", "recalled", "seen by readers"}
    assert {what for what in happened if not tally[what]} == set()
