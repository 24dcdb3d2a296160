"""Files that no row knows are found and removed; rows whose files are missing are named."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from articles.models import Photo, SourceDocument
from articles.photos import renditions
from articles.photos.files.image_processing import RENDITIONS
from articles.tests.facsimiles.making import make_facsimile
from articles.tests.factories import make_member, make_page, make_photo

pytestmark = pytest.mark.django_db
STRAYS = (
    f"__processed__/0a1/b2c/{'b' * 32}-0123456789ab.jpg",
    f"__processed__/0a1/b2c/{'b' * 32}-0123456789ab.jpg.webp",
    f"__processed__/0a1/b2c/{'b' * 32}-0123456789ab_aBc123X.jpg",
    f"documents/ab/{'a' * 32}.docx",
    f"pages/ab/{'a' * 32}-0123456789abcdef-480.webp",
    f"pages/ab/{'a' * 32}-480.jpg",
    f"pages/ab/{'a' * 32}.pdf",
    f"photos/ab/{'a' * 32}.jpg",
    f"photos/ab/{'a' * 32}.jpg.{'c' * 32}",
)
NOT_OURS = (
    "photos/notes.txt",
    "photos/ab/holiday.jpg",
    f"photos/{'a' * 32}.jpg",
    "cards/articles/7/0123456789abcdef0123.jpg",
    f"exports/ab/{'a' * 32}.jpg",
    "readme",
)


def cleaned(*options):
    """Return the lines that clean_media prints, those beside, and its exit status."""
    out, beside = StringIO(), StringIO()
    status = 0
    try:
        call_command("clean_media", *options, stdout=out, stderr=beside)
    except SystemExit as ended:
        status = ended.code
    return out.getvalue().splitlines(), beside.getvalue().splitlines(), status


@pytest.fixture
def media(settings):
    """Return a function that writes files of nobody's into the media folder."""

    def write(*names):
        for name in names:
            path = Path(settings.MEDIA_ROOT, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"12345")
        return settings.MEDIA_ROOT

    return write


def files_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_trial_names_the_files_that_are_then_removed(media):
    root = media(*STRAYS, *NOT_OURS)
    *listed, total = cleaned("--dry-run", "--grace", "0")[0]
    assert listed == [*STRAYS]
    assert total == "没有记录的文件：9 个，45 字节。这是试运行，未删除任何文件。"
    assert files_in(root) == {*STRAYS, *NOT_OURS}
    lines, beside, status = cleaned("--grace", "0")
    assert (lines[:-1], beside, status) == (listed, [], 0)
    assert lines[-1] == "没有记录的文件：9 个，45 字节，已删除。"
    assert files_in(root) == {*NOT_OURS}
    assert cleaned("--grace", "0")[0] == ["没有记录的文件：0 个，0 字节，已删除。"]


def test_what_a_row_knows_stays_with_its_sizes_in_both_formats(settings):
    photo = make_photo()
    renditions.webp_name(photo, "small")
    before = files_in(settings.MEDIA_ROOT)
    assert cleaned("--grace", "0")[0][:-1] == []
    assert files_in(settings.MEDIA_ROOT) == before


def test_a_document_that_was_brought_stays(settings):
    row = SourceDocument(name="a.txt", size=1, sha256="", uploaded_by=make_member(username="lin"))
    row.file.save("a.txt", ContentFile(b"a"), save=True)
    assert cleaned("--grace", "0")[0][:-1] == []
    assert files_in(settings.MEDIA_ROOT) == {row.file.name}


def test_sizes_of_an_earlier_crop_that_were_left_are_removed(settings):
    photo = make_photo()
    former = renditions.current_names(photo)
    Photo.objects.filter(pk=photo.pk).update(focus="0.1x0.1")
    for name in RENDITIONS:
        Photo.objects.get().file.process(name)
    current = renditions.current_names(Photo.objects.get())
    assert former - current
    assert cleaned("--grace", "0")[0][:-1] == sorted(former - current)
    assert files_in(settings.MEDIA_ROOT) == {photo.file.name, *current}


def test_a_file_of_the_last_day_may_belong_to_an_upload_and_stays(media):
    root = media(*STRAYS)
    for name in STRAYS:
        os.utime(root / name, (0, 0))  # restored from elsewhere with its old time
    assert cleaned()[0][:-1] == []
    assert files_in(root) == {*STRAYS}


def test_links_are_neither_followed_nor_removed(media, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / f"{'a' * 32}.jpg").write_bytes(b"")
    root = media()
    (root / "photos").mkdir(parents=True)
    (root / "photos/ab").symlink_to(outside)
    (root / "photos/cd").mkdir()
    (root / f"photos/cd/{'a' * 32}.jpg").symlink_to(outside / f"{'a' * 32}.jpg")
    assert cleaned("--grace", "0")[0][:-1] == []
    assert (outside / f"{'a' * 32}.jpg").exists()


def test_rows_whose_files_are_missing_are_named(settings):
    photo = make_photo()
    small = renditions.rendition_name(photo, "small")
    for name in (photo.file.name, small):
        (settings.MEDIA_ROOT / name).unlink()
    lines, beside, status = cleaned()
    assert beside == [f"缺少文件：{name}（图片 {photo.pk}）" for name in (photo.file.name, small)]
    assert (len(lines), status) == (1, 1)


def test_a_file_that_cannot_be_removed_is_told(media, monkeypatch):
    media(STRAYS[3])

    def refuse(path):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(os, "remove", refuse)
    _lines, beside, status = cleaned("--grace", "0")
    assert (beside, status) == ([f"{STRAYS[3]} 无法删除：Permission denied"], 1)


@pytest.mark.parametrize("count", [1, 12])
def test_three_queries_for_files_three_for_rows_three_to_compare(count, django_assert_num_queries):
    for _ in range(count):
        make_photo()
    with django_assert_num_queries(9):
        cleaned()


@pytest.mark.parametrize("hours", ["-1", "soon", "nan"])
def test_a_grace_that_is_no_number_of_hours_is_refused(hours):
    with pytest.raises(CommandError):
        call_command("clean_media", "--grace", hours)


def test_most_of_the_files_are_removed_only_where_that_is_asked_for(media):
    names = [f"photos/ab/{number:032x}.jpg" for number in range(51)]
    media(*names)
    with pytest.raises(CommandError, match="数据库"):
        cleaned("--grace", "0")
    assert len(cleaned("--grace", "0", "--dry-run")[0]) == 52
    assert len(cleaned("--grace", "0", "--all")[0]) == 52
    assert len(cleaned("--grace", "0")[0]) == 1


def test_the_pictures_and_the_pdf_of_a_page_stay_and_are_missed(settings):
    row = make_facsimile(make_page())
    assert cleaned("--grace", "0") == (["没有记录的文件：0 个，0 字节，已删除。"], [], 0)
    Path(settings.MEDIA_ROOT, row.picture_name(480, "jpg")).unlink()
    _, beside, status = cleaned("--grace", "0")
    assert (len(beside), status) == (1, 1)
    assert row.picture_name(480, "jpg") in beside[0]
