"""The procedure: what it asks of whom, what it refuses, and what a change of words does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.content.copy import Copy
from articles.editing import saving
from articles.models import Article, Correction, Review, Status
from articles.models.revision import AppendOnlyError
from articles.tests.factories import PAST, make_article
from articles.tests.query_cost import LEDGER
from articles.tests.workflow_factories import (
    member_who_may,
    on_a_page,
    put_at,
    rewritten,
    through,
    written,
)
from articles.workflow import MOVES, MoveRefusedError, available_moves, move, transitions
from articles.workflow.permissions import REVIEW_MOVES, last_seen, valid_reviews

pytestmark = pytest.mark.django_db
READ = ["pass_first", "pass_second", "sign"]


def journal(article) -> list[tuple]:
    return list(article.reviews.values_list("move", "made_by__username", "revision__number"))


def status(article) -> str:
    return Article.objects.get(pk=article.pk).status


def test_three_people_read_before_an_article_is_signed(writer, readers):
    article = written(by=writer)
    through(article, ("submit", writer), *zip(READ, readers, strict=True))
    assert (article.status, status(article)) == ("signed", "signed")
    assert journal(article) == [
        ("submit", "jizhe", 1),
        ("pass_first", "zebian", 1),
        ("pass_second", "zhuren", 1),
        ("sign", "zongbian", 1),
    ]


@pytest.mark.parametrize(
    ("count", "path"),
    [
        (1, ["final_review", "signed"]),
        (2, ["first_review", "final_review", "signed"]),
        (3, ["first_review", "second_review", "final_review", "signed"]),
    ],
)
def test_the_house_says_how_many_people_read(settings, writer, readers, count, path):
    settings.REVIEW_STAGES = count
    article, found = written(by=writer), []
    move(article, "submit", by=writer)
    found.append(article.status)
    for reader in readers[:count]:
        name = next(name for name in READ if article.status in MOVES[name].sources)
        move(article, name, by=reader)
        found.append(article.status)
    assert found == path


@pytest.mark.parametrize(
    ("fewer", "at", "expected"),
    [(1, "first_review", "final_review"), (2, "second_review", "final_review")],
)
def test_an_article_under_way_goes_on_when_the_house_has_fewer_stages(
    settings, writer, readers, fewer, at, expected
):
    article = put_at(at, writer=writer, readers=readers)
    settings.REVIEW_STAGES = fewer
    move(article, {"first_review": "pass_first", "second_review": "pass_second"}[at], by=readers[2])
    assert article.status == expected


def test_an_article_is_not_signed_when_the_house_has_got_more_stages(settings, writer, readers):
    settings.REVIEW_STAGES = 1
    article = through(written(by=writer), ("submit", writer))
    settings.REVIEW_STAGES = 3
    with pytest.raises(MoveRefusedError, match="没有审全"):
        move(article, "sign", by=readers[2])
    through(article, ("return", readers[0]), ("submit", writer))
    assert article.status == "first_review"


@pytest.mark.parametrize(
    ("name", "at"), [("return", "first_review"), ("spike", "draft"), ("withdraw", "signed")]
)
def test_return_spike_and_withdraw_need_a_reason(writer, readers, name, at):
    place = on_a_page(released_at=PAST) if name == "withdraw" else {}
    article = put_at(at, writer=writer, readers=readers, **place)
    for empty in ("", " \n\u3000"):
        with pytest.raises(MoveRefusedError, match="写明原因"):
            move(article, name, by=readers[0], note=empty)
    assert (move(article, name, by=readers[0], note="事实有误").note) == "事实有误"
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            article=article,
            revision=article.revisions.get(),
            move=name,
            from_status=at,
            to_status="draft",
            made_by=writer,
        )


def test_a_move_on_words_that_have_changed_is_refused_and_says_so(writer, readers):
    article = through(written(by=writer), ("submit", writer))
    opened = Article.objects.get(pk=article.pk)
    rewritten(article, by=writer, headline="又改了")
    with pytest.raises(MoveRefusedError, match="重新审读"):
        move(opened, "pass_first", by=readers[0])
    assert status(article) == "first_review"
    move(opened, "pass_first", by=readers[0], version=2)
    assert journal(article)[-1] == ("pass_first", "zebian", 2)


def test_a_move_on_a_status_that_has_changed_is_refused_even_if_it_would_be_open(writer, readers):
    article = through(written(by=writer), ("submit", writer))
    opened = Article.objects.get(pk=article.pk)
    move(article, "pass_first", by=readers[0])
    for name in ("hold", "return", "pass_first"):
        with pytest.raises(MoveRefusedError, match="状态刚刚变了"):
            move(opened, name, by=readers[1], note="再想想")
    assert status(article) == "second_review"


def test_words_that_came_in_by_a_side_door_are_not_read_unseen(writer, readers):
    article = through(written(by=writer), ("submit", writer))
    Article.objects.filter(pk=article.pk).update(headline="从旁门改的")
    with pytest.raises(MoveRefusedError, match="重新审读"):
        move(article, "pass_first", by=readers[0])
    move(article, "return", by=readers[0], note="请保存一次")
    assert [row.copy.headline for row in article.revisions.all()][0] == "从旁门改的"
    assert article.version == 2


@pytest.mark.parametrize("stage", ["second_review", "final_review", "signed"])
def test_a_change_of_words_sends_the_article_back_to_the_first_stage(writer, readers, stage):
    article = put_at(stage, writer=writer, readers=readers)
    article = rewritten(article, by=writer, headline="改后的标题")
    assert article.status == "first_review"
    assert journal(article)[-1] == ("void", "jizhe", 2)
    assert valid_reviews(article) == []
    assert last_seen(article, by=readers[0]).revision.number == 1


def test_a_save_that_changes_nothing_voids_nothing(writer, readers):
    article = put_at("final_review", writer=writer, readers=readers)
    same = rewritten(article, by=writer, headline=article.headline)
    assert (same.status, same.version) == ("final_review", 1)


@pytest.mark.parametrize("stage", ["draft", "first_review", "held", "spiked", "withdrawn"])
def test_where_no_reading_counts_words_change_without_a_move(writer, readers, stage):
    article = put_at(stage, writer=writer, readers=readers)
    before = journal(article)
    assert rewritten(article, by=writer, headline="改后的标题").status == stage
    assert journal(article) == before


def test_a_withdrawn_article_comes_back_by_the_same_procedure(writer, readers):
    article = put_at("signed", writer=writer, readers=readers, **on_a_page(released_at=PAST))
    address = article.get_absolute_url()
    assert Article.objects.published().filter(pk=article.pk).exists()
    through(article, ("withdraw", readers[2]))
    assert not Article.objects.published().filter(pk=article.pk).exists()
    with pytest.raises(MoveRefusedError):
        move(article, "sign", by=readers[2])
    steps = [("submit", writer), *zip(READ, readers, strict=True)]
    for name, member in steps:
        assert not Article.objects.published().filter(pk=article.pk).exists()
        move(article, name, by=member)
    assert Article.objects.published().get().get_absolute_url() == address


@pytest.mark.parametrize(
    ("at", "steps"),
    [("held", ["submit"]), ("spiked", ["return", "submit"]), ("held", ["return", "submit"])],
)
def test_a_held_or_spiked_article_comes_back_and_is_read_from_the_start(writer, readers, at, steps):
    article = put_at(at, writer=writer, readers=readers)
    through(article, *[(name, readers[0]) for name in steps])
    assert (article.status, valid_reviews(article)) == ("first_review", [])


def test_a_published_article_can_be_withdrawn_and_nothing_else(writer, readers):
    article = put_at("signed", writer=writer, readers=readers, **on_a_page(released_at=PAST))
    for name in ("return", "hold"):
        with pytest.raises(MoveRefusedError, match="已发布"):
            move(article, name, by=readers[0], note="原因")
    assert [
        name for name, refusal in available_moves(article, by=readers[0]).items() if not refusal
    ] == ["withdraw"]


def test_what_is_not_published_cannot_be_withdrawn(writer, readers):
    article = put_at("signed", writer=writer, readers=readers)
    with pytest.raises(MoveRefusedError, match="尚未发布"):
        move(article, "withdraw", by=readers[0], note="原因")


def test_only_who_may_release_takes_an_article_out_of_a_released_issue(writer, readers):
    later = timezone.now() + timedelta(hours=1)
    article = put_at("signed", writer=writer, readers=readers, **on_a_page(released_at=later))
    with pytest.raises(MoveRefusedError, match="发布人"):
        move(article, "hold", by=readers[0])
    chief = member_who_may("release_issue", "return_article", username="zhiban")
    assert move(article, "hold", by=chief).to_status == "held"


def test_published_words_change_only_by_who_may_sign_and_with_a_reason(writer, readers):
    article = put_at("signed", writer=writer, readers=readers, **on_a_page(released_at=PAST))
    reporter = member_who_may("submit_article", username="shixi")
    assert not transitions.may_change_words(article, by=reporter)
    for member, reason in ((reporter, "错字"), (readers[0], " ")):
        with pytest.raises(MoveRefusedError), transaction.atomic():
            rewritten(article, by=member, headline="错", reason=reason)
    rewritten(article, by=readers[0], headline="改正", reason="错字")
    rewritten(article, by=readers[0], headline="再改正", reason="数字有误", notice="应为九处。")
    assert journal(article)[-2:] == [("correct", "zebian", 2), ("correct", "zebian", 3)]
    assert status(article) == "signed"
    assert list(Correction.objects.values_list("notice", "revision__number")) == [("应为九处。", 3)]


def test_a_change_asks_the_database_whether_readers_see_it(writer, readers):
    """The issue was released while an editor, who had loaded it before, was saving."""
    article = put_at("signed", writer=writer, readers=readers, **on_a_page())
    loaded = Article.objects.select_related("page__issue").get(pk=article.pk)
    submission = saving.Submission(Copy(headline="改"), saving.metadata_of(loaded))
    type(loaded.page.issue).objects.update(released_at=PAST)
    with pytest.raises(MoveRefusedError, match="修改原因"):
        saving.save(article.pk, submission, base=saving.BaseVersion(1), by=readers[0])
    assert status(article) == "signed"


def test_an_article_that_is_gone_takes_no_step(writer):
    article = make_article(status=Status.DRAFT)
    Article.objects.all().delete()
    with pytest.raises(MoveRefusedError, match="已被删除"):
        move(article, "submit", by=writer)


def test_what_was_signed_is_never_changed_or_deleted(writer, readers):
    review = put_at("signed", writer=writer, readers=readers).reviews.last()
    rows = type(review).objects
    attempts = [
        review.save,
        review.delete,
        rows.all().delete,
        lambda: rows.update(note="改"),
        lambda: rows.bulk_update([review], ["note"]),
        lambda: rows.bulk_create(
            [review], update_conflicts=True, update_fields=["note"], unique_fields=["pk"]
        ),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()
    again = Review(
        pk=review.pk,
        article_id=review.article_id,
        revision_id=review.revision_id,
        move="void",
        from_status="draft",
        to_status="draft",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert rows.get(pk=review.pk).move == "sign"


def test_the_database_knows_no_other_status(writer):
    article = written(by=writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status="printed")


def test_the_table_and_the_readings_agree():
    assert {name for name, step in MOVES.items() if step.is_review} == {*REVIEW_MOVES}


@pytest.mark.parametrize("rounds", [1, 25])
def test_the_queries_of_a_move_do_not_grow(writer, readers, rounds, django_assert_num_queries):
    article = written(by=writer)
    for _round in range(rounds):
        through(article, ("submit", writer), ("return", readers[0]))
    through(article, ("submit", writer), ("pass_first", readers[0]))
    with django_assert_num_queries(4):
        assert available_moves(article, by=readers[1])["pass_second"] == ""
    with django_assert_num_queries(12 + LEDGER):
        move(article, "pass_second", by=readers[1])
