"""JSON beside the pages: an article as ninjs, its line of the archive, an issue."""

import json

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from articles.archive.format.reader import parse_record
from articles.archive.format.records import SourceLine
from articles.models import Article, Contributor, Genre, Page, Photo, Status
from articles.tests import factories
from articles.tests.source_tree import ROOT

from .feed_asking import correct, withdraw

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((ROOT / "articles/tests/samples/ninjs-3.1.json").read_text())
CHECKER = Draft202012Validator.FORMAT_CHECKER
NINJS = validator_for(SCHEMA)(SCHEMA, format_checker=CHECKER)


def ninjs(client, article) -> dict:
    response = client.get(f"/articles/{article.pk}.json")
    assert response.status_code == 200
    found = response.json()
    assert [error.message for error in NINJS.iter_errors(found)] == []
    return found


def test_an_article_is_told_as_ninjs(client, paper):
    Article.objects.update(changed_at=factories.PAST)
    correct(paper)
    found, photo = ninjs(client, paper), Photo.objects.get()
    site, pictures = "http://testserver", f"http://testserver/photos/{photo.uid}"
    assert found.pop("bodies") == [
        {
            "role": "main",
            "contentType": "text/plain",
            "charCount": 34,
            "value": "本报讯（记者 张可馨 实习生 徐帆）昨天，三处公园开放。\n3\n余下的年内建成。",
        },
        {
            "role": "richtext",
            "contentType": "text/html",
            "value": "<p><b>本报讯</b>（记者 张可馨 实习生 徐帆）昨天，"
            '<a href="http://testserver/articles/1/">三处</a>公园开放。</p>'
            "<table><tr><td>3</td></tr></table>"
            f'<figure><img src="{pictures}/wide.jpg" alt="灰色的方块" width="60" height="40">'
            "<figcaption>开放当天 &amp; “人”多。 周一鸣 摄</figcaption></figure>"
            "<p>余下的年内建成。</p>",
        },
    ]
    assert found.pop("associations") == [
        {
            "name": "开放当天 & “人”多。",
            "uri": f"urn:uuid:{photo.uid}",
            "type": "picture",
            "rel": "illustration",
            "by": "周一鸣 摄",
            "descriptions": [
                {"role": "caption", "value": "开放当天 & “人”多。"},
                {"role": "alternative", "value": "灰色的方块"},
            ],
            "renditions": [
                {
                    "name": name,
                    "href": f"{pictures}/{rendition}.jpg",
                    "contentType": "image/jpeg",
                    "width": 60,
                    "height": 40,
                }
                for name, rendition in (
                    ("web", "wide"),
                    ("preview", "small"),
                    ("thumbnail", "preview"),
                )
            ],
        }
    ]
    contributor = paper.bylines.first().contributor
    assert found == {
        "uri": f"urn:uuid:{paper.uid}",
        "type": "text",
        "representationType": "full",
        "version": str(Article.objects.get().version),
        "firstCreated": "2024-07-27T06:00:00+08:00",
        "versionCreated": "2024-07-28T09:20:00+08:00",
        "pubStatus": "usable",
        "language": "zh-Hans",
        "title": "河埠路三处口袋公园开放 <b>",
        "by": "记者 张可馨 实习生 徐帆",
        "headlines": [
            {"role": "main", "value": "河埠路三处口袋公园开放 <b>"},
            {"role": "kicker", "value": "家门口"},
        ],
        "descriptions": [
            {
                "role": "summary",
                "contentType": "text/plain",
                "value": "昨天，三处公园开放。余下的年内建成。",
            },
            {
                "role": "correction",
                "contentType": "text/plain",
                "value": "更正（2024-07-28 09:20）：“三处”应为“四处”。",
            },
        ],
        "people": [
            {
                "name": "张可馨",
                "rel": "author",
                "uri": site + contributor.get_absolute_url(),
                "literal": "记者",
            },
            {"name": "徐帆", "rel": "author", "literal": "实习生"},
        ],
        "infoSources": [{"name": "云溪发布", "role": "source"}],
        "subjects": [
            {"name": "要闻", "rel": "section"},
            {"name": "民生实事", "rel": "column", "uri": site + paper.column.get_absolute_url()},
            {"name": "公园", "rel": "keyword", "uri": f"{site}/tags/{paper.tags.get().pk}/"},
        ],
        "genres": [{"name": "消息", "literal": "news"}],
        "renditions": [
            {"name": "page", "href": f"{site}/articles/{paper.pk}/", "contentType": "text/html"},
            {
                "name": "archive",
                "href": f"{site}/articles/{paper.pk}.archive.json",
                "contentType": "application/json",
            },
        ],
        "altIds": [{"role": "printed", "value": "2024-07-27/A1/1"}],
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
        },
    }


def test_a_photo_by_a_program_of_an_organisation_is_told_as_such(client, paper):
    Photo.objects.update(generated="generated", width=None, height=None, alt="", credit="")
    Contributor.objects.update(is_organisation=True)
    Article.objects.update(genre=Genre.PHOTO, headline="", source="")
    found = ninjs(client, paper)
    assert found["type"] == "picture"
    assert found["headlines"] == [{"role": "kicker", "value": "家门口"}]
    assert [each["name"] for each in found["organisations"]] == ["张可馨"]
    assert found["infoSources"] == [{"name": "云溪日报", "role": "source"}]
    assert found["associations"][0]["digitalSourceType"] == {
        "name": "AI 生成",
        "uri": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    }


def test_the_schema_refuses_what_ninjs_does_not_know():
    uri = {"uri": "urn:x:1"}
    wrong = ({"title": "x"}, uri | {"headline": "x"}, uri | {"type": "news"})
    assert [bool(list(NINJS.iter_errors(each))) for each in (uri, *wrong)] == [False] + [True] * 3


@pytest.mark.parametrize("many", [1, 25])
def test_json_takes_the_same_queries_whatever_it_holds(
    client, paper, django_assert_num_queries, many
):
    for _ in range(many - 1):
        factories.make_caption(article=paper)
        factories.make_byline(article=paper)
        factories.make_article(page=paper.page)
    for path, count in (
        (f"/articles/{paper.pk}.json", 6),
        (f"/articles/{paper.pk}.archive.json", 4),
        ("/2024-07-27.json", 4),
    ):
        with django_assert_num_queries(count):
            assert client.get(path).status_code == 200


# The line of the archive


def test_the_line_of_the_archive_can_be_imported(client, paper):
    response = client.get(f"/articles/{paper.pk}.archive.json")
    record = parse_record(response.content.rstrip(b"\n"), SourceLine())
    assert (record.issued_on.isoformat(), record.place) == ("2024-07-27", ("A1", 1))
    assert (record.uid, record.copy.headline) == (str(paper.uid), paper.headline)
    assert record.copy.body == paper.body
    assert [row.name for row in record.copy.bylines] == ["张可馨", "徐帆"]


def test_the_line_holds_nothing_of_the_desk(client, paper):
    secret = "只供编辑部"
    Photo.objects.update(
        words=secret, rights=secret, people=secret, keywords=secret, place=secret, alt="公开"
    )
    Page.objects.update(planned=7, planned_length=7_654_321)
    Contributor.objects.update(distinction=secret)
    text = client.get(f"/articles/{paper.pk}.archive.json").content.decode()
    assert "公开" in text
    assert secret not in text and "planned" not in text


# Issues


def test_an_issue_is_told_with_its_pages_and_articles(client, paper):
    factories.make_page(issue=paper.page.issue, label="A10", name="副刊", editor="周一鸣")
    factories.make_article(page=paper.page, status=Status.DRAFT)
    site = "http://testserver"
    assert client.get("/2024-07-27.json").json() == {
        "paper": "云溪日报",
        "date": "2024-07-27",
        "edition": 1,
        "title": "2024年7月27日",
        "url": f"{site}/2024-07-27/",
        "released_at": "2024-07-27T06:00:00+08:00",
        "pages": [
            {
                "label": "A1",
                "name": "要闻",
                "url": f"{site}/2024-07-27/A1/",
                "articles": [
                    {
                        "uri": f"urn:uuid:{paper.uid}",
                        "title": "河埠路三处口袋公园开放 <b>",
                        "kicker": "家门口",
                        "headline": "河埠路三处口袋公园开放 <b>",
                        "genre": "news",
                        "column": "民生实事",
                        "position": 1,
                        "length": 19,
                        "url": f"{site}/articles/{paper.pk}/",
                        "json": f"{site}/articles/{paper.pk}.json",
                    }
                ],
            },
            {"label": "A10", "name": "副刊", "editor": "周一鸣", "url": f"{site}/2024-07-27/A10/"},
        ],
    }


# What is not there


def test_what_was_withdrawn_is_a_problem_of_410(client, paper):
    withdraw(paper, public_note="来稿内容不实。")
    for path in (f"/articles/{paper.pk}.json", f"/articles/{paper.pk}.archive.json"):
        response = client.get(path)
        assert response.status_code == 410
        assert response["Content-Type"] == "application/problem+json"
        assert response["Cache-Control"] == "no-store"
        assert response["Access-Control-Allow-Origin"] == "*"
        told = response.json()
        assert told.pop("withdrawn_at").endswith("+08:00")
        assert told == {
            "title": "已撤下",
            "status": 410,
            "detail": "这篇稿件已撤下。",
            "uri": f"urn:uuid:{paper.uid}",
            "note": "来稿内容不实。",
        }


def test_what_is_not_public_and_what_never_was_are_the_same(client, paper):
    draft = factories.make_article(page=paper.page, status=Status.DRAFT)
    factories.make_issue(issued_on="2031-05-06", released_at=None)
    tails = (".json", ".archive.json")
    pairs = [(f"/articles/{draft.pk}{tail}", f"/articles/0{tail}") for tail in tails]
    pairs.append(("/2031-05-06.json", "/2031-05-07.json"))
    for hidden, never in pairs:
        answers = [client.get(hidden), client.get(never)]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].content == answers[1].content
        assert answers[0].json()["detail"] == "没有这篇稿件或这一期报纸。"
    assert client.get("/2024-02-31.json").status_code == 404
