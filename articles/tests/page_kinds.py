"""A small archive with a page of every kind that readers meet."""

from datetime import date

from django.core.management import call_command

from articles import previews, revisions
from articles.lists.entries import follow
from articles.models import Article, Column, Correction, Genre, Status
from articles.workflow import transitions

from . import factories
from .facsimiles.making import make_facsimile

DENSE_ON = date(2024, 7, 29)
PARAGRAPH = (
    "工程分三段推进，先通水，再铺路，最后补种树木。附近居民前来办事，工作人员逐一作了解答。" * 3
)
HEADLINES = (
    "河埠路三处口袋公园开放",
    "全区排涝泵站完成汛前检修 十二个村（社区）装上水位仪",
    "社区食堂",
)


def make_every_kind() -> dict[str, str]:
    """Load the sample issue, make a dense one of four pages; return each kind's address."""
    call_command("loaddata", "sample_issue", verbosity=0)
    lead = make_dense_issue()
    photo = Article.objects.get(genre=Genre.PHOTO, page__issue__issued_on="2024-07-27")
    gone = lead.page.articles.get(position=6)
    chief = factories.make_chief()
    revision = revisions.current(lead)
    for notice in ("第二段“三处”应为“四处”。", "图片说明中的日期应为7月28日。"):
        Correction.objects.create(article=lead, revision=revision, notice=notice, made_by=chief)
    transitions.move(gone, "withdraw", by=chief, note="主要事实有误", version=0)
    printed = lead.page.issue.pages.get(label="A2")
    make_facsimile(printed, *printed.articles.order_by("position")[:2])
    waiting = factories.make_issue(issued_on=date(2024, 7, 30), released_at=None)
    planned = factories.make_article(page=factories.make_page(issue=waiting), status=Status.DRAFT)
    preview = f"/preview/{previews.token(previews.create_link(waiting, by=chief))}/"
    in_column = Article.objects.filter(column__isnull=False, headline__gt="").earliest("pk")
    return {
        "front of the sample": "/2024-07-27/",
        "front, dense": "/",
        "page": "/2024-07-27/A1/",
        "page, dense": "/2024-07-29/A1/",
        "printed page": "/2024-07-29/A2/",
        "whole issue": "/2024-07-27/pages/",
        "whole issue, dense": "/2024-07-29/pages/",
        "full text": "/2024-07-27/text/",
        "full text, dense": "/2024-07-29/text/",
        "article": in_column.get_absolute_url(),
        "article with everything": lead.get_absolute_url(),
        "photo article": photo.get_absolute_url(),
        "archive": "/archive/",
        "month": "/archive/2024/7/",
        "year": "/archive/2024/",
        "columns": "/columns/",
        "column": f"/columns/{Column.objects.earliest('pk').pk}/",
        "contributor": f"/contributors/{lead.bylines.first().contributor.pk}/",
        "tag": f"/tags/{lead.tags.first().pk}/",
        "corrections": "/corrections/",
        "history of corrections": f"{lead.get_absolute_url()}corrections/",
        "withdrawn": gone.get_absolute_url(),
        "preview": preview,
        "preview of an article": f"{preview}articles/{planned.pk}/",
        "about": "/about/",
        "search": "/search/",
        "result of a search": "/search/?q=%E6%B2%B3%E5%9F%A0%E8%B7%AF",
        "nothing found": "/search/?q=%E6%B2%A1%E6%9C%89 %E6%B2%B3&from=x",
        "feeds": "/feeds/",
        "front in traditional characters": "/hant/",
        "article in traditional characters": f"/hant{lead.get_absolute_url()}",
        "no connection": "/offline/",
        "nowhere": "/nowhere/",
        "day without a paper": "/2024-07-28/",
    }


def make_dense_issue() -> Article:
    """Make an issue of 25 articles and three photos on four pages; return its lead."""
    issue = factories.make_issue(issued_on=DENSE_ON)
    writer = factories.make_contributor()
    for label, name, count in (
        ("A1", "要闻", 13),
        ("A2", "民生", 6),
        ("A3", "", 5),
        ("A4", "副刊", 1),
    ):
        page = factories.make_page(issue=issue, label=label, name=name)
        for number in range(count):
            is_photo = label == "A1" and number in (1, 4, 8)
            article = factories.make_article(
                page=page,
                headline=HEADLINES[number % 3],
                dateline="本报讯",
                paragraphs=[PARAGRAPH] * 4,
                genre=Genre.PHOTO if is_photo else Genre.NEWS,
            )
            factories.make_byline(article=article, contributor=writer)
            if is_photo:
                factories.make_caption(article=article, photo=factories.make_photo(size=(600, 400)))
    return give_everything(Article.objects.get(page__issue=issue, page__label="A1", position=1))


def give_everything(article: Article) -> Article:
    """Give an article all that an article may have."""
    article.kicker, article.deck = "“家门口的公园”进入第三年——", "——今年再建九处，覆盖全部社区"
    article.column = factories.make_column(name="民生 实事")
    article.source = "云溪发布"
    article.body += (
        "<h2>先通水</h2><p>工程分三段推进，<strong>先通水</strong>，再铺路。"
        '详见<a href="https://example.org/">公告</a>。</p><blockquote><p>下楼就到。</p></blockquote>'
        "<ul><li><p>滨河步道</p></li><li><p>排涝泵站</p></li></ul><table><tbody>"
        "<tr><th>项目</th><th>数量</th></tr><tr><td>公园</td><td>3</td></tr></tbody></table>"
    )
    article.save()
    factories.make_byline(article=article, role="通讯员", name="周一鸣")
    factories.make_caption(
        article=article, photo=factories.make_photo(size=(600, 900)), words="开放当天。"
    )
    factories.make_caption(article=article, photo=factories.make_photo(size=(900, 600)))
    article.tags.add("民生", "公园")
    follow([article.pk])
    return article
