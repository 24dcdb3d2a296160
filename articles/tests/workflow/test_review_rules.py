"""Corrections while reviewing: who may pass them, and where an article goes on."""

import pytest

from articles import revisions
from articles.models import Article, Change, Status
from articles.tests.factories import make_article
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, through, written
from articles.workflow import MoveRefusedError, move
from articles.workflow.permissions import authors_of, stage_after_change
from articles.workflow.queues import waiting_for

pytestmark = pytest.mark.django_db
PASS = {"first_review": "pass_first", "second_review": "pass_second", "final_review": "sign"}


def status(article) -> str:
    return Article.objects.get(pk=article.pk).status


@pytest.mark.parametrize("stage", ["first_review", "second_review"])
def test_a_reviewer_who_corrects_words_may_pass_them(writer, readers, stage):
    article = put_at(stage, writer=writer, readers=readers)
    reader = readers[[*PASS].index(stage)]
    article = rewritten(article, by=reader, headline="改过的标题")
    assert (article.status, authors_of(article)) == (stage, {writer.pk})
    later = dict(zip(PASS.values(), readers, strict=True))
    for name in [*PASS.values()][[*PASS].index(stage) :]:
        move(article, name, by=later[name])
    assert status(article) == "signed"


@pytest.mark.parametrize("stage", ["final_review", "signed"])
def test_a_correction_at_the_last_step_goes_back_one_step(writer, readers, stage):
    article = put_at(stage, writer=writer, readers=readers)
    article = rewritten(article, by=readers[2], headline="改过的标题")
    assert article.status == "second_review"
    move(article, "pass_second", by=readers[1])
    move(article, "sign", by=readers[2])
    assert [(row.move, row.revision.number) for row in article.reviews.all()][-3:] == [
        ("void", 2),
        ("pass_second", 2),
        ("sign", 2),
    ]


def test_who_corrects_at_the_last_step_does_not_read_it_twice(writer, readers):
    article = put_at("final_review", writer=writer, readers=readers)
    article = rewritten(article, by=readers[2], headline="改过的标题")
    move(article, "pass_second", by=readers[2])
    with pytest.raises(MoveRefusedError, match="前面的审次"):
        move(article, "sign", by=readers[2])
    with pytest.raises(MoveRefusedError, match="前面的审次"):
        move(article, "sign", by=readers[0])
    move(article, "sign", by=readers[1])


@pytest.mark.parametrize("stage", ["first_review", "second_review", "final_review", "signed"])
def test_a_change_by_who_may_not_review_there_is_read_from_the_start(writer, readers, stage):
    proof = member_who_may("change_article", username="jiaodui")
    for changer in (writer, proof):
        article = put_at(stage, writer=writer, readers=readers)
        article = rewritten(article, by=changer, headline="改过的标题")
        assert (article.status, authors_of(article)) == ("first_review", {writer.pk})


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, {"final_review": "final_review", "signed": "final_review"})]
    + [(2, dict.fromkeys(["first_review", "final_review", "signed"], "first_review"))],
)
def test_a_newsroom_with_fewer_stages_goes_back_to_have_two_readers(
    settings, writer, readers, count, expected
):
    settings.REVIEW_STAGES = count
    found = {}
    for stage in expected:
        article = written(by=writer, status=stage)
        found[stage] = stage_after_change(article, by=readers[0])
    assert found == expected


def test_with_one_stage_the_one_who_signs_may_correct_first(settings, writer, readers):
    settings.REVIEW_STAGES = 1
    article = through(written(by=writer), ("submit", writer))
    article = rewritten(article, by=readers[0], headline="改过的标题")
    move(article, "sign", by=readers[0])
    assert status(article) == "signed"


def test_with_strict_rules_every_change_is_read_from_the_start_by_others(settings, writer, readers):
    settings.REVIEW_RULES = "strict"
    article = put_at("second_review", writer=writer, readers=readers)
    article = rewritten(article, by=readers[1], headline="改过的标题")
    assert (article.status, authors_of(article)) == ("first_review", {writer.pk, readers[1].pk})
    with pytest.raises(MoveRefusedError, match="最后改动"):
        move(article, "pass_first", by=readers[1])


@pytest.mark.parametrize(
    ("change", "is_author"), [(Change.IMPORTED, False), (Change.DOCUMENT, True)]
)
def test_who_reads_a_page_in_is_not_its_author(writer, readers, change, is_author):
    article = make_article(status=Status.DRAFT)
    revisions.record(article, by=writer, change=change)
    assert authors_of(article) == ({writer.pk} if is_author else set())
    through(article, ("submit", readers[1]))
    assert waiting_for(writer).filter(pk=article.pk).exists() is not is_author
    article = rewritten(article, by=readers[0], headline="改过的标题")
    assert readers[0].pk not in authors_of(article)


def test_who_rewrites_a_draft_becomes_its_author(writer, readers):
    article = make_article(status=Status.DRAFT)
    revisions.record(article, by=writer, change=Change.IMPORTED)
    article = rewritten(article, by=readers[0], headline="改过的标题")
    assert authors_of(article) == {readers[0].pk}
