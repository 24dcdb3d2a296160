"""The picture of a page is stored with its text, at the desk and by command, or without it."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.facsimiles import storing
from articles.facsimiles.process import UnusablePdfError
from articles.models import Article, Facsimile, Issue, RawPage, Zone
from articles.tests.factories import make_page
from articles.tests.form_helpers import signed_in

from . import pdf_files

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/rawpage/add/"


def upload(desk, issue, source, *, name="A2.pdf", **posted):
    facts = {"issue": issue.pk, "label": "", "text": "", **posted}
    return desk.post(ADDRESS, facts | {"files": SimpleUploadedFile(name, source)}, follow=True)


def imported(path, *options):
    out = StringIO()
    command = ["import_page", str(path), "--issue", "2026-11-30", "--verbosity", "0"]
    call_command(*command, *options, stdout=out, stderr=out)
    return out.getvalue()


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def files() -> int:
    return len(default_storage.listdir("pages")[0]) if default_storage.exists("pages") else 0


def test_a_pdf_at_the_desk_brings_its_picture(desk, issue):
    upload(desk, issue, pdf_files.sound_pdf())
    row = Facsimile.objects.get()
    assert (row.page.label, row.raw_page) == ("A2", RawPage.objects.get())
    assert len(storing.stored_files(row.pdf.name)) == 9


def test_each_page_of_an_issue_has_its_own_picture(desk, issue):
    make_page(issue=issue, label="A1")
    upload(desk, issue, pdf_files.TWO_PAGES, name="全报.pdf")
    first, second = Facsimile.objects.order_by("page__label")
    assert (first.page.label, second.page.label) == ("A1", "A2")
    assert first.digest != second.digest


def test_a_text_brings_no_picture(desk, issue):
    upload(desk, issue, "A2 要闻\n便民服务点启用\n昨天启用。".encode(), name="A2.txt")
    assert RawPage.objects.exists()
    assert not Facsimile.objects.exists()


def test_a_scan_is_taken_as_a_picture_where_the_desk_wants_it(desk, issue):
    response = upload(desk, issue, pdf_files.scanned_pdf())
    (error,) = response.context["form"].errors["files"]
    assert "可以只收版面图和 PDF" in error
    response = upload(desk, issue, pdf_files.scanned_pdf(), is_picture_alone="on")
    assert response.redirect_chain[-1][0] == f"/admin/articles/issue/{issue.pk}/board/"
    assert messages(response) == ["收下 1 张版面图。"]
    assert Facsimile.objects.get().raw_page is None
    assert not RawPage.objects.exists()


def test_pages_without_text_are_taken_one_by_one(desk, issue):
    response = upload(desk, issue, pdf_files.TWO_PAGES, is_picture_alone="on")
    (error,) = response.context["form"].errors["files"]
    assert error.endswith("请逐版上传。")
    assert not Facsimile.objects.exists()


def test_a_text_is_no_picture(desk, issue):
    response = upload(desk, issue, "云溪".encode(), is_picture_alone="on")
    assert response.context["form"].errors["files"]
    assert not Facsimile.objects.exists()


def test_a_text_without_a_picture_is_kept_and_the_desk_told_why(desk, issue, monkeypatch):
    def refuse(*_, **__):
        raise UnusablePdfError("layers")

    monkeypatch.setattr(storing, "make", refuse)
    response = upload(desk, issue, pdf_files.sound_pdf())
    assert messages(response)[1].startswith("A2 版的文字已读入，但没有做成版面图：")
    assert RawPage.objects.exists()
    assert not Facsimile.objects.exists()


def test_a_label_that_is_none_stores_nothing(desk, issue):
    before = files()
    response = upload(desk, issue, pdf_files.sound_pdf(), label="A-2")
    assert response.context["form"].errors["label"]
    assert (Facsimile.objects.count(), RawPage.objects.count(), files()) == (0, 0, before)


def test_a_pdf_by_command_brings_pictures_and_zones(tmp_path):
    file = tmp_path / "issue.pdf"
    file.write_bytes(pdf_files.TWO_PAGES)
    imported(file)
    rows = Facsimile.objects.order_by("page__label")
    assert [row.page.label for row in rows] == ["A1", "A2"]
    assert {zone.article for zone in Zone.objects.all()} == set(Article.objects.all())


def test_a_trial_by_command_stores_no_picture(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.sound_pdf())
    imported(file, "--dry-run")
    assert not Facsimile.objects.exists()


def test_a_picture_alone_by_command(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.scanned_pdf())
    with pytest.raises(CommandError, match="--page"):
        imported(file, "--picture-only")
    assert not Issue.objects.exists()
    assert "已收下" in imported(file, "--picture-only", "--page", "A4")
    assert Facsimile.objects.get().page.label == "A4"


def test_a_damaged_picture_by_command_stores_nothing(tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf_files.sound_pdf()[:300])
    with pytest.raises(CommandError) as error:
        imported(file, "--picture-only", "--page", "A1")
    assert error.value.returncode == 2
    assert not Issue.objects.exists()


@pytest.mark.parametrize("role", ["记者", "责任编辑"])
def test_who_may_not_release_adds_no_picture_to_a_released_issue(issue, roles, role):
    Issue.objects.update(released_at=timezone.now())
    desk = signed_in(roles(role))
    response = upload(desk, issue, pdf_files.sound_pdf())
    assert "已发布" in messages(response)[1]
    response = upload(desk, issue, pdf_files.scanned_pdf(), is_picture_alone="on")
    assert "已发布" in response.context["form"].errors["files"][0]
    assert not Facsimile.objects.exists()
    assert RawPage.objects.exists()


def test_the_chief_adds_a_picture_to_a_released_issue(issue, roles):
    Issue.objects.update(released_at=timezone.now())
    upload(signed_in(roles("值班总编")), issue, pdf_files.sound_pdf())
    assert Facsimile.objects.exists()


def test_a_page_that_was_read_is_not_shown_before_its_drafts_are_made(issue, roles, client):
    Issue.objects.update(released_at=timezone.now())
    desk = signed_in(roles("值班总编"))
    upload(desk, issue, pdf_files.sound_pdf())
    picture = "/2026-11-30/A2/facsimile-480.webp"
    assert client.get(picture).status_code == 410
    raw = RawPage.objects.get()
    desk.post(f"/admin/articles/rawpage/{raw.pk}/change/", {"store": "1", "version": "0"})
    assert client.get(picture).status_code == 200  # its article, a draft, is covered
    assert client.get("/2026-11-30/A2.pdf").status_code == 410
