"""A newsroom whose members take any step at random; what must hold after each of them."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from articles import revisions
from articles.models import Article, Issue, Review, Status
from articles.tests.role_tables import LEADS, READING, SIGNERS, STAFF, STAGES, WHO, Expected
from articles.tests.workflow_factories import on_a_page, rewritten, written
from articles.workflow import MoveRefusedError, move
from articles.workflow.queues import waiting_for
from articles.workflow.release import recall, release

CHIEF = STAFF.index("值班总编")
people = st.integers(0, len(STAFF) - 1)
pieces = st.integers(0, 1)
REVISION = ("number", "pk", "digest", "made_by")


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
        self.latest_review, self.at = 0, {article.pk: "draft" for article in self.articles}

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
        except MoveRefusedError:
            assert not (may and is_current and has_note), (name, STAFF[person])
            self.tally["refused"] += 1
        else:
            assert may and is_current and has_note, (name, STAFF[person])
            self.expected[piece].moved(name, person, target)
            self.tally[name] += 1

    @rule(
        piece=pieces,
        name=st.sampled_from(sorted(WHO)),
        person=people,
        note=st.sampled_from(["", " \u3000", "请核实数字"]),
    )
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

    @rule(
        piece=pieces,
        name=st.sampled_from(sorted(WHO)),
        person=people,
        off=st.sampled_from([-1, 1, 7]),
    )
    def presses_on_a_page_of_another_version(self, piece, name, person, off):
        self.step(piece, name, person, note="见批注", is_current=False, off=off)

    @rule(
        piece=pieces, person=people, number=st.integers(0, 3), reason=st.sampled_from(["", "错字"])
    )
    def changes_the_words(self, piece, person, number, reason):
        self.tally["steps"] += 1
        article, is_public = self.stored(piece), self.state(piece) == "published"
        headline = f"第{number}个标题"
        is_changed = headline != article.headline
        may = not is_public or (STAFF[person] in SIGNERS and reason)
        try:
            with transaction.atomic():
                rewritten(article, by=self.staff[person], headline=headline, reason=reason)
        except MoveRefusedError:
            assert is_changed and not may
        else:
            assert may or not is_changed
            if is_changed:
                self.expected[piece].rewritten(person, is_public=is_public)
                self.tally["corrected" if is_public else "changed"] += 1

    @rule(person=people)
    def sees_what_waits(self, person):
        self.tally["steps"] += 1
        waiting = {*waiting_for(self.staff[person]).values_list("pk", flat=True)}
        due = [READING.get(expected.status) for expected in self.expected]
        assert waiting == {
            article.pk
            for piece, article in enumerate(self.articles)
            if due[piece] and self.may(piece, due[piece], person)
        }
        self.tally["looked at a queue"] += 1

    @rule(person=people, is_later=st.booleans())
    def releases_the_issue(self, person, is_later):
        self.tally["steps"] += 1
        at = timezone.now() + timedelta(hours=1) if is_later else None
        try:
            release(Issue.objects.get(pk=self.issue.pk), by=self.staff[person], at=at)
        except MoveRefusedError:
            return
        assert [each.status for each in self.expected] == ["signed", "signed"]
        self.tally["released"] += 1

    @rule(person=people)
    def recalls_the_issue(self, person):
        self.tally["steps"] += 1
        issue = Issue.objects.get(pk=self.issue.pk)
        try:
            recall(issue, by=self.staff[person])
        except MoveRefusedError:
            return
        self.tally["recalled"] += 1

    @rule()
    def the_minute_comes(self):
        self.tally["steps"] += 1
        now = timezone.now()
        Issue.objects.filter(pk=self.issue.pk, released_at__gt=now).update(released_at=now)

    @invariant()
    def every_article_stands_where_the_rules_say(self):
        stored = Article.objects.in_bulk([article.pk for article in self.articles])
        for piece, expected in enumerate(self.expected):
            article = stored[self.articles[piece].pk]
            assert (article.status, article.version) == (expected.status, expected.version)
            if self.kept_at[piece] != article.version:
                assert revisions.read(article).digest == revisions.current(article).digest
                self.kept_at[piece] = article.version

    @invariant()
    def every_review_follows_from_the_one_before(self):
        new = Review.objects.filter(article__in=self.articles, pk__gt=self.latest_review)
        for review in new.order_by("pk"):
            assert review.from_status == self.at[review.article_id]
            assert is_in_the_table(review)
            self.at[review.article_id], self.latest_review = review.to_status, review.pk

    @invariant()
    def readers_see_nothing_that_was_not_signed(self):
        for article in Article.objects.published():
            written = Q(number=1) | Q(number=article.version)
            kept = article.revisions.filter(written).values_list(*REVISION)
            by_number = {number: row for number, *row in kept}
            revision, digest, last_writer = by_number[article.version]
            assert digest == revisions.read(article).digest
            latest = article.reviews.order_by("-pk").values_list("move", "revision", "made_by")
            (move_made, read, member), *_ = three = list(latest[:3])
            assert read == revision
            if move_made == "correct":
                assert member in {
                    who.pk for who, role in zip(self.staff, STAFF, strict=True) if role in SIGNERS
                }
                continue
            self.tally["seen by readers"] += 1
            if settings.REVIEW_RULES == "amend":
                self.was_read_by_two_as_it_stands(article, revision)
                continue
            assert [name for name, *_ in three] == ["sign", "pass_second", "pass_first"]
            assert {read for _, read, _ in three} == {revision}
            readers = {member for _, _, member in three}
            assert len(readers) == 3
            assert not readers & {last_writer, by_number[1][-1]}

    def was_read_by_two_as_it_stands(self, article, revision):
        moves = article.reviews.order_by("-pk").values_list("move", "revision", "made_by")
        assert moves[0][:2] == ("sign", revision)
        last = {name: who for name, _, who in reversed(moves) if name in READING.values()}
        assert len({*last.values()}) == len(last) == 3
        first, *later = article.revisions.order_by("number").values_list("made_by", "status")
        typed = [who for who, status in later if status not in (*STAGES, "signed")]
        authors = {first[0], *typed[-1:]}
        assert not authors & {*last.values()}
        corrected = {who for who, status in later[-1:] if status in (*STAGES, "signed")}
        readers = {who for name, read, who in moves if read == revision and name in last}
        assert len(readers | corrected - authors) >= 2


def is_in_the_table(review) -> bool:
    """Tell whether a move may lead from where it came to where it went."""
    if review.move == "void":
        return review.from_status in ("second_review", "final_review", "signed") and (
            review.to_status == "first_review"
            or (settings.REVIEW_RULES, review.to_status) == ("amend", "second_review")
        )
    if review.move == "correct":
        return review.from_status == review.to_status == Status.SIGNED
    leads = LEADS[review.move] | ({"signed": "withdrawn"} if review.move == "withdraw" else {})
    return leads.get(review.from_status) == review.to_status
