"""Words kept as revisions and written back."""

import pytest

from articles import editing, revisions
from articles.copy import Copy, PictureWords, SignedName
from articles.editing import Crossed, MovedOn, Seen, Typed, facts_of
from articles.models import Article, Byline, Caption, Change, Status

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make.make_chief(name="林晓禾")


@pytest.fixture
def article() -> Article:
    return make.make_article(status=Status.DRAFT, headline="旧题")


def a_copy(photo, *, rows=2) -> Copy:
    return Copy(
        kicker="引题",
        headline="主题",
        deck="副题",
        dateline="本报讯",
        bylines=tuple(SignedName("记者", f"作者{n}") for n in range(rows)),
        body="<p>正文</p>",
        captions=tuple(PictureWords(str(photo.uid), f"图说{n}", "摄") for n in range(rows)),
        column="民生实事",
        tags=("交通", "民生"),
    )


def test_words_written_are_the_words_read(article):
    copy = a_copy(make.make_photo())
    revisions.write(article, copy)
    assert revisions.read(Article.objects.get()) == copy


@pytest.mark.parametrize("rows", [1, 25])
def test_writing_takes_the_same_queries_for_any_number_of_rows(
    article, rows, django_assert_num_queries
):
    copy = a_copy(make.make_photo(), rows=rows)
    revisions.write(article, a_copy(make.make_photo(), rows=3))
    with django_assert_num_queries(10):
        revisions.write(article, copy)
    with django_assert_num_queries(5):
        revisions.write(article, copy)


def test_bylines_keep_their_contributors_and_take_new_ones(article):
    kept, new = make.make_contributor(name="甲"), make.make_contributor(name="乙")
    make.make_byline(article=article, name="甲", contributor=kept)
    copy = Copy(bylines=(SignedName("通讯员", "甲"), SignedName("记者", "乙")))
    revisions.write(article, copy, links={SignedName("记者", "乙"): new.pk})
    rows = Byline.objects.values_list("position", "role", "name", "contributor")
    assert list(rows) == [(1, "通讯员", "甲", kept.pk), (2, "记者", "乙", new.pk)]


def test_a_picture_that_is_gone_cannot_come_back(article):
    there, gone = make.make_photo(), make.make_photo()
    captions = tuple(PictureWords(str(photo.uid), "图说", "") for photo in (gone, there))
    gone.delete()
    revisions.write(article, Copy(captions=captions))
    assert list(Caption.objects.values_list("position", "photo")) == [(1, there.pk)]


def test_a_change_is_kept_with_its_number_digest_maker_and_status(article, member):
    first = revisions.record(article, by=member)
    assert revisions.record(article, by=member) is None
    article.headline = "新题"
    article.save()
    second = revisions.record(article, by=member, reason="更准确")
    assert (first.number, first.change, second.number) == (1, Change.WRITTEN, 2)
    assert (second.change, second.status, second.made_by) == (Change.EDITED, Status.DRAFT, member)
    assert second.digest == revisions.read(article).digest != first.digest
    assert (second.reason, Article.objects.get().version) == ("更准确", 2)


def typed(article, **changed) -> Typed:
    copy = revisions.read(article)
    words = {name: getattr(copy, name) for name in Copy.__dataclass_fields__} | changed
    return Typed(Copy(**words), facts_of(article))


def test_a_save_on_the_version_seen_is_stored_as_typed(article, member):
    revisions.record(article, by=member)
    stored = editing.store(article.pk, typed(article, headline="新题"), seen=Seen(1), by=member)
    assert (stored.revision.number, stored.revision.change) == (2, Change.EDITED)
    assert Article.objects.get().headline == "新题"


def test_a_stale_save_stores_nothing_where_a_person_must_decide(article, member):
    revisions.record(article, by=member)
    editing.store(article.pk, typed(article, headline="他的题"), seen=Seen(1), by=member)
    with pytest.raises(Crossed):
        editing.store(article.pk, typed(article, headline="我的题"), seen=Seen(1), by=member)
    assert (Article.objects.get().headline, article.revisions.count()) == ("他的题", 2)


def test_who_links_a_contributor_does_not_undo_what_another_linked(article, member):
    contributor = make.make_contributor(name="甲")
    byline = make.make_byline(article=article, name="甲")
    revisions.record(article, by=member)
    signed = SignedName(byline.role, byline.name)
    seen = Seen(1, facts_of(article), {signed: None})
    linked = typed(article)
    editing.store(
        article.pk,
        Typed(linked.copy, linked.facts, {signed: contributor.pk}),
        seen=seen,
        by=member,
    )
    mine = typed(article, headline="新题")
    editing.store(article.pk, Typed(mine.copy, mine.facts, {signed: None}), seen=seen, by=member)
    assert Byline.objects.get().contributor == contributor


def test_a_restore_on_words_not_seen_is_refused(article, member):
    first = revisions.record(article, by=member)
    editing.store(article.pk, typed(article, headline="新题"), seen=Seen(1), by=member)
    with pytest.raises(MovedOn):
        editing.restore(first, seen=1, by=member)
    assert editing.restore(first, seen=2, by=member).revision.change == Change.RESTORED
    assert Article.objects.get().headline == "旧题"
