"""Citations: one line, BibTeX, RIS; no sign of a title can break out of its field."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import revisions
from articles.sharing.citation import BIBTEX, Citation, authors_of
from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.workflow import transitions

ANY = st.text(max_size=40)
FIELD = re.compile(r"  (\w+) = (\w+|\{.*\}),")
WRITTEN = {written: sign for sign, written in ((chr(k), v) for k, v in BIBTEX.items())}


def citation(**facts) -> Citation:
    known = {
        "number": 12,
        "paper": "云溪日报",
        "day": date(2024, 7, 27),
        "page": "A1",
        "authors": ("徐梦超", "徐帆"),
        "title": "社区食堂今日开放",
        "address": "https://news.example/articles/12/",
    }
    return Citation(**known | facts)


def one_line(text: str) -> str:
    return " ".join(text.split())


def without_escapes(text: str) -> str:
    """Return what BibTeX prints of an escaped text."""
    escaped = sorted(map(re.escape, WRITTEN), key=len, reverse=True)
    return re.sub("|".join(escaped), lambda found: WRITTEN[found[0]], text)


def is_balanced(text: str) -> bool:
    """Tell whether every brace of a text is closed, and none before it is opened."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def test_the_line_is_that_of_the_national_standard():
    assert citation().line == (
        "徐梦超, 徐帆. 社区食堂今日开放[N]. 云溪日报, 2024-07-27(A1). "
        "https://news.example/articles/12/"
    )


def test_bibtex_is_written_whole():
    assert citation().bibtex() == (
        "@article{article12,\n"
        "  author = {{徐梦超} and {徐帆}},\n"
        "  title = {{社区食堂今日开放}},\n"
        "  journal = {云溪日报},\n"
        "  year = {2024},\n"
        "  month = jul,\n"
        "  day = {27},\n"
        "  pages = {A1},\n"
        "  url = {https://news.example/articles/12/},\n"
        "  langid = {chinese},\n"
        "}\n"
    )


def test_ris_is_written_whole():
    assert citation().ris().split("\r\n") == [
        "TY  - NEWS",
        "AU  - 徐梦超",
        "AU  - 徐帆",
        "TI  - 社区食堂今日开放",
        "T2  - 云溪日报",
        "PY  - 2024",
        "DA  - 2024/07/27",
        "SP  - A1",
        "LA  - zh",
        "UR  - https://news.example/articles/12/",
        "ER  - ",
        "",
    ]


def test_without_an_author_none_is_named():
    assert "author" not in citation(authors=()).bibtex()
    assert "AU  -" not in citation(authors=()).ris()
    assert citation(authors=()).line.startswith("社区食堂")


@given(ANY, ANY.filter(str.strip), ANY)
def test_bibtex_holds_every_text_and_nothing_breaks_out(title, author, paper):
    entry = citation(title=title, authors=(author, author), paper=paper).bibtex()
    lines = entry.split("\n")
    assert (lines[0], lines[-2:]) == ("@article{article12,", ["}", ""])
    fields = {found[1]: found[2] for found in map(FIELD.fullmatch, lines[1:-2])}
    assert len(fields) == len(lines) - 3
    assert all(map(is_balanced, fields.values()))
    assert without_escapes(fields["title"][2:-2]) == one_line(title)
    assert without_escapes(fields.get("journal", "{}")[1:-1]) == one_line(paper)
    name = without_escapes(fields["author"][1:-1].removeprefix("{").split("} and {")[0])
    assert one_line(author).startswith(name)


@given(ANY, ANY.filter(str.strip))
def test_ris_holds_every_text_and_nothing_breaks_out(title, author):
    record = citation(title=title, authors=(author,)).ris()
    lines = record.split("\r\n")
    assert (len(lines), record.splitlines()) == (11, lines[:-1])
    assert lines[1:3] == [f"AU  - {one_line(author)}", f"TI  - {one_line(title)}"]


@pytest.mark.django_db
def test_authors_are_the_bylines_else_the_credits_else_the_source():
    article = factories.make_article()
    assert authors_of([], "新华社") == ("新华社",)
    photographer = factories.make_byline(article=article, role="摄", name="周一鸣")
    assert authors_of([photographer], "") == ("周一鸣",)
    writer = factories.make_byline(article=article)
    assert authors_of([photographer, writer], "新华社") == ("林晓禾",)
    assert authors_of([], "") == ()


@pytest.fixture
def article(db):
    factories.make_masthead()
    article = factories.make_article(page=factories.make_page(), headline="社区食堂 今日开放")
    factories.make_byline(article=article)
    return article


def test_the_page_of_an_article_offers_its_citation(client, article):
    page = Parsed(client.get(article.get_absolute_url()))
    address = article.get_absolute_url()
    assert page.text(".//p[@id='citation']") == (
        f"林晓禾. 社区食堂 今日开放[N]. 云溪日报, 2024-07-27(A1). http://testserver{address}"
    )
    assert page.links(".//details[@class='cite']") == [f"{address}cite.bib", f"{address}cite.ris"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("cite.bib", "application/x-bibtex"), ("cite.ris", "application/x-research-info-systems")],
)
def test_the_files_are_sent_with_a_name(client, article, name, kind, django_assert_num_queries):
    with django_assert_num_queries(6):
        response = client.get(f"{article.get_absolute_url()}{name}")
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    extension = name.partition(".")[2]
    expected = f'attachment; filename="article-{article.pk}.{extension}"'
    assert response["Content-Disposition"] == expected
    assert "社区食堂 今日开放" in response.content.decode()


@pytest.mark.parametrize("name", ["cite.bib", "cite.ris", "corrections/"])
def test_what_is_withdrawn_is_cited_no_more(client, article, name):
    revisions.current(article)
    transitions.move(article, "withdraw", by=factories.make_chief(), note="事实有误", version=1)
    response = client.get(f"{article.get_absolute_url()}{name}")
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert "社区食堂" not in response.content.decode()
