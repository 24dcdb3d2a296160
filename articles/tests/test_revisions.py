"""Words kept as revisions and written back."""

from dataclasses import replace

import pytest

from articles import revisions
from articles.content.copy import BylineText, CaptionText, Copy
from articles.editing import saving
from articles.editing.saving import (
    BaseVersion,
    EditConflictError,
    StaleVersionError,
    Submission,
    metadata_of,
)
from articles.models import Article, Byline, Caption, Change, Status

from . import factories
from .query_cost import CHANGED_ENTRY, LEDGER, NEW_ENTRY, SAME_ENTRY, SAVEPOINT

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return factories.make_chief(name="林晓禾")


@pytest.fixture
def article() -> Article:
    return factories.make_article(status=Status.DRAFT, headline="旧题")


def a_copy(photo, *, rows=2) -> Copy:
    return Copy(
        kicker="引题",
        headline="主题",
        deck="副题",
        dateline="本报讯",
        bylines=tuple(BylineText("记者", f"作者{n}") for n in range(rows)),
        body="<p>正文</p>",
        captions=tuple(CaptionText(str(photo.uid), f"图说{n}", "摄") for n in range(rows)),
        column="民生实事",
        tags=("交通", "民生"),
    )


def write(article, copy, links=revisions.NO_CONTRIBUTORS):
    return revisions.update(
        article, copy, latest=revisions.ensure_revision(article), by=None, links=links
    )


def test_words_written_are_the_words_read(article):
    copy = a_copy(factories.make_photo())
    write(article, copy)
    assert revisions.read(Article.objects.get()) == copy
    new = Article()
    revisions.create(new, copy, by=None)
    assert revisions.read(Article.objects.get(pk=new.pk)) == copy
    assert (new.version, new.revisions.get().copy) == (1, copy)


@pytest.mark.parametrize("rows", [1, 25])
def test_writing_takes_the_same_queries_for_any_number_of_rows(
    article, rows, django_assert_num_queries
):
    copy = a_copy(factories.make_photo(), rows=rows)
    write(article, a_copy(factories.make_photo(), rows=3))
    latest = revisions.current(article)
    with django_assert_num_queries(8 + CHANGED_ENTRY + SAVEPOINT + LEDGER):
        latest = revisions.update(article, copy, latest=latest, by=None)
    with django_assert_num_queries(1 + SAME_ENTRY):
        assert revisions.update(article, copy, latest=latest, by=None) is None


@pytest.mark.parametrize("rows", [1, 25])
def test_a_new_article_takes_eight_queries(rows, member, django_assert_num_queries):
    """Two of them are a savepoint's, two for the page; captions two, tags more; and its entry."""
    copy = replace(a_copy(factories.make_photo(), rows=rows), captions=(), tags=())
    factories.make_column(name=copy.column)
    page = factories.make_page(issue=factories.make_issue(released_at=None))
    factories.make_article(page=page)
    article = Article()
    submission = Submission(copy, metadata_of(article) | {"page": page.pk})
    with django_assert_num_queries(9 + NEW_ENTRY + LEDGER):
        saving.create(article, submission, by=member)
    assert (article.version, article.page, article.position) == (1, page, 2)
    assert revisions.read(Article.objects.get(pk=article.pk)) == copy


def test_a_tag_known_in_another_case_keeps_its_own(article):
    article.tags.add("NBA")
    other = factories.make_article()
    assert write(other, replace(revisions.read(other), tags=("nba",))).copy.tags == ("NBA",)


def test_bylines_keep_their_contributors_and_take_new_ones(article):
    kept, new = factories.make_contributor(name="甲"), factories.make_contributor(name="乙")
    factories.make_byline(article=article, name="甲", contributor=kept)
    copy = Copy(bylines=(BylineText("通讯员", "甲"), BylineText("记者", "乙")))
    write(article, copy, {BylineText("记者", "乙"): new.pk})
    rows = Byline.objects.values_list("position", "role", "name", "contributor")
    assert list(rows) == [(1, "通讯员", "甲", kept.pk), (2, "记者", "乙", new.pk)]


def test_a_picture_that_is_gone_cannot_come_back(article):
    there, gone = factories.make_photo(), factories.make_photo()
    captions = tuple(CaptionText(str(photo.uid), "图说", "") for photo in (gone, there))
    gone.delete()
    write(article, Copy(captions=captions))
    assert list(Caption.objects.values_list("position", "photo")) == [(1, there.pk)]
    assert article.revisions.first().copy == revisions.read(article)


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


def typed(article, **changed) -> Submission:
    copy = revisions.read(article)
    words = {name: getattr(copy, name) for name in Copy.__dataclass_fields__} | changed
    return Submission(Copy(**words), metadata_of(article))


def test_a_save_on_the_version_seen_is_stored_as_typed(article, member):
    revisions.record(article, by=member)
    stored = saving.save(
        article.pk, typed(article, headline="新题"), base=BaseVersion(1), by=member
    )
    assert (stored.revision.number, stored.revision.change) == (2, Change.EDITED)
    assert Article.objects.get().headline == "新题"


def test_a_stale_save_stores_nothing_where_a_person_must_decide(article, member):
    revisions.record(article, by=member)
    saving.save(article.pk, typed(article, headline="他的题"), base=BaseVersion(1), by=member)
    with pytest.raises(EditConflictError):
        saving.save(article.pk, typed(article, headline="我的题"), base=BaseVersion(1), by=member)
    assert (Article.objects.get().headline, article.revisions.count()) == ("他的题", 2)


def test_who_links_a_contributor_does_not_undo_what_another_linked(article, member):
    contributor = factories.make_contributor(name="甲")
    byline = factories.make_byline(article=article, name="甲")
    revisions.record(article, by=member)
    signed = BylineText(byline.role, byline.name)
    seen = BaseVersion(1, metadata_of(article), {signed: None})
    linked = typed(article)
    saving.save(
        article.pk,
        Submission(linked.copy, linked.metadata, {signed: contributor.pk}),
        base=seen,
        by=member,
    )
    mine = typed(article, headline="新题")
    saving.save(
        article.pk, Submission(mine.copy, mine.metadata, {signed: None}), base=seen, by=member
    )
    assert Byline.objects.get().contributor == contributor


def test_a_restore_on_words_not_seen_is_refused(article, member):
    first = revisions.record(article, by=member)
    saving.save(article.pk, typed(article, headline="新题"), base=BaseVersion(1), by=member)
    with pytest.raises(StaleVersionError):
        saving.restore(first, version=1, by=member)
    assert saving.restore(first, version=2, by=member).revision.change == Change.RESTORED
    assert Article.objects.get().headline == "旧题"
