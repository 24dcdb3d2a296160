"""Which backups are kept, and how they are removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from newsroom.backup import folder

SHANGHAI = ZoneInfo("Asia/Shanghai")


def nightly(count: int, *, until=datetime(2031, 5, 6, 19, tzinfo=UTC)) -> list[Path]:
    """Return the backups of so many nights, at three o'clock in Shanghai."""
    nights = [until - timedelta(days=number) for number in range(count)]
    return [Path(night.strftime(folder.FORMAT)) for night in nights]


def kept(found: list[Path], rules: str) -> list[str]:
    """Return the days, in Shanghai, of which the backup is kept, the newest first."""
    gone = folder.superfluous(found, folder.parse_rules(rules), SHANGHAI)
    rest = sorted({*found} - {*gone}, reverse=True)
    return [folder.instant_of(each).astimezone(SHANGHAI).date().isoformat() for each in rest]


def test_the_last_of_each_day_week_month_and_year_are_kept():
    found = nightly(2_000)
    assert kept(found, "3d") == ["2031-05-07", "2031-05-06", "2031-05-05"]
    assert kept(found, "3w") == ["2031-05-07", "2031-05-04", "2031-04-27"]
    assert kept(found, "3m") == ["2031-05-07", "2031-04-30", "2031-03-31"]
    assert kept(found, "30y")[:3] == ["2031-05-07", "2030-12-31", "2029-12-31"]
    assert kept(found, "2d,2y") == ["2031-05-07", "2031-05-06", "2030-12-31"]


def test_of_two_backups_of_a_day_the_later_is_kept():
    night = datetime(2031, 5, 6, 19, tzinfo=UTC)
    found = [*nightly(2), *nightly(2, until=night + timedelta(hours=1))]
    gone = folder.superfluous(found, {"d": 5}, SHANGHAI)
    assert sorted(gone) == sorted(nightly(2))


def test_days_without_a_backup_do_not_count():
    assert kept(nightly(1) + nightly(1, until=datetime(2030, 1, 1, tzinfo=UTC)), "2d") == [
        "2031-05-07",
        "2030-01-01",
    ]


@pytest.mark.parametrize("text", ["", "7", "d7", "0d", "7d,7d", "7h", "7d;4w", "-1d"])
def test_rules_that_make_no_sense_are_refused(text, tmp_path):
    with pytest.raises(ValueError, match=f"^{text}$"):
        folder.parse_rules(text)
    if text:
        with pytest.raises(CommandError) as refused:
            call_command("backup", str(tmp_path), f"--keep={text}", verbosity=0)
        assert refused.value.returncode == 2


def test_the_last_backup_without_losses_is_kept_beside_newer_ones_with_losses(tmp_path):
    found = [tmp_path / path for path in nightly(4)]
    for each, text in zip(
        found, ("Lost-File: 'a.jpg'\n", "Lost-File: 'a.jpg'\n", "", ""), strict=True
    ):
        each.mkdir()
        (each / "bag-info.txt").write_text(f"Bagging-Date: 2031-05-06\n{text}")
    assert folder.superfluous(found, {"d": 1}, SHANGHAI) == [found[1], found[3]]


def test_only_finished_backups_count_and_a_removal_that_was_interrupted_is_ended(tmp_path):
    for name in (
        "2031-05-06T190000Z",
        "2031-05-07T190000Z.part",
        "2031-05-05T190000Z.part.removed",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / "notes").mkdir()
    assert folder.backups(tmp_path) == [tmp_path / "2031-05-06T190000Z"]
    folder.clear_removed(tmp_path)
    folder.remove(tmp_path / "2031-05-06T190000Z")
    assert {path.name for path in tmp_path.iterdir()} == {"2031-05-07T190000Z.part", "notes"}
