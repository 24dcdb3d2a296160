"""The bin (废稿): a draft leaves the lists, waits there, and comes back as it was."""

import pytest

from articles.editing import draft_bin
from articles.models import Article, Status
from articles.tests.factories import make_page
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, put_at, written
from articles.workflow import MoveRefusedError, available_moves, move
from articles.workflow.queues import unfinished_by

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
WRITER_RIGHTS = ("view_article", "change_article", "submit_article")


@pytest.fixture
def writer():
    return member_who_may(*WRITER_RIGHTS, username="作者")


def test_an_author_throws_a_draft_away_and_takes_it_out_again(writer):
    draft, desk = written(by=writer, headline="没人要的稿件"), signed_in(writer)
    assert "扔进废稿箱" in desk.get(f"{LIST}{draft.pk}/change/").content.decode()
    html = desk.post(f"{LIST}{draft.pk}/discard/", follow=True).content.decode()
    assert "作者" in html
    assert "捡回" in html
    assert list(desk.get(LIST).context["cl"].result_list) == []
    assert list(desk.get(LIST, {"queue": "bin"}).context["cl"].result_list) == [draft]
    assert list(unfinished_by(writer)) == []
    assert "没人要的稿件" not in desk.get("/admin/").content.decode()
    desk.post(f"{LIST}{draft.pk}/take_out/")
    assert list(desk.get(LIST).context["cl"].result_list) == [draft]
    draft.refresh_from_db()
    assert (draft.status, draft.headline, draft.discarded_by) == ("draft", "没人要的稿件", None)


def test_a_draft_in_the_bin_cannot_be_submitted(writer):
    draft = written(by=writer)
    draft_bin.discard(draft, by=writer)
    draft.refresh_from_db()
    assert available_moves(draft, by=writer)["submit"] == "稿件在废稿箱里，请先捡回。"
    with pytest.raises(MoveRefusedError):
        move(draft, "submit", by=writer)


@pytest.mark.parametrize("status", sorted({*Status.values} - {"draft"}))
def test_only_drafts_go_into_the_bin(writer, status):
    readers = [member_who_may() for _ in range(3)]
    article = put_at(status, writer=writer, readers=readers)
    html = signed_in(writer).post(f"{LIST}{article.pk}/discard/", follow=True).content.decode()
    assert "只有作者或编辑" in html
    assert not Article.objects.discarded().exists()


def test_a_draft_on_a_page_and_somebody_else_s_draft_stay(writer):
    placed = written(by=writer, page=make_page(), position=1)
    other = written(by=member_who_may(username="别人"))
    for article in (placed, other):
        with pytest.raises(draft_bin.BinRefusedError):
            draft_bin.discard(article, by=writer)
    editor = member_who_may("return_article", username="编辑")
    draft_bin.discard(other, by=editor)
    assert list(Article.objects.discarded()) == [other]


def test_a_draft_that_has_moved_on_meanwhile_stays(writer):
    seen = written(by=writer)
    move(Article.objects.get(pk=seen.pk), "submit", by=writer)
    with pytest.raises(draft_bin.BinRefusedError):
        draft_bin.discard(seen, by=writer)
    assert Article.objects.get(pk=seen.pk).discarded_at is None


def test_who_may_not_change_articles_touches_no_bin(writer):
    draft = written(by=writer)
    reader = signed_in(member_who_may("view_article", username="看稿"))
    assert reader.post(f"{LIST}{draft.pk}/discard/").status_code == 403
    assert reader.post(f"{LIST}{draft.pk}/take_out/").status_code == 403
    assert signed_in(writer).get(f"{LIST}{draft.pk}/discard/").status_code == 405
