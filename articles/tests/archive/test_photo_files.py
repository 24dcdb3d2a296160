"""Pictures beside an archive are distrusted like any upload, and none is passed over in silence."""

import pytest

from articles.archive import importer
from articles.models import Article, Caption, Issue, Photo
from articles.photos import renditions
from articles.tests.archive_records import row, run, written
from articles.tests.factories import image_bytes, make_photo
from articles.tests.picture_cases import HOSTILE

pytestmark = pytest.mark.django_db

UID = "f0000000-0000-4000-8000-000000000001"
SHOWN = row(captions=[{"photo": UID, "words": "通车的河埠路。", "credit": "徐芊卉 摄"}])
TOLD = SHOWN | {
    "photos": [
        {
            "uid": UID,
            "file": "road.png",
            "alt": "一条路",
            "credit": "徐芊卉 摄",
            "contributor": ["徐芊卉", ""],
            "taken_on": "2019-09-30",
            "place": "河埠路",
            "rights": "本报所有",
            "focus": "0.25x0.75",
        }
    ]
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pictures").mkdir()
    return tmp_path / "pictures"


@pytest.fixture
def archive(tmp_path):
    return lambda *rows: written(tmp_path / "a.jsonl", list(rows))


def files(settings) -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_picture_comes_in_with_its_facts_under_a_name_of_its_own(archive, folder):
    (folder / "road.png").write_bytes(image_bytes(format="PNG"))
    assert run("import_archive", archive(TOLD), "--photos", folder)[0] == 0
    photo = Photo.objects.get(uid=UID)
    assert photo.file.name.startswith("photos/") and photo.file.name.endswith(".png")
    assert "road" not in photo.file.name and UID not in photo.file.name
    assert photo.file.read() == image_bytes(format="PNG")
    assert (photo.width, photo.height, photo.focus) == (60, 40, "0.25x0.75")
    assert (photo.alt, photo.credit, str(photo.taken_on)) == ("一条路", "徐芊卉 摄", "2019-09-30")
    assert (photo.place, photo.rights, str(photo.contributor)) == ("河埠路", "本报所有", "徐芊卉")
    assert renditions.open_rendition(photo, "small").read()
    caption = Caption.objects.get()
    assert (caption.words, caption.credit, caption.photo) == (
        *("通车的河埠路。", "徐芊卉 摄"),
        photo,
    )


def test_a_picture_of_which_nothing_is_told_is_looked_for_under_its_uid(archive, folder):
    (folder / f"{UID}.jpg").write_bytes(image_bytes())
    assert run("import_archive", archive(SHOWN), "--photos", folder)[0] == 0
    assert Photo.objects.get().credit == ""


def test_a_photo_of_the_library_is_used_as_it_is(archive, folder):
    photo = make_photo(uid=UID, alt="库里的")
    assert run("import_archive", archive(TOLD))[0] == 0
    photo.refresh_from_db()
    assert (photo.alt, Photo.objects.count(), Caption.objects.get().photo) == ("库里的", 1, photo)


@pytest.mark.parametrize("is_given", [True, False])
def test_a_photo_that_is_nowhere_keeps_its_issue_out_and_no_other(
    archive, folder, is_given, settings
):
    options = ["--photos", folder] if is_given else []
    other = row(date="2019-10-02")
    status, _out, err = run("import_archive", archive(row(order=2), SHOWN, other), *options)
    assert (status, UID in err) == (1, True)
    assert list(map(str, Issue.objects.values_list("issued_on", flat=True))) == ["2019-10-02"]
    assert files(settings) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_leaves_nothing_behind(archive, folder, settings, name):
    make, _reason = HOSTILE[name]
    (folder / "road.png").write_bytes(make())
    status, _out, err = run("import_archive", archive(TOLD), "--photos", folder)
    assert (status, "road.png" in err) == (1, True)
    assert (Issue.objects.count(), Photo.objects.count(), files(settings)) == (0, 0, [])


def test_two_accounts_of_one_photo_keep_the_issue_out(archive, folder):
    (folder / "road.png").write_bytes(image_bytes(format="PNG"))
    other = TOLD | {"order": 2, "photos": [TOLD["photos"][0] | {"alt": "一座桥"}]}
    assert run("import_archive", archive(TOLD, other), "--photos", folder)[0] == 1
    assert run("import_archive", archive(TOLD, TOLD | {"order": 2}), "--photos", folder)[0] == 0
    assert (Photo.objects.count(), Caption.objects.count()) == (1, 2)


def test_a_picture_that_lies_elsewhere_is_not_taken(archive, folder, tmp_path):
    (tmp_path / "secret.png").write_bytes(image_bytes(format="PNG"))
    (folder / "road.png").symlink_to(tmp_path / "secret.png")
    assert run("import_archive", archive(TOLD), "--photos", folder)[0] == 1
    above = TOLD | {"photos": [{"uid": UID, "file": "../secret.png"}]}
    assert run("import_archive", archive(above), "--photos", folder)[0] == 1
    assert not Photo.objects.exists()


def test_files_of_an_issue_that_fails_later_are_taken_back(archive, folder, settings, monkeypatch):
    def fail(*_given, **_named):
        raise ZeroDivisionError

    (folder / "road.png").write_bytes(image_bytes(format="PNG"))
    monkeypatch.setattr(importer, "release_back_issue", fail)
    with pytest.raises(ZeroDivisionError):
        run("import_archive", archive(TOLD), "--photos", folder, release=True)
    assert (Issue.objects.count(), Photo.objects.count(), files(settings)) == (0, 0, [])


def test_a_picture_is_public_only_once_its_issue_is_released(archive, folder, client):
    (folder / "road.png").write_bytes(image_bytes(format="PNG"))
    run("import_archive", archive(TOLD), "--photos", folder)
    address = f"/photos/{UID}/small.jpg"
    assert client.get(address).status_code == 404
    assert run("import_archive", archive(TOLD), release=True)[0] == 0
    assert client.get(address).status_code == 200


def test_a_picture_that_is_lost_is_reported_by_an_export(archive, folder, tmp_path):
    (folder / "road.png").write_bytes(image_bytes(format="PNG"))
    run("import_archive", archive(TOLD), "--photos", folder, release=True)
    photo = Photo.objects.get()
    photo.file.storage.delete(photo.file.name)
    status, _out, err = run("export_archive", tmp_path / "b.jsonl", "--photos", tmp_path / "out")
    assert (status, UID in err, list((tmp_path / "out").iterdir())) == (1, True, [])
    assert Article.objects.count() == len((tmp_path / "b.jsonl").read_bytes().splitlines())


def test_an_export_that_cannot_be_written_leaves_the_file_before_it(tmp_path, monkeypatch):
    file = tmp_path / "a.jsonl"
    file.write_text("before")

    def fail(*_given, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr("articles.archive.exporter.issues_between", fail)
    with pytest.raises(ZeroDivisionError):
        run("export_archive", file)
    assert [file.read_text(), *tmp_path.iterdir()] == ["before", file]
