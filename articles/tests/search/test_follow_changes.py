"""The entries of the search after each kind of change: as if they had just been made anew."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import revisions
from articles.editing import duplication, placement, saving
from articles.intake import raw_pages
from articles.intake.persistence import save_drafts
from articles.models import Article, Issue, SearchEntry
from articles.search import entries
from articles.search.entry_text import searchable
from articles.search.find import articles_of_desk
from articles.search.numbers import day_of
from articles.search.terms.query import Query
from articles.tests.archive_records import row, stored
from articles.tests.factories import (
    make_article,
    make_caption,
    make_chief,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.form_helpers import fields, signed_in
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, written
from articles.workflow import move, release, transitions

pytestmark = pytest.mark.django_db
PAST = date(2024, 7, 27)


def check_entries() -> None:
    """Assert that every entry is what its article says, and the index finds it by its words."""
    rows = {row.pk: row for row in SearchEntry.objects.all()}
    wanted = entries.composed(list(Article.objects.values_list("pk", flat=True)))
    assert {pk: (text, facts.is_listed, facts.day) for pk, facts, text in wanted} == {
        pk: (row.text, row.is_listed, day_of(row.number)) for pk, row in rows.items()
    }
    for pk, entry in rows.items():
        word = max(searchable(entry.text), key=len)
        found = articles_of_desk(Article.objects.all(), Query(words=(word,)))
        same = [
            other.pk for other in rows.values() if any(word in t for t in searchable(other.text))
        ]
        assert pk in same
        assert sorted(found.values_list("pk", flat=True)) == sorted(same)


def drafted(**facts) -> Article:
    """Make a draft that the search knows."""
    article = written(by=make_chief(username=f"chief{Article.objects.count()}"), **facts)
    entries.index_articles([article.pk])
    return article


def on_page(**facts) -> Article:
    page = make_page(issue=make_issue(issued_on=PAST, **{"released_at": None} | facts))
    return drafted(page=page, position=1)


def save_words():
    rewritten(on_page(), by=member_who_may(), headline="河埠路改造")


def restore_words():
    article, chief = on_page(), member_who_may()
    first = revisions.current(article)
    changed = rewritten(article, by=chief, headline="河埠路改造")
    saving.restore(first, version=changed.version, by=chief)


def duplicate():
    duplication.duplicate(on_page(), by=member_who_may())


def move_to_another_day():
    article = on_page()
    other = make_page(issue=make_issue(issued_on=date(2025, 1, 2), released_at=None))
    placement.place(article, other, by=None)
    placement.place(drafted(), other, by=None)


def take_off_its_page():
    placement.place(on_page(), None, by=None)


def sign_and_release_and_recall_and_withdraw():
    writer, *readers, chief = [member_who_may() for _ in range(5)]
    page = make_page(issue=make_issue(released_at=None))
    place = {"page": page, "position": 1}
    article = put_at("final_review", writer=writer, readers=readers, **place)
    entries.index_articles([article.pk])
    move(article, "sign", by=chief)
    check_entries()
    issue, chief = article.page.issue, make_chief(username="wang")
    release.release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    check_entries()
    release.recall(issue, by=chief)
    check_entries()
    release.release(issue, by=chief)
    check_entries()
    move(Article.objects.get(pk=article.pk), "withdraw", by=chief, note="有误")


def count_as_printed():
    article = on_page()
    transitions.sign_printed_articles([Article.objects.get(pk=article.pk)], by=None)
    release.release_printed(article.page.issue, by=None)


def import_archive():
    stored(row(), row(order=2, bylines=[{"role": "记者", "name": "周一鸣"}]), release=True)


def import_archive_again():
    stored(row(), row(order=2))
    stored(row(headline="河埠路改造"), row(order=2))


def read_a_page_in():
    page = make_page(issue=make_issue(released_at=None), name="")
    text = "夜市开张\n\n本报讯（记者 李若溪）昨晚，夜市开张，摊主们忙到{}。\n"
    for closing in ("深夜", "天亮"):
        source = text.format(closing).encode()
        save_drafts(raw_pages.import_text(page, source, name="", by=None), by=None)


def load_a_fixture():
    call_command("loaddata", "sample_issue", verbosity=0)


def rename_a_page_and_change_the_day():
    issue = on_page().page.issue
    desk, url = signed_in(), f"/admin/articles/issue/{issue.pk}/change/"
    form = fields(desk.get(url), "issue_form")
    changed = {"issued_on": "2024-08-01", "pages-0-name": "民生"}
    assert desk.post(url, form | changed).status_code == 302
    assert Issue.objects.get(pk=issue.pk).issued_on == date(2024, 8, 1)


def change_the_credit_of_a_photo():
    photo, article = make_photo(credit="周一鸣 摄"), drafted()
    make_caption(article=article, photo=photo, words="路上", credit="")
    entries.index_articles([article.pk])
    desk, url = signed_in(), f"/admin/articles/photo/{photo.pk}/change/"
    form = fields(desk.get(url), "photo_form")
    assert desk.post(url, form | {"credit": "李若溪 摄"}).status_code == 302


def delete_a_draft():
    article = make_article(status="draft", headline="河埠路改造")
    entries.index_articles([article.pk])
    url = f"/admin/articles/article/{article.pk}/delete/"
    assert signed_in().post(url, {"post": "yes"}).status_code == 302


CHANGES = [
    save_words,
    restore_words,
    duplicate,
    move_to_another_day,
    take_off_its_page,
    sign_and_release_and_recall_and_withdraw,
    count_as_printed,
    import_archive,
    import_archive_again,
    read_a_page_in,
    load_a_fixture,
    rename_a_page_and_change_the_day,
    change_the_credit_of_a_photo,
    delete_a_draft,
]


@pytest.mark.parametrize("act", CHANGES, ids=lambda act: act.__name__)
def test_the_entries_follow(act):
    act()
    check_entries()


def test_what_is_deleted_leaves_nothing_in_the_index():
    delete_a_draft()
    assert not SearchEntry.objects.exists()
    entries.index_articles([make_article(headline="别的").pk])
    found = articles_of_desk(Article.objects.all(), Query(words=("河埠路改造",)))
    assert list(found) == []
