"""A sign-off keeps the digest of all that is printed: whatever changes the page is found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from articles import revisions
from articles.admin.locked_names import WHY
from articles.admin.photo.photo_admin import PRINTED
from articles.admin.photo.photo_form import PhotoForm
from articles.models import Article, Byline, Caption, Genre, Photo, Review, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_chief,
    make_column,
    make_contributor,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, through
from articles.workflow.printed_digest import changed_after_sign_off
from articles.workflow.transitions import sign_printed_articles

pytestmark = pytest.mark.django_db
# What is changed past the program in a test: columns that are stored words, numbers or choices.
PLAIN = (models.CharField, models.TextField, models.JSONField)
CROPS = {"wide": [0.0, 0.0, 0.5, 0.5]}
# What the page itself does not show: how a photo is cut is in its file, a genre is in lists.
NOT_SEEN = {"article.genre", "photo.crops", "photo.focus"}


def signed(**facts) -> Article:
    """Make an article that is signed with a photo, as its reviewers have seen it."""
    page = make_page(issue=make_issue())
    facts = {"source": "新华社", "dateline": "本报讯", "column": make_column()} | facts
    article = make_article(page=page, status=Status.DRAFT, **facts)
    make_byline(article=article)
    for alt in ("灰色的方块", "另一方块"):
        make_caption(article=article, photo=make_photo(alt=alt), credit="")
    writer, *readers = (member_who_may() for _each in range(4))
    revisions.record(article, by=writer)
    moves = ("submit", "pass_first", "pass_second", "sign")
    return through(article, *zip(moves, (writer, *readers), strict=True))


def found() -> list[int]:
    return [article.pk for article in changed_after_sign_off()]


def columns() -> list[tuple[type[models.Model], models.Field]]:
    """Return the columns that hold what somebody typed or chose."""
    return [
        (model, field)
        for model in (Article, Byline, Caption, Photo)
        for field in model._meta.concrete_fields
        if isinstance(field, PLAIN) and field.name != "status"
    ]


def another_value(field: models.Field, old):
    """Return another value of a column."""
    if field.choices:
        return next(value for value, _label in field.choices if value not in ("", old))
    if isinstance(field, models.JSONField):
        return CROPS
    if field.name == "focus":
        return "0.1x0.9"
    return f"改动{old}"[: field.max_length]


def change_a_column(client, model: type[models.Model], field: models.Field) -> tuple[bool, bool]:
    """Change a column past the program and back; tell whether the page and the digest changed."""
    row = model.objects.order_by("pk").first()
    old, address = getattr(row, field.attname), Article.objects.get().get_absolute_url()
    before, same = client.get(address).content, model.objects.filter(pk=row.pk)
    same.update(**{field.attname: another_value(field, old)})
    is_printed, is_found = client.get(address).content != before, len(found()) == 1
    same.update(**{field.attname: old})
    return is_printed, is_found


def test_whatever_column_changes_the_page_is_found(client):
    signed()
    changes = {
        f"{model._meta.model_name}.{field.name}": change_a_column(client, model, field)
        for model, field in columns()
    }
    printed = {name for name, (is_printed, _is_found) in changes.items() if is_printed}
    covered = {name for name, (_is_printed, is_found) in changes.items() if is_found}
    assert printed <= covered
    assert covered - printed == NOT_SEEN
    assert found() == []


@pytest.mark.parametrize(
    "change", [{"genre": Genre.COMMENTARY}, {"source": ""}, {"headline": "改"}]
)
def test_a_change_of_the_article_past_the_program_is_found(change):
    article = signed()
    Article.objects.filter(pk=article.pk).update(**change)
    assert found() == [article.pk]
    Article.objects.filter(pk=article.pk).update(rank=1)
    assert found() == [article.pk]


def test_another_order_of_photos_and_another_file_are_found():
    article = signed()
    first, second = article.captions.order_by("position")
    for pk, position in ((first.pk, 9), (second.pk, 1), (first.pk, 2)):
        Caption.objects.filter(pk=pk).update(position=position)
    assert found() == [article.pk]
    Caption.objects.filter(pk=first.pk).update(position=9)
    Caption.objects.filter(pk=second.pk).update(position=2)
    Caption.objects.filter(pk=first.pk).update(position=1)
    assert found() == []
    Photo.objects.filter(pk=first.photo_id).update(file="photos/aa/other.jpg")
    assert found() == [article.pk]


def test_rank_and_what_is_not_printed_are_no_part_of_it():
    article = signed()
    Article.objects.filter(pk=article.pk).update(rank=1)
    who = make_contributor()
    Photo.objects.update(place="河埠路", words="稿", rights="自有", contributor=who)
    assert found() == []


def test_the_command_tells_which_articles_are_not_what_was_signed(capsys):
    article = signed()
    out = StringIO()
    call_command("verify_ledger", "--signed", stdout=out)
    assert "台账完整" in out.getvalue()
    Photo.objects.update(alt="另一说明")
    with pytest.raises(SystemExit):
        call_command("verify_ledger", "--signed")
    assert capsys.readouterr().err.startswith(f"“{article}”（{article.pk}）")


def test_articles_of_past_issues_keep_it_too_and_older_sign_offs_have_none():
    article = make_article(page=make_page(issue=make_issue()), status=Status.DRAFT)
    make_caption(article=article, photo=make_photo())
    revisions.record(article, by=None)
    [review] = sign_printed_articles([Article.objects.get()], by=None)
    assert (review.printed_digest[:2], found()) == ("1:", [])
    Photo.objects.update(alt="另一说明")
    assert found() == [article.pk]
    models.QuerySet(Review).update(printed_digest="")
    assert found() == []


def photo_form(photo, **typed):
    crops = {
        f"crops-{shape}-{part}": "" for shape in ("wide",) for part in ("left", "top", "width")
    }
    facts = {"focus": photo.focus, "alt": photo.alt, "credit": photo.credit, "generated": ""}
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    desk = signed_in(make_chief(username="desk"))
    return desk.post(address, facts | crops | typed)


TYPED = {
    "alt": {"alt": "另一说明", "reason": "写错"},
    "credit": {"credit": "另一人 摄"},
    "focus": {"focus": "0.1x0.9"},
    "generated": {"generated": "generated"},
    "crops": {"crops-wide-left": "0", "crops-wide-top": "0", "crops-wide-width": "50"},
}


@pytest.mark.parametrize("name", [*TYPED])
def test_a_printed_column_is_not_changed_at_the_desk_unless_signed_for(name):
    article = signed()
    photo = Photo.objects.order_by("pk").first()
    before = getattr(photo, name)
    photo_form(photo, **TYPED[name])
    photo.refresh_from_db()
    assert found() == []
    if name == "alt":
        assert article.reviews.latest("pk").move == "correct"
    else:
        assert getattr(photo, name) == before


def test_the_form_says_what_to_do_where_a_photo_cannot_be_changed():
    signed()
    address = reverse("admin:articles_photo_change", args=[Photo.objects.latest("pk").pk])
    assert str(WHY) in signed_in(make_chief(username="desk")).get(address).content.decode()
    Article.objects.update(status=Status.DRAFT)
    assert str(WHY) not in signed_in(make_chief(username="two")).get(address).content.decode()


def test_the_printed_columns_are_those_of_the_digest():
    assert {*TYPED, "file"} == PRINTED


def test_of_an_article_that_is_passed_while_the_form_is_open_the_reviews_are_void(monkeypatch):
    article = signed()
    Article.objects.update(status=Status.DRAFT)
    clean = PhotoForm.clean

    def clean_and_pass(form):
        Article.objects.update(status=Status.FINAL_REVIEW)
        return clean(form)

    monkeypatch.setattr(PhotoForm, "clean", clean_and_pass)
    photo_form(Photo.objects.order_by("pk").first(), focus="0.1x0.9")
    assert Photo.objects.order_by("pk").first().focus == "0.1x0.9"
    now = Article.objects.get()
    assert (now.status, now.version) == (Status.SECOND_REVIEW, article.version + 1)
