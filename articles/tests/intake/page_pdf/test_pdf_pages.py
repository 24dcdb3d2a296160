"""PDFs of pages at the desk and by command: read in like raw texts, or told why not."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from articles.intake import raw_pages
from articles.intake.galley import Galley
from articles.intake.parse.page_pdf import lines
from articles.intake.pdf_pages import parse_pdf, parse_upload
from articles.intake.raw_pages import UnreadableTextError
from articles.management.commands import import_page
from articles.models import Article, Issue, Page, RawPage
from articles.tests.factories import make_page

from . import pdf_files
from .pdf_files import DAMAGED, HOSTILE

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/rawpage/add/"


def upload(desk, issue, source, *, name="A2.pdf", label=""):
    posted = {"issue": issue.pk, "label": label, "text": ""}
    return desk.post(ADDRESS, posted | {"files": SimpleUploadedFile(name, source)})


def imported(path, *options):
    out = StringIO()
    command = ["import_page", str(path), "--issue", "2026-11-30", "--verbosity", "0"]
    call_command(*command, *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_pdf_is_read_in_and_its_page_found(desk, issue):
    response = upload(desk, issue, pdf_files.sound_pdf(), name="排版.pdf")
    raw = RawPage.objects.get()
    assert response["Location"] == f"/admin/articles/rawpage/{raw.pk}/change/"
    assert (raw.page.label, raw.name, raw.encoding) == ("A2", "排版.pdf", "pdf")
    page = raw_pages.corrected_page(raw)
    assert [article.first("headline") for article in page.articles] == [pdf_files.HEADLINE]
    galley = Galley.of(raw)
    assert [line.why for line in galley.lines][2:4] == ["栏上最大的字", "行的缩进"]
    assert galley.review_items == []


def test_an_invisible_character_is_left_out_and_told(issue):
    content = pdf_files.page_content().replace("木。".encode("utf-16-be").hex().encode(), b"%s")
    source = pdf_files.make_pdf(content % "木\u200b。".encode("utf-16-be").hex().encode())
    (parsed,) = parse_pdf(source)
    raw = raw_pages.create_raw_page(issue.pages.get(), parsed, by=None)
    assert "\u200b" not in "".join(block.text for block in raw_pages.corrected_page(raw).blocks)
    (item,) = Galley.of(raw).review_items
    assert item.what == "不显示的字符，已去掉：零宽字符 U+200B 1 个（第 6 行）"


def test_the_galley_of_a_pdf_is_shown_and_its_drafts_made(desk, issue):
    upload(desk, issue, pdf_files.sound_pdf())
    raw = RawPage.objects.get()
    address = f"/admin/articles/rawpage/{raw.pk}/change/"
    assert pdf_files.HEADLINE in desk.get(address).content.decode()
    desk.post(address, {"store": "1", "version": "0"})
    article = Article.objects.get()
    assert (article.headline, article.page.label) == (pdf_files.HEADLINE, "A2")
    assert article.body.count("<p>") == 4  # with the words of the picture


def test_the_pages_of_an_issue_come_in_one_file(desk, issue):
    make_page(issue=issue, label="A1")
    upload(desk, issue, pdf_files.TWO_PAGES, name="全报.pdf")
    pages = RawPage.objects.order_by("pk")
    assert [raw.page.label for raw in pages] == ["A1", "A2"]


@pytest.mark.parametrize("name", [*HOSTILE, *DAMAGED])
def test_what_cannot_be_read_is_told_in_chinese_and_not_stored(desk, issue, name):
    response = upload(desk, issue, (HOSTILE | DAMAGED)[name])
    (error,) = response.context["form"].errors["files"]
    assert error.startswith("A2.pdf：")
    assert error[-1] == "。"
    assert not RawPage.objects.exists()


def test_a_page_that_cannot_be_read_is_told_by_its_number():
    source = pdf_files.make_pdf(pdf_files.page_content(), pdf_files.picture(0, 0, 600, 800))
    with pytest.raises(UnreadableTextError, match="第 2 页"):
        parse_pdf(source)


def test_parsing_takes_one_query_and_keeps_places(django_assert_num_queries):
    with django_assert_num_queries(1):
        (parsed,) = parse_pdf(pdf_files.sound_pdf())
    assert parsed.places[3] == [150, 76, 553, 103]
    assert [picture.lines for picture in parsed.pictures] == [(7, 8)]


def test_a_pdf_is_imported_by_command(tmp_path):
    file = tmp_path / "issue.pdf"
    file.write_bytes(pdf_files.TWO_PAGES)
    assert imported(file).count(f"[报道] {pdf_files.HEADLINE}") == 2
    issue = Issue.objects.get(issued_on=date(2026, 11, 30))
    assert [page.label for page in issue.pages.in_order()] == ["A1", "A2"]
    assert Article.objects.count() == 2


def test_nothing_is_locked_while_a_pdf_is_read(tmp_path, monkeypatch):
    file, depths = tmp_path / "issue.pdf", []
    file.write_bytes(pdf_files.TWO_PAGES)

    def noted(name, source):
        depths.append(len(connection.atomic_blocks))
        return parse_upload(name, source)

    monkeypatch.setattr(import_page, "parse_upload", noted)
    imported(file)
    assert depths == [len(connection.atomic_blocks)]


def test_a_page_without_a_label_needs_one(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.make_pdf(pdf_files.words(90, 80, 22, pdf_files.HEADLINE * 2)))
    with pytest.raises(CommandError, match="--page"):
        imported(file)
    assert not Page.objects.exists()
    imported(file, "--page", "A3")
    assert Page.objects.get().label == "A3"


def test_a_damaged_pdf_is_told_by_command_and_nothing_stored(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.sound_pdf()[:300])
    with pytest.raises(CommandError) as error:
        imported(file, "--page", "A1")
    assert error.value.returncode == 2
    assert not Issue.objects.exists()


def test_a_pdf_is_printed_with_the_places_of_its_blocks(tmp_path, django_assert_num_queries):
    file, out = tmp_path / "page.pdf", StringIO()
    file.write_bytes(pdf_files.sound_pdf())
    with django_assert_num_queries(0):
        call_command("read_page", str(file), "--json", stdout=out)
    (page,) = json.loads(out.getvalue())["pages"]
    assert [story["headline"] for story in page["stories"]] == [pdf_files.HEADLINE]
    assert page["places"]["3"] == [150, 76, 553, 103]
    assert page["pictures"] == [{"box": [333, 125, 567, 188], "lines": [7, 8]}]


def test_a_pdf_that_cannot_be_read_is_not_printed(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.scanned_pdf())
    with pytest.raises(CommandError, match="扫描件"):
        call_command("read_page", str(file))


def test_a_page_of_more_lines_than_any_has_is_refused(monkeypatch):
    monkeypatch.setattr(lines, "MOST_LINES", 5)
    with pytest.raises(UnreadableTextError, match="比任何版面都多"):
        parse_pdf(pdf_files.sound_pdf())
