"""What goes out of the archive comes in again identical, and what came in goes out."""

import hashlib
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import revisions
from articles.archive.format import fields
from articles.content import article_html, figures
from articles.content.copy import BylineText, Copy
from articles.editing import saving
from articles.models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Issue,
    ListEntry,
    ListYear,
    Page,
    Photo,
    Release,
    Review,
    Revision,
    SearchEntry,
    Status,
    Tagging,
)
from articles.tests.archive_records import TABLES, exported, parse_rows, row, run, stored, written
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
from articles.tests.query_cost import LEDGER, SAVEPOINT
from articles.tests.strategies import CHARACTERS, LINES, PARAGRAPHS

pytestmark = pytest.mark.django_db
ROWS = [SearchEntry, ListEntry, ListYear, Release, Review, Tagging, Caption, Byline, Revision]
ROWS += [Article, Page, Issue, Photo]
ROWS += [Column, Contributor, Tagging._meta.get_field("tag").related_model]


def wipe() -> None:
    """Delete the paper, also what is never deleted otherwise."""
    with connection.cursor() as cursor:
        for model in ROWS:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def everything() -> dict:
    """Return all that an archive keeps of the paper: words, metadata, places, pages, issues."""
    return {
        "issues": list(Issue.objects.values("issued_on", "edition", *fields.names(fields.ISSUE))),
        "pages": list(
            Page.objects.values(
                *("issue__issued_on", "issue__edition", "label"), *fields.names(fields.PAGE)
            )
        ),
        "articles": {str(each.uid): parts(each) for each in Article.objects.exclude(page=None)},
        "photos": {str(each.uid): picture(each) for each in Photo.objects.all()},
    }


def parts(article: Article) -> tuple:
    links = article.bylines.order_by("position").values_list(
        "contributor__name", "contributor__distinction"
    )
    return (
        revisions.read(article).as_json(),
        str(article.page),
        article.position,
        fields.values_of(fields.ARTICLE, article),
        list(links),
    )


def picture(photo: Photo) -> tuple:
    with photo.file.open() as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    who = photo.contributor and str(photo.contributor)
    return digest, fields.values_of(fields.PHOTO, photo) | {"contributor": who}, photo.width


def full_paper() -> None:
    """Make two issues with everything that the desk can store."""
    issue = make_issue(issued_on=date(2019, 10, 1), serial=9, released_at=None)
    extra = make_issue(issued_on=date(2019, 10, 1), edition=2, released_at=None)
    front = make_page(
        issue=issue,
        editor="王编",
        designer="李版",
        proofreader="张校",
        planned=9,
        planned_length=3500,
    )
    make_page(issue=issue, label="A10", name="广告")
    back = make_page(issue=extra, label="1", name="")
    writer = make_contributor(name="张可馨", distinction="要闻部")
    photo = make_photo(
        contributor=writer,
        taken_on=date(2019, 9, 30),
        place="河埠路",
        rights="本报所有",
        rights_until=date(2029, 9, 30),
        only_article_id="7f0f7f56-97a2-4c43-a9f1-d7f4f2f0a5c1",
        words="第一行\n第二行",
        people="王甲、李乙",
        keywords="民生、水利",
        generated="composite",
        generated_mark="AIGC Label=1",
        focus="0.25x0.75",
        crops={"square": [0.1, 0, 0.9, 0.8]},
    )
    lead = make_article(
        page=front,
        dateline="本报讯",
        rank=1,
        column=make_column(),
        kicker="引题",
        deck="副题",
        body=article_html.sanitize(
            "<p>昨天。</p><h2>小题</h2><ul><li>一<li>二</ul><p>行一<br>行二，10<sup>8</sup>个</p>"
            "<ol start=3 type=A><li>三<li value=7>七</ol>" + figures.figure_html(str(photo.uid))
        ),
    )
    make_byline(article=lead, contributor=writer)
    make_byline(article=lead, role="通讯员", name="周一鸣")
    make_caption(article=lead, photo=photo, credit="张可馨 摄")
    make_caption(article=lead, words="第一行\n第二行")
    lead.tags.add("民生", "水利")
    typed = ["本报讯（记者 张可馨）这是字。", "　　缩进", "", "1 < 2 & 3 &amp; 4"]
    make_article(page=front, position=4, paragraphs=typed)
    make_article(page=front, position=5, dateline="新华社北京电", body="", genre="document")
    make_article(page=front, position=6, dateline="本报讯", body="<h2>先是小题</h2><p>文</p>")
    make_article(page=back, headline="", genre="photo", source="新华社", paragraphs=["图说。"])
    bylined = make_article(page=back, dateline="", status=Status.DRAFT)
    make_byline(article=bylined, role="摄", name="徐芊卉", contributor=writer)


def test_the_full_paper_has_a_value_in_every_field_of_an_archive():
    full_paper()
    for model, kinds in TABLES.items():
        rows = list(model.objects.all())
        for field in kinds:
            values = [getattr(row, field.name) for row in rows]
            assert any(not field.is_empty(value) for value in values), (
                f"{model.__name__}.{field.name}: give it a value in full_paper()"
            )


def test_what_the_desk_can_store_comes_back_identical_from_an_archive(tmp_path):
    full_paper()
    before = everything()
    folder = tmp_path / "pictures"
    options = ("--photos", folder)
    run("export_archive", tmp_path / "a.jsonl.gz", "--all", *options)
    wipe()
    assert run("import_archive", tmp_path / "a.jsonl.gz", *options)[0] == 0
    assert everything() == before
    run("export_archive", tmp_path / "b.jsonl.gz", "--all")
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert len(before["articles"]) == 6 and len(list(folder.iterdir())) == 2


def test_the_sample_issue_comes_back_identical_and_public(tmp_path):
    call_command("loaddata", "sample_issue", verbosity=0)
    before, folder = everything(), tmp_path / "pictures"
    run("export_archive", tmp_path / "a.jsonl", "--photos", folder)
    wipe()
    status, _out, err = run(
        "import_archive", tmp_path / "a.jsonl", "--photos", folder, release=True
    )
    assert (status, err) == (0, "")
    assert everything() == before
    assert Article.objects.published().count() == 5
    run("export_archive", tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_an_article_saved_on_the_desk_goes_out_and_in_unchanged(tmp_path):
    page = make_page(issue=make_issue(released_at=None))
    typed = saving.Submission(
        Copy(
            headline="河埠路通车",
            dateline="本报讯",
            bylines=(BylineText("记者", "张可馨"), BylineText("记者", "周一鸣")),
            body=article_html.sanitize("<p>　　昨天通车。</p><p>“今天走得快。”</p>"),
            tags=("交通",),
        ),
        {"page": page.pk, "genre": "news", "rank": 2, "source": ""},
    )
    saving.create(Article(genre="news", rank=2), typed, by=make_chief())
    before = everything()
    [only] = exported(tmp_path, "--all")
    assert only["paragraphs"][0] == "本报讯（记者 张可馨 周一鸣）昨天通车。"
    wipe()
    run("import_archive", tmp_path / "out.jsonl")
    assert everything() == before


def test_only_what_readers_see_goes_out_unless_all_is_asked_for(tmp_path):
    page = make_page()
    make_article(page=page, headline="公开的")
    for status in (Status.WITHDRAWN, Status.DRAFT, Status.SPIKED, Status.HELD):
        make_article(page=page, status=status, headline=status)
    make_article(page=make_page(issue=make_issue(issued_on=date(2024, 7, 28), released_at=None)))
    make_article(headline="不在版上的")
    assert [each.get("headline") for each in exported(tmp_path)] == ["公开的"]
    found = [each["headline"] for each in exported(tmp_path, "--all")]
    assert (found[:2], len(found)) == (["公开的", "draft"], 3)


def test_the_days_that_go_out_can_be_chosen(tmp_path):
    for day in range(1, 6):
        make_article(page=make_page(issue=make_issue(issued_on=date(2024, 7, day))))
    chosen = exported(tmp_path, "--from", "2024-07-02", "--to", "2024-07-04")
    assert [each["date"] for each in chosen] == ["2024-07-02", "2024-07-03", "2024-07-04"]


def test_an_issue_goes_out_with_as_many_queries_whatever_it_holds(
    tmp_path, django_assert_num_queries
):
    for order in range(1, 30):
        make_byline(
            article=make_article(page=make_page(label=f"A{order}"))
            if order == 1
            else make_article(page=Page.objects.first(), position=order)
        )
    with django_assert_num_queries(9 + SAVEPOINT + LEDGER):
        assert len(exported(tmp_path)) == 29


examples = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
rows = st.builds(
    row,
    kicker=LINES,
    headline=LINES,
    deck=LINES,
    paragraphs=PARAGRAPHS,
    page=st.integers(1, 30) | st.from_regex(r"[A-Z]{1,3}[0-9]{1,3}", fullmatch=True),
    order=st.integers(1, 9999),
    tags=st.lists(st.text(CHARACTERS, min_size=1, max_size=20), max_size=3),
)


def place(each: dict) -> tuple:
    [record] = parse_rows(each)
    return record.place


@pytest.mark.slow
@examples
@given(found=st.lists(rows, min_size=1, max_size=8, unique_by=place))
def test_any_words_survive_the_database(tmp_path, found):
    with transaction.atomic():
        stored(*found)
        out = exported(tmp_path, "--all")
        transaction.set_rollback(True)
    seven = list(row())
    chosen = {place(each): {name: each[name] for name in seven} for each in found}
    assert {place(each): {name: each[name] for name in seven} for each in out} == chosen
    assert [each.get("tags", []) for each in sorted(out, key=place)] == [
        sorted(set(each["tags"])) for each in sorted(found, key=place)
    ]


@examples
@given(found=st.lists(rows, min_size=1, max_size=8, unique_by=place))
def test_an_archive_of_any_words_is_the_same_file_after_a_wipe(tmp_path, found):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    with transaction.atomic():
        run("import_archive", written(tmp_path / "in.jsonl", found))
        run("export_archive", first, "--all")
        wipe()
        assert run("import_archive", first)[0] == 0
        run("export_archive", second, "--all")
        transaction.set_rollback(True)
    assert first.read_bytes() == second.read_bytes() != b""
