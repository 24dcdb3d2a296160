"""Whatever is not as it was written is found: a byte, a file too few, a file too many."""

import random
from pathlib import Path

import pytest
from django.core.management import call_command

from newsroom.backup import bag, creation, record, restoration
from newsroom.backup.verification import defects

pytestmark = pytest.mark.slow


def files(backup: Path) -> list[Path]:
    """Return all files of a backup, tag files too."""
    return sorted(path for path in backup.rglob("*") if path.is_file())


def flip(path: Path, rng: random.Random) -> tuple[int, bytes]:
    """Change one bit of a file; return where it was, and what was there."""
    data = bytearray(path.read_bytes())
    at = rng.randrange(len(data))
    before = bytes(data[at : at + 1])
    data[at] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    return at, before


def restore_byte(path: Path, at: int, before: bytes) -> None:
    """Put a byte back."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(before)


def test_one_flipped_bit_is_found_in_every_file(taken):
    rng = random.Random(20240727)
    for path in files(taken) + [path for path in files(taken) if path.parent == taken] * 4:
        at, before = flip(path, rng)
        assert list(defects(taken)) != [], (path, at)
        restore_byte(path, at, before)
    assert list(defects(taken)) == []


def test_what_is_damaged_is_named(taken):
    path = next(path for path in files(taken) if "media" in path.parts)
    flip(path, random.Random(1))
    [found] = defects(taken)
    assert (found.kind, found.path) == ("damaged", str(path.relative_to(taken)))
    flip(taken / bag.INFO, random.Random(1))
    assert {defect.path for defect in defects(taken)} == {found.path, bag.INFO}


def test_each_missing_file_is_found(taken):
    for path in files(taken):
        kept = path.read_bytes()
        path.unlink()
        assert ("missing", str(path.relative_to(taken))) in {
            (defect.kind, defect.path) for defect in defects(taken)
        }
        path.write_bytes(kept)
    assert list(defects(taken)) == []


@pytest.mark.parametrize("name", ["note.txt", "data/note", "data/media/photos/x.jpg"])
def test_each_additional_file_is_found(taken, name):
    path = taken / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert [(found.kind, found.path) for found in defects(taken)] == [("additional", name)]


def test_a_link_in_place_of_a_file_is_found(taken):
    path = next(path for path in files(taken) if "media" in path.parts)
    moved = taken.parent / "moved"
    path.rename(moved)
    path.symlink_to(moved)
    assert [found.kind for found in defects(taken)] == ["additional", "missing"]


def test_file_names_with_odd_characters_are_verified_too(paper, settings, tmp_path, empty_it):
    odd = [b"50%.jpg", b"two\nlines.jpg", b"gb\xcd\xbc\xc6\xac.jpg", "图片.jpg".encode()]
    for name in odd:
        Path(settings.MEDIA_ROOT, name.decode(errors="surrogateescape")).write_bytes(name)
    backup = creation.create(tmp_path / "backups").path
    assert list(defects(backup)) == []
    empty_it()
    restoration.restore(backup)
    for name in odd:
        path = Path(settings.MEDIA_ROOT, name.decode(errors="surrogateescape"))
        assert path.read_bytes() == name


def test_the_command_reads_the_newest_or_all_and_ends_with_1_where_one_is_damaged(taken, capsys):
    newer = taken.with_name("2031-05-06T070809Z")
    call_command("verify_backup", str(taken.parent))
    assert record.read()["verification"]["path"] == str(taken)
    newer.mkdir()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_backup", str(taken.parent), verbosity=0)
    assert ended.value.code == 1
    assert "bagit.txt" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(taken.parent), "--all", verbosity=0)
