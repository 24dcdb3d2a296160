"""Who may read whose words: nobody their own, nobody twice, and no right by itself."""

import pytest

from articles.tests.factories import make_member
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, through, written
from articles.workflow import REVIEWING, MoveRefusedError, available_moves, move
from articles.workflow.permissions import (
    REVIEW_MOVES,
    authors_of,
    last_seen,
    permissions_of,
    valid_reviews,
)

pytestmark = pytest.mark.django_db


def test_who_wrote_the_words_reads_them_at_no_stage(writer, readers):
    for stage, name in zip(REVIEWING, REVIEW_MOVES, strict=True):
        article = put_at(stage, writer=writer, readers=readers)
        with pytest.raises(MoveRefusedError, match="须由他人审读"):
            move(article, name, by=writer)
        assert available_moves(article, by=writer)[name].startswith("稿件由您撰写或最后改动")


def test_who_last_changed_the_words_reads_them_at_no_stage(writer, readers):
    changer = member_who_may(username="jiaodui")
    article = rewritten(written(by=writer), by=changer, headline="改过的标题")
    through(article, ("submit", writer))
    with pytest.raises(MoveRefusedError, match="最后改动"):
        move(article, "pass_first", by=changer)
    assert authors_of(article) == {writer.pk, changer.pk}
    move(article, "pass_first", by=readers[0])


def test_who_changed_words_that_others_have_changed_since_may_read_them(writer, readers):
    article = rewritten(written(by=writer), by=readers[0], headline="一改")
    article = rewritten(article, by=readers[1], headline="二改")
    through(article, ("submit", writer), ("pass_first", readers[0]))
    assert article.status == "second_review"


def test_nobody_reads_the_same_words_twice(writer, readers):
    article = through(written(by=writer), ("submit", writer), ("pass_first", readers[0]))
    with pytest.raises(MoveRefusedError, match="前面的审次"):
        move(article, "pass_second", by=readers[0])
    move(article, "pass_second", by=readers[1])
    for early in readers[:2]:
        with pytest.raises(MoveRefusedError, match="前面的审次"):
            move(article, "sign", by=early)
    assert [review.made_by for review in valid_reviews(article)] == readers[:2]


def test_a_returned_article_may_be_read_by_the_same_people_again(writer, readers):
    article = through(
        written(by=writer),
        ("submit", writer),
        ("pass_first", readers[0]),
        ("return", readers[1]),
        ("submit", writer),
    )
    assert valid_reviews(article) == []
    through(article, *zip(REVIEW_MOVES, readers, strict=True))
    assert article.status == "signed"


def test_a_superuser_is_bound_like_everybody():
    chief = make_member(username="guanli", is_superuser=True)
    article = written(by=chief)
    assert "articles.sign_article" not in permissions_of(chief)
    for name in ("submit", "sign", "publish"):
        with pytest.raises(MoveRefusedError):
            move(article, name, by=chief)
    signing = member_who_may("sign_article", "submit_article", username="zongguan")
    signing.is_superuser = True
    signing.save()
    others = [member_who_may() for _ in range(3)]
    own = put_at("final_review", writer=signing, readers=others)
    with pytest.raises(MoveRefusedError, match="由您撰写"):
        move(own, "sign", by=signing)
    move(put_at("final_review", writer=others[2], readers=others), "sign", by=signing)


def test_a_disabled_account_takes_no_step(writer):
    article = written(by=writer)
    writer.is_active = False
    with pytest.raises(MoveRefusedError, match="没有这一步的权限"):
        move(article, "submit", by=writer)


def test_a_reader_is_shown_what_they_read_themselves_or_what_was_read_last(writer, readers):
    article = put_at("second_review", writer=writer, readers=readers)
    article = rewritten(article, by=writer, headline="二稿")
    through(article, ("pass_first", readers[1]))
    article = rewritten(article, by=writer, headline="三稿")
    read = [last_seen(article, by=reader) for reader in readers]
    assert [(seen.member, seen.revision.number) for seen in read] == [
        (readers[0], 1),
        (readers[1], 2),
        (readers[1], 2),
    ]


def test_a_reader_is_shown_nothing_that_they_have_seen(writer, readers):
    mender, other, _last = readers
    article = put_at("first_review", writer=writer, readers=readers)
    assert last_seen(article, by=mender) is None  # Nobody has reviewed it yet.
    article = rewritten(article, by=mender, headline="改过的标题")
    assert last_seen(article, by=mender) is None
    assert last_seen(article, by=other, shown=1).revision.number == 1  # A screen has shown it.
    assert last_seen(article, by=other, shown=2) is None


def test_a_reader_is_shown_what_has_changed_since_they_returned_it(writer, readers):
    article = put_at("second_review", writer=writer, readers=readers)
    through(article, ("return", readers[1]))
    article = rewritten(article, by=writer, headline="二稿")
    through(article, ("submit", writer), ("pass_first", readers[2]))
    seen = last_seen(article, by=readers[1])
    assert (seen.member, seen.revision.number) == (readers[1], 1)
