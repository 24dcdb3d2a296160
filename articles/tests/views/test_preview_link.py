"""预览链接: an unreleased issue for who was given a link, and for nobody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import previews
from articles.models import Article, Issue, PreviewLink, Status
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
from articles.tests.html_parsing import Parsed
from articles.workflow import MoveRefusedError

pytestmark = pytest.mark.django_db

DAY = date(2030, 1, 2)


@pytest.fixture
def issue():
    """An unreleased issue of two pages with drafts, beside a published one."""
    make_article(page=make_page(issue=make_issue(issued_on=date(2029, 12, 31))))
    unreleased = make_issue(issued_on=DAY, released_at=None)
    first = make_page(issue=unreleased)
    lead = make_article(
        page=first, headline="河埠路改造", status=Status.DRAFT, column=make_column()
    )
    make_byline(article=lead, contributor=make_contributor())
    make_caption(article=lead, photo=make_photo(size=(1500, 1000)))
    lead.tags.add("河埠路")
    make_article(page=first, headline="老街夜市", status=Status.SECOND_REVIEW)
    make_article(page=make_page(issue=unreleased, label="A2"), headline="龙舟下水")
    return unreleased


@pytest.fixture
def link(issue):
    return previews.create_link(issue, by=make_chief())


def root(link) -> str:
    return reverse("articles:preview", args=[previews.token(link)])


def every_address(link) -> list[str]:
    """Return every address of a preview."""
    articles = Article.objects.filter(page__issue=link.issue).order_by("pk")
    photo = articles[0].captions.get().photo
    inner = ["", "pages/", "A1/", "A2/", *(f"articles/{row.pk}/" for row in articles)]
    return [root(link) + each for each in [*inner, f"photos/{photo.uid}/wide.jpg"]]


def headlines(response) -> list[str]:
    found = Parsed(response)
    return [text.strip() for text in found.texts(".//main//h2") + found.texts(".//main//h3")]


# What it shows


def test_the_whole_issue_is_shown_as_it_stands_drafts_too(client, link):
    assert [client.get(address).status_code for address in every_address(link)] == [200] * 8
    assert headlines(client.get(f"{root(link)}pages/")) == [
        "A1要闻",
        "A2要闻",
        "河埠路改造",
        "老街夜市",
        "龙舟下水",
    ]
    lead = Article.objects.get(headline="河埠路改造")
    assert Parsed(client.get(f"{root(link)}articles/{lead.pk}/")).texts(".//h1") == ["河埠路改造"]
    Article.objects.filter(pk=lead.pk).update(headline="河埠路改造完成")
    assert Parsed(client.get(f"{root(link)}articles/{lead.pk}/")).texts(".//h1") == [
        "河埠路改造完成"
    ]


@pytest.mark.parametrize("status", [Status.HELD, Status.SPIKED, Status.WITHDRAWN])
def test_what_will_not_be_printed_is_not_shown(client, link, status):
    lead = Article.objects.get(headline="河埠路改造")
    Article.objects.filter(pk=lead.pk).update(status=status)
    answers = {address: client.get(address) for address in every_address(link)}
    told = [
        address
        for address, answer in answers.items()
        if "河埠路改造" in answer.content.decode(errors="replace").replace("<wbr>", "")
    ]
    assert told == []
    photo = lead.captions.get().photo
    assert answers[f"{root(link)}articles/{lead.pk}/"].status_code == 404
    assert answers[f"{root(link)}photos/{photo.uid}/wide.jpg"].status_code == 404


def test_its_links_and_pictures_stay_inside(client, link):
    for address in every_address(link)[:-1]:
        page = Parsed(client.get(address))
        links = [each.get("href") for each in page.all(".//a") if each.get("href")]
        pictures = [each.get("src") for each in page.all(".//img")]
        choices = [each.get("srcset").split(", ") for each in page.all(".//img")]
        pictures += [choice.split()[0] for several in choices for choice in several]
        outside = [to for to in links + pictures if not to.startswith(root(link)) and to != "#main"]
        assert outside == [], address
        assert {client.get(to).status_code for to in links + pictures if to != "#main"} == {200}


def test_the_neighbours_of_an_article_are_those_of_the_preview(client, link):
    first, second, third = Article.objects.filter(page__issue=link.issue).order_by("pk")
    page = Parsed(client.get(f"{root(link)}articles/{second.pk}/"))
    inside = f"{root(link)}articles/"
    wanted = [f"{inside}{third.pk}/", f"{inside}{first.pk}/"]
    assert page.links(".//nav[@class='onward']") == wanted


def test_the_words_of_the_text_are_not_touched(client, link):
    typed = '<p>他写道：href="/articles/1/" 与 src="/x"，见<a href="https://example.org/a">公告</a>。</p>'
    lead = Article.objects.get(headline="河埠路改造")
    Article.objects.filter(pk=lead.pk).update(body=typed)
    page = Parsed(client.get(f"{root(link)}articles/{lead.pk}/"))
    (text,) = page.texts(".//div[@class='prose']/p")
    assert text == '他写道：href="/articles/1/" 与 src="/x"，见公告。'
    assert page.links(".//div[@class='prose']") == ["https://example.org/a"]


def test_a_link_to_what_readers_see_leads_there(client, link):
    printed = Article.objects.published().get()
    answer = client.get(f"{root(link)}articles/{printed.pk}/")
    assert (answer.status_code, answer.url) == (302, printed.get_absolute_url())


def test_the_page_says_that_it_is_a_preview_and_names_no_public_address(client, link):
    for address in every_address(link)[:-1]:
        answer = client.get(address)
        page = Parsed(answer)
        (note,) = page.texts(".//aside[@class='note']")
        assert note.startswith("预览：本期尚未发布")
        assert page.meta("robots") == ["noindex"]
        assert page.meta("og:url") == page.meta("og:title") == page.meta("og:image") == []
        assert page.all(".//link[@rel='canonical']") == []
        assert "application/ld+json" not in answer.content.decode()


def test_nobody_keeps_it_finds_it_or_learns_its_address(client, link):
    for address in every_address(link):
        answer = client.get(address)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


def test_the_queries_of_a_preview_are_few_whatever_it_holds(
    client, link, django_assert_num_queries
):
    page = link.issue.pages.get(label="A1")
    for number in range(25):
        make_byline(article=make_article(page=page, status=Status.DRAFT), name=f"甲{number}")
    lead = Article.objects.get(headline="河埠路改造")
    for inner, many in (("", 6), ("A1/", 7), ("pages/", 6), (f"articles/{lead.pk}/", 9)):
        with django_assert_num_queries(many):
            client.get(root(link) + inner)


# Who may not, or no longer


def answers_of(client, link) -> set:
    return {
        (answer.status_code, answer.content, answer["Cache-Control"])
        for address in every_address(link)
        for answer in [client.get(address)]
    }


def test_ended_revoked_forged_and_unknown_links_are_the_same_404(client, link, issue):
    unknown = client.get("/nowhere/")
    same = {(404, unknown.content, "no-store")}
    uid, signature = previews.token(link).split(".")
    flipped = signature[:-1] + ("A" if signature[-1] != "A" else "B")
    made_up = ["x", ".", uid, f"{uid}.", f"{uid}.{flipped}", f"{uid}x.{signature}"]
    for forged in [*made_up, f"{uid}:{signature}", f"{'0' * 32}.{signature}"]:
        for inner in ("", "pages/", "A1/"):
            answer = client.get(f"/preview/{forged}/{inner}")
            assert (answer.status_code, answer.content) == (404, unknown.content), forged
    PreviewLink.objects.filter(pk=link.pk).update(ends_at=timezone.now())
    assert answers_of(client, link) == same
    fresh = previews.create_link(issue, by=link.made_by)
    previews.revoke(fresh, by=link.made_by)
    assert answers_of(client, fresh) == same
    PreviewLink.objects.filter(pk=fresh.pk).delete()
    assert answers_of(client, fresh) == same


def test_a_link_opens_its_own_issue_only(client, link):
    other = make_page(issue=make_issue(issued_on=date(2030, 1, 3), released_at=None), label="B1")
    secret = make_article(page=other, status=Status.DRAFT)
    photo = make_caption(article=secret).photo
    for inner in ("B1/", f"articles/{secret.pk}/", f"photos/{photo.uid}/wide.jpg", "Z9/"):
        assert client.get(root(link) + inner).status_code == 404


def test_readers_still_see_nothing_while_a_preview_is_read(client, link):
    previewed = [client.get(address) for address in every_address(link)]
    assert {answer.status_code for answer in previewed} == {200}
    for article in Article.objects.filter(page__issue=link.issue):
        assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(f"/{DAY}/").status_code == 404


def test_once_published_the_link_leads_to_the_paper(client, link):
    Issue.objects.filter(pk=link.issue_id).update(released_at=timezone.now())
    withdrawn = Article.objects.get(headline="龙舟下水")
    for inner in ("", "A1/", f"articles/{withdrawn.pk}/"):
        answer = client.get(root(link) + inner)
        assert (answer.status_code, answer.url) == (302, f"/{DAY}/")
        assert answer["Cache-Control"] == "private, no-store"


def test_a_link_ends_at_its_instant(link):
    assert link.ends_at - link.made_at - timedelta(hours=24) < timedelta(seconds=5)
    assert link.is_open(link.ends_at - timedelta(microseconds=1))
    assert not link.is_open(link.ends_at)


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_no_link_is_made_for_longer_than_a_week(issue, hours):
    with pytest.raises(MoveRefusedError):
        previews.create_link(issue, by=make_chief(), hours=hours)
    assert not PreviewLink.objects.exists()
