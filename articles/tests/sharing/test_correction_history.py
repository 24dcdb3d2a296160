"""The history of corrections of an article, and what the address of a withdrawn one says."""

import pytest

from articles import revisions
from articles.models import Correction, Revision
from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.workflow import transitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.make_chief()


@pytest.fixture
def article():
    factories.make_masthead(hotline="0519-12345678", email="desk@news.example")
    return factories.make_article(page=factories.make_page(), headline="社区食堂 今日开放")


def correct(article, chief, *, notice, **words) -> None:
    """Store other words of an article as its next revision, with a notice to readers."""
    first = revisions.ensure_revision(article)
    for name, value in words.items():
        setattr(article, name, value)
    article.save()
    copy = revisions.composed(article)
    revision = Revision.objects.create(
        article=article,
        number=first.number + 1,
        stored_copy=copy.as_json(),
        digest=copy.digest,
        change="corrected",
        status=article.status,
        made_by=chief,
    )
    type(article).objects.filter(pk=article.pk).update(version=revision.number)
    article.version = revision.number
    Correction.objects.create(article=article, revision=revision, notice=notice, made_by=chief)


def history(client, article) -> Parsed:
    response = client.get(f"{article.get_absolute_url()}corrections/")
    assert response.status_code == 200
    return Parsed(response)


def test_it_names_revisions_notices_and_what_changed_but_no_earlier_words(client, article, chief):
    correct(article, chief, notice="标题有误。", headline="社区食堂 明日开放")
    correct(article, chief, notice="副题有误。", deck="——共三处", dateline="本报讯")
    page = history(client, article)
    assert page.text(".//h1") == "更正记录"
    spans = page.texts(".//ol[@class='hits']//span")
    assert spans == ["A1 要闻", "刊出", "第 2 版", "改动： 主题", "第 3 版", "改动： 副题、电头"]
    notices = [text for text in page.texts(".//ol[@class='hits']/li/p") if "有误" in text]
    assert notices == ["标题有误。", "副题有误。"]
    assert (
        "今日开放" not in client.get(f"{article.get_absolute_url()}corrections/").content.decode()
    )


def test_an_article_without_corrections_says_so(client, article):
    assert "本文没有更正。" in history(client, article).texts(".//ol/li/p")


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_eight_queries(client, article, chief, count, django_assert_num_queries):
    for number in range(count):
        correct(article, chief, notice="有误。", headline=f"标题{number}")
    with django_assert_num_queries(8):
        history(client, article)


def test_a_corrected_article_leads_to_its_history(client, article, chief):
    address = article.get_absolute_url()
    assert f"{address}corrections/" not in client.get(address).content.decode()
    correct(article, chief, notice="标题有误。", headline="明日开放")
    page = Parsed(client.get(address))
    assert page.links(".//aside[@class='fix']") == [f"{address}corrections/"]


def test_a_withdrawn_article_tells_the_reason_that_readers_are_given_and_whom_to_ask(
    client, article, chief
):
    revisions.current(article)
    notes = {"note": "内部原因", "public_note": "主要事实有误，\n谨向读者致歉。"}
    transitions.move(article, "withdraw", by=chief, version=1, **notes)
    response = client.get(article.get_absolute_url())
    page = Parsed(response)
    assert page.texts(".//dl/dt") == ["刊发", "撤稿", "编辑部说明", "咨询与反映"]
    assert page.texts(".//dl/dd")[2:] == [
        "主要事实有误，谨向读者致歉。",
        "0519-12345678　desk@news.example　",
    ]
    assert "内部原因" not in response.content.decode()


def test_other_moves_keep_no_note_to_readers(article, chief):
    article.page = None
    article.position = None
    article.save()
    review = transitions.move(article, "hold", by=chief, public_note="不该保留")
    assert review.public_note == ""
