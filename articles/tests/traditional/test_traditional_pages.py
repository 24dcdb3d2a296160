"""Readers' pages under /hant/: the same pages, their names as printed, linked both ways."""

import pytest

from articles import revisions
from articles.models import Article, Byline, ProtectedName, Status
from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.tests.page_kinds import make_every_kind
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture
def article():
    factories.make_masthead(name="云溪日报")
    page = factories.make_page(name="要闻", editor="余谷里")
    article = factories.make_article(
        page=page,
        headline="头发与发展",
        dateline="本报讯",
        paragraphs=["余范松后来发展，后塍在房屋里面。"],
    )
    factories.make_byline(article=article, name="余范松")
    factories.make_caption(
        article=article, photo=factories.make_photo(credit="于干 摄", alt="里面"), words="发展。"
    )
    return article


def read(client, path: str, status=200) -> Parsed:
    response = client.get(path)
    assert response.status_code == status
    return Parsed(response)


def test_an_article_is_converted_its_names_as_printed(client, article):
    page = read(client, f"/hant{article.get_absolute_url()}")
    assert page.root.get("lang") == "zh-Hant"
    assert page.text(".//h1") == "頭髮與發展"
    assert page.texts(".//p[@class='by']/span")[0] == "記者 余范松"
    assert page.text(".//div[@class='prose']/p") == (
        "本報訊（記者 余范松）余范松後來發展，後塍在房屋裡面。"
    )
    assert page.text(".//span[@class='credit']") == "于干 攝"
    assert [image.get("alt") for image in page.all(".//main//img")] == ["裡面"]
    assert "責任編輯：余谷里" in page.texts(".//footer[@class='src']/p")
    assert page.meta("og:title") == ["頭髮與發展"]
    assert '"name":"余范松"' in page.text(".//script[@type='application/ld+json']")


def test_what_is_taken_along_is_in_the_same_characters(client, article):
    day = article.page.issue.url_key
    (button,) = read(client, f"/hant/{day}/").all(".//button[@data-takes-along]")
    taken = (button.get("data-takes-along"), button.get("data-issue"))
    assert taken == (f"/hant/{day}/pages/", f"/hant/{day}/")


def test_what_is_stored_stays_as_printed(client, article):
    client.get(f"/hant{article.get_absolute_url()}")
    assert Article.objects.get().headline == "头发与发展"


def test_the_list_of_the_desk_protects_names_and_gives_them_forms(client, article):
    ProtectedName.objects.create(name="后塍")
    ProtectedName.objects.create(name="余范松", traditional="余範松")
    page = read(client, f"/hant{article.get_absolute_url()}")
    assert page.text(".//div[@class='prose']/p") == (
        "本報訊（記者 余範松）余範松後來發展，后塍在房屋裡面。"
    )


def test_a_contributor_keeps_the_name_on_the_own_page_and_elsewhere(client, article):
    short = factories.make_contributor(name="于里")
    factories.make_byline(article=article, name="于里", contributor=short)
    page = read(client, f"/hant{short.get_absolute_url()}")
    assert page.text(".//h1") == "于里"
    factories.make_contributor(name="范郁谷")
    Article.objects.update(deck="范郁谷发展")
    assert "范郁谷發展" in read(client, "/hant/2024-07-27/pages/").texts(".//p[@class='deck']")


def test_both_scripts_name_each_other(client, article):
    path = article.get_absolute_url()
    for prefix, other in (("", f"/hant{path}"), ("/hant", path)):
        page = read(client, prefix + path)
        (canonical,) = page.all(".//link[@rel='canonical']")
        assert canonical.get("href") == SITE + prefix + path
        assert page.meta("og:url") == [SITE + prefix + path]
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.all(".//link[@hreflang]")
        }
        assert alternates == {"zh-Hans": SITE + path, "zh-Hant": f"{SITE}/hant{path}"}
        assert other in page.links(".//footer[@class='foot']")


def test_links_inside_stay_in_the_script_and_files_are_shared(client, article):
    page = read(client, "/hant/")
    inside = [link for link in page.links(".//main") if link.startswith("/")]
    assert inside
    assert all(link.startswith("/hant/") for link in inside)
    (style, *_) = page.all(".//link[@rel='stylesheet']")
    assert style.get("href").startswith("/static/")


def test_the_second_part_of_a_list_leads_to_itself_in_the_other_script(client):
    column = factories.make_column()
    page = factories.make_page()
    for _ in range(31):
        factories.make_article(page=page, column=column)
    last = Article.objects.order_by("pk")[29]
    path = f"{column.get_absolute_url()}?after={last.pk}"
    assert f"/hant{path}" in read(client, path).links(".//footer[@class='foot']")
    assert path in read(client, f"/hant{path}").links(".//footer[@class='foot']")


def test_every_kind_of_page_has_the_status_that_it_has_in_simplified_characters(client):
    kinds = {
        kind: path
        for kind, path in make_every_kind().items()
        if not path.startswith(("/preview/", "/hant/")) and kind not in ("nowhere", "no connection")
    }
    statuses = {kind: client.get(path).status_code for kind, path in kinds.items()}
    answers = {kind: client.get(f"/hant{path}") for kind, path in kinds.items()}
    assert {kind: answer.status_code for kind, answer in answers.items()} == statuses
    assert {Parsed(answer).root.get("lang") for answer in answers.values()} == {"zh-Hant"}


def test_what_is_hidden_or_withdrawn_stays_so(client, article):
    draft = factories.make_article(page=article.page, status=Status.DRAFT)
    read(client, f"/hant{draft.get_absolute_url()}", 404)
    revisions.current(article)
    transitions.move(article, "withdraw", by=factories.make_chief(), note="错", version=1)
    page = read(client, f"/hant{article.get_absolute_url()}", 410)
    assert page.text(".//h1") == "本文已撤稿"


def test_a_missing_slash_leads_on_within_the_script(client, article):
    response = client.get("/hant/2024-07-27")
    assert (response.status_code, response["Location"]) == (301, "/hant/2024-07-27/")


def test_it_may_be_kept_a_minute_like_the_rest(client, article):
    response = client.get("/hant/")
    assert response["Cache-Control"] == "public, max-age=60"
    etag = response["ETag"]
    assert client.get("/hant/", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("many", [1, 25])
def test_it_takes_five_queries_more(client, article, many, django_assert_num_queries):
    Byline.objects.all().delete()
    for number in range(many):
        contributor = factories.make_contributor(name=f"余谷{number}")
        factories.make_byline(article=article, name=contributor.name, contributor=contributor)
        factories.make_caption(article=article)
    with django_assert_num_queries(8 + 5):
        client.get(f"/hant{article.get_absolute_url()}")
