"""A day's pages in one ZIP or one folder: each read in by itself, each failure told at its file."""

import struct
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from articles.intake import day_files
from articles.intake.day_files import label_in_name, unpack
from articles.intake.raw_pages import UnreadableTextError
from articles.models import Article, RawPage
from articles.tests.factories import make_issue, make_page

from . import pdf_files

pytestmark = pytest.mark.django_db


def day(files: dict[str, bytes]) -> bytes:
    """Return a ZIP."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, source in files.items():
            packed.writestr(name, source)
    return out.getvalue()


def pages(*labels: str) -> dict[str, bytes]:
    """Return a PDF for each label."""
    return {
        f"20261130/{label}.pdf": pdf_files.make_pdf(pdf_files.page_content(label=label))
        for label in labels
    }


@pytest.fixture
def issue():
    issue = make_issue(issued_on=date(2026, 11, 30), released_at=None)
    for label in ("A1", "A2"):
        make_page(issue=issue, label=label)
    return issue


def upload(desk, issue, source):
    posted = {"issue": issue.pk, "label": "", "text": ""}
    file = SimpleUploadedFile("全天.zip", source)
    return desk.post("/admin/articles/rawpage/add/", posted | {"files": file}, follow=True)


def imported(path) -> tuple[str, int]:
    """Return what the command printed, and its exit status."""
    out, command = StringIO(), ["import_page", str(path), "--issue", "2026-11-30"]
    try:
        call_command(*command, "--verbosity", "0", stdout=out, stderr=out)
    except SystemExit as left:
        return out.getvalue(), left.code
    return out.getvalue(), 0


def test_the_pages_of_a_zip_are_read_in_and_failures_told_at_their_files(desk, issue):
    broken = {"20261130/A3.pdf": pdf_files.scanned_pdf(), "20261130/封面.jpg": b"\xff\xd8"}
    response = upload(desk, issue, day(pages("A1", "A2") | broken))
    assert [raw.page.label for raw in RawPage.objects.order_by("page__label")] == ["A1", "A2"]
    assert [str(message) for message in response.context["messages"]] == [
        "已读入 2 份原文。",
        "A3.pdf：里面没有文字，只有图片：扫描件读不了。可以只收版面图和 PDF，不读文字。",
        "封面.jpg：既不是 PDF，也不是文本文件。",
    ]


def test_a_zip_of_which_nothing_can_be_read_is_refused_at_its_field(desk, issue):
    response = upload(desk, issue, day({"A1.pdf": pdf_files.scanned_pdf(), "A2.pdf": b"no"}))
    assert response.context["form"].errors["files"] == [
        "A1.pdf：里面没有文字，只有图片：扫描件读不了。可以只收版面图和 PDF，不读文字。",
        "A2.pdf：这不是 PDF 文件，尽管文件名是。",
    ]
    assert not RawPage.objects.exists()


def test_what_there_is_no_time_for_is_told(desk, issue, monkeypatch):
    monkeypatch.setattr("articles.admin.raw_page.raw_page_form.MOST_SECONDS", -1)
    response = upload(desk, issue, day(pages("A1")))
    assert response.context["form"].errors["files"] == ["A1.pdf：时间不够，没有读它。请单独读入。"]


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_a_day_is_imported_by_command(tmp_path, kind):
    files = pages("A1", "A2") | {"20261130/A3.pdf": pdf_files.scanned_pdf()}
    (tmp_path / "20261130").mkdir()
    for name, source in files.items():
        (tmp_path / name).write_bytes(source)
    path = tmp_path / "20261130"
    if kind == "zip":
        path = tmp_path / "day.zip"
        path.write_bytes(day(files))
    told, status = imported(path)
    assert (told.count(f"[报道] {pdf_files.HEADLINE}"), status) == (2, 1)
    assert "A3.pdf: 里面没有文字，只有图片：扫描件读不了。" in told
    assert {article.page.label for article in Article.objects.all()} == {"A1", "A2"}


def test_a_day_of_which_nothing_can_be_read_is_told_with_status_2(tmp_path):
    (tmp_path / "A1.pdf").write_bytes(pdf_files.scanned_pdf())
    with pytest.raises(CommandError, match="A1.pdf: ") as error:
        imported(tmp_path)
    assert error.value.returncode == 2


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(CommandError, match="没有文件"):
        imported(tmp_path)


def refusal(source: bytes) -> str:
    with pytest.raises(UnreadableTextError) as error:
        list(unpack(source))
    return str(error.value)


def test_what_is_not_safe_to_unpack_is_refused_in_plain_words(monkeypatch):
    sound = day(pages("A1"))
    locked = bytearray(sound)
    at = sound.rindex(b"PK\x01\x02")
    struct.pack_into("<H", locked, at + 8, 1)
    monkeypatch.setattr(day_files, "MOST_FILES", 2)
    assert refusal(bytes(locked)) == "压缩包有密码。请不设密码重新打包。"
    assert refusal(sound[:-30]) == "压缩包已损坏。请重新打包。"
    assert refusal(day({})) == "压缩包里没有文件。"
    assert refusal(day({"../A1.pdf": b""})) == "压缩包里的文件名指向包外。请重新打包。"
    assert refusal(day({"C:/A1.pdf": b""})) == "压缩包里的文件名指向包外。请重新打包。"
    assert refusal(day(pages("A1", "A2", "A3"))) == "压缩包里的文件超过 2 个；一天没有这么多版。"
    assert refusal(day({"A1.pdf": bytes(20_000_000)})) == "压缩包解开后远大于一天的版面。"
    assert refusal(day({"[Content_Types].xml": b""})) == "这是 Word 文件，不是一天的版面。"


def test_a_zip_in_a_zip_is_told_and_what_a_computer_adds_is_left_out():
    source = day({"旧.zip": day({}), "__MACOSX/A1.pdf": b"", ".DS_Store": b"", "目录/": b""})
    assert [(file.name, file.error) for file in unpack(source)] == [
        ("旧.zip", "压缩包里又有压缩包。请先解开。")
    ]


def test_names_of_older_programs_are_told_rightly():
    packed = day({"x版.pdf": b"%PDF-"})
    old = packed.replace("x版.pdf".encode(), "第1版".encode("gb18030") + b".pd")
    entries = [bytearray(old)]
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", entries[0], old.index(sign) + offset, 0)
    assert [file.name for file in unpack(bytes(entries[0]))] == ["第1版.pd"]


@pytest.mark.parametrize(
    ("name", "label"), [("20261130_A01.pdf", "A01"), ("第3版.pdf", "3"), ("版面.pdf", "")]
)
def test_a_name_tells_the_label_of_its_page(name, label):
    assert label_in_name(name) == label
