"""Rows for tests: each function makes one thing with plausible defaults, keyword-only."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from PIL import Image

from articles.content import article_html
from articles.lists.entries import follow
from articles.models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Issue,
    Masthead,
    Member,
    Page,
    Photo,
    SourceDocument,
    Status,
)

PAST = datetime(2024, 7, 26, 22, 0, tzinfo=UTC)
numbers = count(1)


def make_masthead(*, name="云溪日报", valid_from=date(2000, 1, 1), **facts) -> Masthead:
    return Masthead.objects.create(name=name, valid_from=valid_from, **facts)


def make_issue(*, issued_on=date(2024, 7, 27), released_at=PAST, **facts) -> Issue:
    """Make an issue that readers see, unless `released_at` says otherwise."""
    return Issue.objects.create(issued_on=issued_on, released_at=released_at, **facts)


def make_page(*, issue=None, label="A1", name="要闻", **facts) -> Page:
    return Page.objects.create(issue=issue or make_issue(), label=label, name=name, **facts)


def make_article(*, page=None, position=None, status=Status.SIGNED, paragraphs=None, **facts):
    """Make a signed article; on a page it takes the next free place."""
    number = next(numbers)
    facts.setdefault("headline", f"云溪区第{number}个便民服务点启用")
    facts.setdefault(
        "body",
        article_html.html_from_paragraphs(
            paragraphs
            or [
                f"昨天上午，云溪区第{number}个便民服务点在河埠路启用。附近居民前来办事。",
                "服务点设有八个窗口，可以办理六十项业务。区里计划年内再建三个。",
            ]
        ),
    )
    if page and position is None:
        position = page.articles.count() + 1
    article = Article.objects.create(page=page, position=position, status=status, **facts)
    if page and article.column_id:
        follow([article.pk])
    return article


def make_byline(*, article, role="记者", name="林晓禾", position=None, **facts) -> Byline:
    position = position or article.bylines.count() + 1
    facts |= {"role": role, "name": name, "position": position}
    byline = Byline.objects.create(article=article, **facts)
    if article.page_id:
        follow([article.pk])
    return byline


def make_contributor(*, name="林晓禾", **facts) -> Contributor:
    return Contributor.objects.create(name=name, **facts)


def make_column(*, name="民生实事", **facts) -> Column:
    return Column.objects.create(name=name, **facts)


def image_bytes(*, size=(60, 40), colour="grey", format="JPEG", **options) -> bytes:
    """Return a small picture as a file's bytes."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, format, **options)
    return buffer.getvalue()


def make_photo(*, size=(60, 40), credit="周一鸣 摄", alt="灰色的方块", **facts) -> Photo:
    photo = Photo(credit=credit, alt=alt, **facts)
    photo.file.save("sender.jpg", ContentFile(image_bytes(size=size)), save=False)
    photo.save()
    return photo


def make_caption(*, article, photo=None, words="新启用的服务点。", position=None, **facts):
    return Caption.objects.create(
        article=article,
        photo=photo or make_photo(),
        words=words,
        position=position or article.captions.count() + 1,
        **facts,
    )


def make_source_document(article, *, by, name="稿件.txt", words="书画馆开馆"):
    data = words.encode()
    row = SourceDocument(article=article, name=name, size=len(data), uploaded_by=by)
    row.file.save(name, ContentFile(data), save=False)
    row.save()
    return row


def make_member(*, username, name="", password="correct horse battery", **facts) -> Member:
    return Member.objects.create_user(username, name=name, password=password, **facts)


def make_chief(*, username="zongbian", name="", **facts) -> Member:
    """Make a member of the desk who was given every right over the paper."""
    member = make_member(username=username, name=name, is_staff=True, **facts)
    rights = Permission.objects.filter(content_type__app_label="articles")
    member.user_permissions.set(rights)
    return member


SENTENCE = "昨天上午，云溪区新设的便民服务点在河埠路启用，附近居民前来办事。"


def make_full_page(*, page, count):
    """Fill a page with long articles, each with a byline and a picture."""
    for _ in range(count):
        article = make_article(page=page, dateline="本报讯", paragraphs=[SENTENCE] * 30)
        make_byline(article=article)
        make_caption(article=article)
