import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import timezone

from articles import checks

from .cli import PRODUCTION, run

ASK = "from django.conf import settings as s; print({})"


def ask(expression: str, **variables: str) -> str:
    """Return what an expression over the settings prints under these variables."""
    return run("-c", ASK.format(expression), **variables).stdout.strip()


@pytest.mark.slow
def test_the_production_settings_pass_every_deployment_check():
    said = run("-W", "error", "manage.py", "check", "--deploy", **PRODUCTION)
    assert said.stderr == ""
    assert said.stdout.strip() == "System check identified no issues (0 silenced)."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("ALLOWED_HOSTS", "*"),
        ("CSRF_TRUSTED_ORIGINS", "news.example"),
        ("DATABASE_URL", "mysql://paper"),
        ("CACHE_URL", "locmemcache://"),
        ("MEDIA_ROOT", "media"),
        ("VAR_ROOT", "var"),
        ("ACCEL_REDIRECT", "protected"),
        ("PORT", "0"),
        ("LANGUAGE_CODE", "zh_CN"),
        ("TIME_ZONE", "UTC"),
        ("NOTICES", "perhaps"),
        ("NOTICE_HOSTS", "https://qyapi.weixin.qq.com"),
        ("EMAIL_URL", "mail.news.example"),
        ("EMAIL_FROM", "编辑部"),
        ("LEDGER_WEBHOOK", "file:///etc/passwd"),
        ("ADMINS", "admin"),
        ("LOG_FORMAT", "xml"),
        ("SLOW_SECONDS", "0"),
        ("ACCESS_LOG", "perhaps"),
        ("TRUSTED_PROXIES", "9"),
        ("MEDIA_STORE", "s3://paper/media"),
        ("S3_ENDPOINT", "s3.example"),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start_and_is_named(name, value):
    said = run("manage.py", "check", **{name: value})
    assert said.returncode != 0
    last = said.stderr.strip().splitlines()[-1]
    assert f"{name}=" in last and ("write " in last)


@pytest.mark.slow
def test_a_standby_beside_sqlite_stops_the_start_and_is_named(tmp_path):
    urls = {"DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3"}
    urls["STANDBY_URL"] = "postgres://standby/paper"
    said = run("manage.py", "check", **urls)
    assert said.returncode != 0
    assert "STANDBY_URL=" in said.stderr.strip().splitlines()[-1]


@pytest.mark.slow
def test_cookies_are_bound_to_the_host_behind_tls():
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE"
    assert ask(names, **PRODUCTION) == "__Host-session __Host-csrf True"
    assert ask(names) == "session csrf False"


@pytest.mark.slow
def test_behind_tls_one_proxy_at_least_is_trusted():
    assert (ask("s.TRUSTED_PROXIES"), ask("s.TRUSTED_PROXIES", **PRODUCTION)) == ("0", "1")
    said = run("manage.py", "check", TRUSTED_PROXIES="0", **PRODUCTION)
    assert "TRUSTED_PROXIES='0'" in said.stderr


@pytest.mark.slow
def test_second_factors_are_required_behind_tls_but_in_a_demonstration():
    asked = "s.SECOND_FACTOR, s.IS_DEMONSTRATION"
    required, is_demonstration = ask(asked, **PRODUCTION).split()
    assert required != is_demonstration
    assert ask("s.SECOND_FACTOR") == "False"


@pytest.mark.slow
def test_the_key_is_one_for_processes_that_begin_at_once(tmp_path):
    make = (
        "from pathlib import Path; from newsroom import env;"
        f"print(env.secret_key('NONE', stored_in=Path({str(tmp_path)!r}) / 'key'))"
    )
    with ThreadPoolExecutor(4) as pool:
        keys = {said.stdout for said in pool.map(lambda _: run("-c", make), range(4))}
    assert len(keys) == 1 and len(keys.pop()) > 50
    assert [place.name for place in tmp_path.iterdir()] == ["key"]


def test_text_is_chinese_and_the_clock_is_shanghais():
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == (
        "zh-hans",
        "Asia/Shanghai",
        True,
    )


@pytest.mark.slow
def test_what_is_written_is_elsewhere_and_static_files_stay_beside_their_code(tmp_path):
    code = (
        "from django.conf import settings as s;"
        "print(s.VAR, s.CACHES['default']['LOCATION'], s.STATIC_ROOT)"
    )
    said = run("-c", code, VAR_ROOT=str(tmp_path), CACHE_URL="").stdout.split()
    assert said == [str(tmp_path), f"{tmp_path}/cache", str(settings.BASE_DIR / "var/static")]


@pytest.mark.slow
@pytest.mark.parametrize("host_zone", ["UTC", "America/Los_Angeles", "Asia/Shanghai"])
def test_today_is_the_newsrooms_day_wherever_the_machine_stands(host_zone):
    code = (
        "import django; django.setup(); from datetime import date;"
        "from django.utils import timezone; print(timezone.localdate(), date.today())"
    )
    before = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    said = run("-c", code, TZ=host_zone).stdout.split()
    after = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    assert said in ([str(before)] * 2, [str(after)] * 2)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2024, 7, 26, 15, 59, 30, tzinfo=UTC), date(2024, 7, 26)),
        (datetime(2024, 7, 26, 16, 0, 30, tzinfo=UTC), date(2024, 7, 27)),
        # In the summers of 1986 to 1991 the day began an hour earlier.
        (datetime(1988, 6, 30, 14, 59, 30, tzinfo=UTC), date(1988, 6, 30)),
        (datetime(1988, 6, 30, 15, 0, 30, tzinfo=UTC), date(1988, 7, 1)),
    ],
)
def test_the_day_turns_at_the_newsrooms_midnight(instant, day):
    assert timezone.localdate(instant) == day


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(1986, 5, 3, 12), 8),
        (datetime(1986, 5, 5, 12), 9),
        (datetime(1988, 7, 1, 12), 9),
        (datetime(1991, 9, 14, 12), 9),
        (datetime(1991, 9, 16, 12), 8),
        (datetime(1992, 7, 1, 12), 8),
        (datetime(2024, 7, 27, 12), 8),
    ],
)
def test_summer_time_of_1986_to_1991_is_known(moment, hours):
    assert timezone.make_aware(moment).utcoffset() == timedelta(hours=hours)


@pytest.mark.slow
def test_sqlite_is_set_to_lose_nothing(tmp_path):
    code = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in"
        " ('journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys')], c.transaction_mode)"
    )
    said = run("-c", code, DATABASE_URL=f"sqlite:///{tmp_path}/paper.sqlite3").stdout.strip()
    journal = "wal" if sqlite3.sqlite_version_info >= checks.FIRST_SAFE else "delete"
    assert said == f"['{journal}', 2, 20000, 1] IMMEDIATE"


@pytest.mark.parametrize(
    ("version", "refused"),
    [((3, 7, 0), True), ((3, 51, 2), True), ((3, 51, 3), False), ((4, 0, 0), False)],
)
def test_a_write_ahead_log_is_refused_where_the_library_can_corrupt_it(
    monkeypatch, tmp_path, version, refused
):
    place = tmp_path / "paper.sqlite3"
    sqlite3.connect(place).execute("PRAGMA journal_mode=WAL")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(checks, "journal_mode", lambda alias: _mode(place))
    found = checks.sqlite_journal(databases=["default"])
    assert [error.id for error in found] == (["articles.E001"] if refused else [])


def _mode(place) -> str:
    return sqlite3.connect(place).execute("PRAGMA journal_mode").fetchone()[0]


@pytest.mark.django_db
def test_the_journal_of_the_database_in_use_is_sound():
    call_command("check", databases=["default"], verbosity=0)
    assert checks.journal_mode("default") in ("", "delete", "memory")


def test_a_cache_inside_one_process_is_refused(settings):
    assert run_checks(tags=["caches"]) == []
    settings.CACHES = {"default": {"BACKEND": checks.LOCAL_MEMORY}}
    assert [error.id for error in run_checks(tags=["caches"])] == ["articles.E002"]
