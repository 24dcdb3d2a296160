"""Before a release: what bars it, what only deserves a look, and where each is mended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import revisions
from articles.content.figures import figure_html
from articles.models import Article, Genre, Issue, Rank, Review, Status
from articles.photos.renditions import rendition_name
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_column,
    make_issue,
    make_member,
    make_page,
    make_photo,
)
from articles.workflow import release
from articles.workflow.preflight import Inspection

pytestmark = pytest.mark.django_db


def signed(article, *, by=None):
    """Keep the words of an article as they stand as a revision, and a signature under it."""
    article = Article.objects.get(pk=article.pk)
    Review.objects.create(
        article=article,
        revision=revisions.record(article, by=by) or revisions.current(article),
        move="sign",
        from_status=Status.FINAL_REVIEW,
        to_status=Status.SIGNED,
    )
    return article


@pytest.fixture
def fit():
    """An article with nothing to say about: alone on A1, its lead, signed, with a byline."""
    page = make_page(issue=make_issue(released_at=None))
    article = make_article(page=page, rank=Rank.LEAD, headline="云溪区今天开渔")
    make_byline(article=article)
    return signed(article)


def found(article_or_issue) -> list[tuple]:
    """Return what is found in an issue: code, whether it bars, message."""
    issue = article_or_issue
    issue = issue if isinstance(issue, Issue) else issue.page.issue
    return [(each.code, each.is_barring, each.message) for each in Inspection.of(issue).findings]


def test_an_issue_in_order_has_no_findings(fit):
    assert found(fit) == []


def test_an_issue_without_pages_is_barred():
    assert found(make_issue(released_at=None)) == [("no_pages", True, "这一期还没有版面。")]


def test_a_page_without_articles_is_barred(fit):
    make_page(issue=fit.page.issue, label="A2", name="民生")
    assert found(fit) == [("empty_page", True, "A2 还没有稿件。")]


@pytest.mark.parametrize("status", [s for s in Status if s != Status.SIGNED])
def test_an_article_that_is_not_signed_bars(fit, status):
    Article.objects.update(status=status)
    assert found(fit) == [("unsigned", True, "A1《云溪区今天开渔》尚未签发。")]


def test_two_leads_on_one_page_bar(fit):
    other = make_article(page=fit.page, rank=Rank.LEAD, headline="河埠路通车")
    make_byline(article=other)
    signed(other)
    assert found(fit) == [("two_leads", True, "A1 有 2 个头条。")]
    (finding,) = Inspection.of(fit.page.issue).findings
    assert finding.form_url == f"/admin/articles/article/{other.pk}/change/#id_rank"


def test_signed_words_that_are_no_longer_those_signed_bar(fit):
    Article.objects.update(body="<p>另一些字。</p>")
    code = ("other_words", True, "A1《云溪区今天开渔》的文字与签发时不同，请退回重审。")
    assert found(fit) == [code]


def test_a_later_revision_that_nobody_signed_bars(fit):
    Article.objects.update(deck="今天上午")
    revisions.record(Article.objects.get(), by=None)
    assert [each[0] for each in found(fit)] == ["other_words"]


def test_a_photo_without_a_credit_of_either_kind_bars(fit):
    make_caption(article=fit, photo=make_photo(credit=""), credit="周一鸣 摄")
    make_caption(article=fit, photo=make_photo(credit="周一鸣 摄"))
    make_caption(article=fit, photo=make_photo(credit=""))
    signed(fit)
    assert found(fit) == [("no_credit", True, "A1《云溪区今天开渔》图片 3 没有署名。")]
    (finding,) = Inspection.of(fit.page.issue).findings
    assert finding.form_url.endswith(f"/{fit.pk}/change/#id_captions-2-credit")


def with_picture(fit):
    photo = make_photo()
    make_caption(article=fit, photo=photo)
    signed(fit)
    assert found(fit) == []
    return photo


def test_a_picture_whose_file_is_gone_bars(fit):
    photo = with_picture(fit)
    photo.file.storage.delete(photo.file.name)
    assert found(fit) == [("unreadable_picture", True, "A1《云溪区今天开渔》图片 1 无法读取。")]


def test_a_picture_without_a_rendition_bars(fit):
    photo = with_picture(fit)
    photo.file.storage.delete(rendition_name(photo, "preview"))
    assert [each[0] for each in found(fit)] == ["unreadable_picture"]


def test_a_picture_whose_file_is_empty_bars(fit):
    photo = with_picture(fit)
    open(photo.file.path, "w").close()
    assert [each[0] for each in found(fit)] == ["unreadable_picture"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"headline": ""}, [("no_headline", "没有标题")]),
        ({"headline": "", "genre": Genre.PHOTO}, [("no_heading", "没有标题，也没有栏目")]),
        ({"genre": Genre.PHOTO}, []),
        ({"body": ""}, [("no_text", "没有正文")]),
    ],
)
def test_what_an_article_lacks_deserves_a_look(fit, facts, expected):
    Article.objects.update(**facts)
    signed(fit)
    findings = Inspection.of(fit.page.issue).findings
    assert [(each.code, each.brief) for each in findings] == expected
    assert not any(each.is_barring for each in findings)


def test_news_without_a_byline_deserves_a_look_unless_it_names_its_source(fit):
    signed(make_article(page=fit.page, headline="河埠路通车"))
    signed(make_article(page=fit.page, source="新华社"))
    signed(make_article(page=fit.page, genre=Genre.NOTICE))
    assert found(fit) == [("no_byline", False, "A1《河埠路通车》没有署名。")]


def test_a_photo_without_its_description_deserves_a_look(fit):
    photo = with_picture(fit)
    type(photo).objects.update(alt="")
    message = "A1《云溪区今天开渔》图片 1 没有替代文字。"
    assert found(fit) == [("no_alt", False, message)]


def test_a_place_in_the_text_without_its_picture_deserves_a_look(fit):
    photo = with_picture(fit)
    Article.objects.update(body=f"<p>今天开渔。</p>{figure_html(str(photo.uid))}")
    signed(fit)
    assert found(fit) == []
    fit.captions.all().delete()
    signed(fit)
    message = "A1《云溪区今天开渔》正文里有图片位置，但那里印不出图片。"
    assert found(fit) == [("empty_figure", False, message)]


@pytest.mark.parametrize(("days", "is_past"), [(-1, True), (0, False), (1, False)])
def test_a_photo_bars_an_issue_after_the_last_day_of_its_rights(fit, days, is_past):
    last = fit.page.issue.issued_on + timedelta(days=days)
    make_caption(article=fit, photo=make_photo(rights_until=last))
    signed(fit)
    message = "A1《云溪区今天开渔》图片 1 只能刊用到 2024年7月26日。"
    assert found(fit) == ([("rights_past", True, message)] if is_past else [])


def test_a_photo_for_one_article_bars_every_other(fit):
    other = make_article(headline="河埠路通车", status=Status.DRAFT)
    photo = make_photo(only_article=fit)
    make_caption(article=fit, photo=photo)
    signed(fit)
    assert found(fit) == []
    type(photo).objects.update(only_article=other)
    message = "A1《云溪区今天开渔》图片 1 只能用于稿件《河埠路通车》。"
    assert found(fit) == [("other_article", True, message)]


def test_a_photo_for_an_article_that_is_not_here_bars(fit):
    absent = "7f0f7f56-97a2-4c43-a9f1-d7f4f2f0a5c1"
    make_caption(article=fit, photo=make_photo(only_article_id=absent))
    signed(fit)
    message = f"A1《云溪区今天开渔》图片 1 只能用于稿件《{absent}》。"
    assert found(fit) == [("other_article", True, message)]


def test_a_picture_that_is_generated_in_part_only_needs_a_credit(fit):
    make_caption(article=fit, photo=make_photo(generated="generated", credit=""))
    make_caption(article=fit, photo=make_photo(generated="composite", credit=""))
    signed(fit)
    barring = [each.message for each in Inspection.of(fit.page.issue).barring]
    assert barring == ["A1《云溪区今天开渔》图片 2 没有署名。"]


def test_a_generated_picture_deserves_a_look(fit):
    make_caption(article=fit, photo=make_photo(generated="composite"))
    signed(fit)
    message = "A1《云溪区今天开渔》图片 1 将标注“部分 AI 生成”刊出。"
    assert found(fit) == [("generated", False, message)]


def test_a_page_without_a_name_deserves_a_look_at_its_field(fit):
    page = make_page(issue=fit.page.issue, label="A2", name="")
    signed(make_article(page=page, genre=Genre.NOTICE))
    assert found(fit) == [("no_page_name", False, "A2 没有版名。")]
    (finding,) = Inspection.of(fit.page.issue).findings
    issue = fit.page.issue_id
    assert finding.form_url == f"/admin/articles/issue/{issue}/change/#id_pages-1-name"


def test_a_first_page_without_a_lead_and_an_open_place_deserve_a_look(fit):
    Article.objects.update(rank=None)
    type(fit.page).objects.update(planned=3)
    assert found(fit) == [
        ("no_lead", False, "A1 没有指定头条。"),
        ("open_places", False, "A1 计划 3 篇，现有 1 篇。"),
    ]


def test_an_article_signed_without_a_review_deserves_a_look(fit):
    make_byline(article=make_article(page=fit.page, headline="旧稿"))
    assert found(fit) == [("unread", False, "A1《旧稿》已签发，但没有审签记录。")]


def test_words_changed_and_signed_again_after_the_release_deserve_a_look(fit):
    chief = make_member(username="zongbian", is_superuser=True)
    release.release(fit.page.issue, by=chief, at=timezone.now() + timedelta(hours=1))
    assert found(Issue.objects.get()) == []
    Article.objects.update(deck="首日出海三百船")
    signed(fit, by=chief)
    message = "A1《云溪区今天开渔》在定稿发布后改动过。"
    assert found(Issue.objects.get()) == [("changed_since", False, message)]


def test_findings_come_in_print_order(fit):
    tenth = make_page(issue=fit.page.issue, label="A10")
    second = make_page(issue=fit.page.issue, label="A2")
    for page, headline in ((tenth, "丁"), (second, "乙"), (second, "丙")):
        make_article(page=page, headline=headline, source="新华社", status=Status.DRAFT)
    assert [message for _, _, message in found(fit)] == [
        f"{label}《{headline}》尚未签发。"
        for label, headline in (("A2", "乙"), ("A2", "丙"), ("A10", "丁"))
    ]


def test_the_keys_change_with_what_would_go_out(fit):
    issue = fit.page.issue
    before = Inspection.of(issue).keys
    assert Inspection.of(issue).keys == before
    Article.objects.update(version=7)
    assert Inspection.of(issue).keys != before


@pytest.mark.parametrize("number", [1, 25])
def test_an_inspection_asks_as_often_for_25_articles_as_for_one(
    fit, number, django_assert_num_queries
):
    issue = fit.page.issue
    for n in range(number):
        article = make_article(
            page=make_page(issue=issue, label=f"B{n}"), column=make_column(name=f"栏目{n}")
        )
        make_byline(article=article)
        other = make_article(headline="", column=make_column(name=f"另一栏{n}"))
        make_caption(article=article, photo=make_photo(only_article=other))
        article.tags.add(f"渔业{n}")
    with django_assert_num_queries(5):
        Inspection.of(issue)
