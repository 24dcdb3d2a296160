import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import env


@pytest.fixture
def says(monkeypatch):
    """Set the variable X."""
    return lambda value: monkeypatch.setenv("X", value)


def refused(read, *arguments, **options) -> str:
    with pytest.raises(ImproperlyConfigured) as told:
        read("X", *arguments, **options)
    return str(told.value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("", True),
        (" ", True),
        ("1", True),
        ("True", True),
        ("on", True),
        ("0", False),
        ("NO", False),
    ],
)
def test_a_flag_is_read(says, value, read):
    says(value)
    assert env.boolean("X", default=True) is read


@pytest.mark.parametrize("value", ["maybe", "2", "真", "truee"])
def test_a_flag_of_any_other_word_is_refused(says, value):
    says(value)
    assert refused(env.boolean, default=True) == f"X={value!r}: write true or false."


def test_a_whole_number_is_read(says):
    says(" 8123 ")
    assert env.integer("X", default=8000, low=1, high=65535) == 8123
    says("")
    assert env.integer("X", default=8000, low=1, high=65535) == 8000


@pytest.mark.parametrize(
    "value", ["0", "65536", "-1", "80.5", "eighty", "８０００", "²", "9" * 5000]
)
def test_a_number_out_of_range_is_refused(says, value):
    says(value)
    told = f"X={value!r}: write a whole number from 1 to 65535."
    assert refused(env.integer, default=8000, low=1, high=65535) == told


def test_hosts_are_read(says):
    says("news.example, 10.0.0.7,[::1],.paper.example,")
    assert env.hosts("X", default=[]) == ["news.example", "10.0.0.7", "[::1]", ".paper.example"]


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "https://news.example",
        "news.example/a",
        "news.example:80",
        "a b",
        "新闻.例",
        "-a.example",
    ],
)
def test_a_host_that_is_none_is_refused(says, value):
    says(f"news.example,{value}")
    told = f"X={value!r}: write host names alone, such as news.example,www.news.example."
    assert refused(env.hosts, default=[]) == told


def test_origins_are_read(says):
    says("https://news.example,https://*.paper.example:8443,https://[::1]")
    assert env.origins("X") == [
        "https://news.example",
        "https://*.paper.example:8443",
        "https://[::1]",
    ]


@pytest.mark.parametrize(
    "value",
    [
        "news.example",
        "ftp://news.example",
        "https://",
        "https://news.example/",
        "https://a@b.example",
        "https://*",
        "https://news.example:port",
        "https://news.example?x",
    ],
)
def test_an_origin_that_is_none_is_refused(says, value):
    says(value)
    assert refused(env.origins) == f"X={value!r}: write origins such as https://news.example."


def test_origins_with_and_without_tls_are_not_mixed(says):
    says("https://a.example,http://b.example")
    assert "all origins with https://, or all with http://" in refused(env.origins)


def test_a_time_zone_is_a_place(says):
    says("Asia/Urumqi")
    assert env.time_zone("X", default="Asia/Shanghai") == "Asia/Urumqi"


@pytest.mark.parametrize(
    "value", ["UTC", "Etc/GMT-8", "GMT+8", "PRC", "Asia/Peking", "../../x", "+08:00"]
)
def test_a_time_zone_without_history_is_refused(says, value):
    says(value)
    told = f"X={value!r}: write a place of the tz database such as Asia/Shanghai."
    assert refused(env.time_zone, default="Asia/Shanghai") == told


def test_one_of_some_choices(says):
    says("en")
    assert env.choice("X", ["zh-hans", "en"], default="zh-hans") == "en"
    says("zh_CN")
    told = "X='zh_CN': write one of zh-hans, en."
    assert refused(env.choice, ["zh-hans", "en"], default="zh-hans") == told


def test_a_folder_need_not_be_there_yet(says, tmp_path):
    says(str(tmp_path / "media"))
    assert env.directory("X", default=tmp_path) == tmp_path / "media"


@pytest.mark.parametrize("value", ["media", "/", "./media", __file__])
def test_a_folder_without_a_full_path_is_refused(says, value, tmp_path):
    says(value)
    assert "write the full path of a folder" in refused(env.directory, default=tmp_path)


def test_a_sqlite_database_is_read(says, tmp_path):
    says(f"sqlite:///{tmp_path}/paper.sqlite3")
    found = env.database("X", default="")
    assert (found["ENGINE"], found["NAME"]) == (
        "django.db.backends.sqlite3",
        f"{tmp_path}/paper.sqlite3",
    )


def test_a_postgresql_database_is_read(says):
    says("postgres://paper:s%40crèt@db.example:5433/daily?sslmode=require")
    found = env.database("X", default="")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "daily",
        "USER": "paper",
        "PASSWORD": "s@crèt",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "value",
    [
        "paper.sqlite3",
        "mysql://root@localhost/paper",
        "postgres://",
        "postgres://u:secret@h:5432/",
        "postgres://u:secret@h:port/paper",
        "postgres://u:secret@h:99999/paper",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:///relative.sqlite3",
        "sqlite:////",
        "sqlite:////no/such/folder/x",
    ],
)
def test_a_database_that_is_none_is_refused_without_telling_its_password(says, value):
    says(value)
    told = refused(env.database, default="")
    assert told.startswith("X=") and ("write " in told or "make the folder" in told)
    assert "secret" not in told


@pytest.mark.parametrize(
    ("value", "backend", "location"),
    [
        ("filecache:///srv/cache", "filebased.FileBasedCache", "/srv/cache"),
        ("dbcache://kept", "db.DatabaseCache", "kept"),
        ("dummycache://", "dummy.DummyCache", ""),
    ],
)
def test_a_shared_cache_is_read(says, value, backend, location):
    says(value)
    found = env.cache("X", default="")
    assert found["BACKEND"] == f"django.core.cache.backends.{backend}"
    assert found["LOCATION"] == location


def test_a_redis_that_hangs_is_given_up(says, monkeypatch):
    monkeypatch.setattr(env, "find_spec", lambda name: True)
    says("redis://host:6379/1?socket_timeout=2")
    waits = {"socket_timeout": 2, "socket_connect_timeout": 0.5}
    assert env.cache("X", default="")["OPTIONS"] == waits


@pytest.mark.parametrize(
    "value",
    ["locmemcache://", "locmem", "filecache://", "filecache://relative", "dbcache://", "redis"],
)
def test_a_cache_that_is_not_shared_is_refused(says, value):
    says(value)
    assert "write filecache:///full/path" in refused(env.cache, default="")


@pytest.mark.parametrize("value", ["short", "a" * 80, "django-insecure-" + "kq3vT9x0Lr" * 6])
def test_a_weak_secret_key_is_refused_without_telling_it(says, tmp_path, value):
    says(value)
    told = refused(env.secret_key, stored_in=tmp_path / "key")
    assert told == f"X='{value[:3]}…': write at least 50 random characters."


def test_a_secret_key_is_generated_once_and_kept_private(says, tmp_path):
    says("")
    place = tmp_path / "var" / "secret_key"
    keys = {env.secret_key("X", stored_in=place)}
    keys.add(env.secret_key("X", stored_in=place))
    assert len(keys) == 1 and len(keys.pop()) >= 50
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [found.name for found in place.parent.iterdir()] == ["secret_key"]


def test_a_damaged_secret_key_is_not_used(says, tmp_path):
    says("")
    (tmp_path / "key").write_text("")
    assert "damaged" in refused(env.secret_key, stored_in=tmp_path / "key")


@pytest.mark.parametrize(
    ("value", "host", "port", "secured"),
    [
        ("smtp+tls://desk:p%40ss@mail.example", "mail.example", 587, (True, False)),
        ("smtp+ssl://desk:p%40ss@mail.example:4650", "mail.example", 4650, (False, True)),
        ("smtp://10.0.0.9", "10.0.0.9", 25, (False, False)),
    ],
)
def test_a_mail_server_is_read(says, value, host, port, secured):
    says(value)
    found = env.mail("X", default="dummymail://")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == secured
    if "@" in value:
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk", "p@ss")


def test_mail_can_be_written_to_files_and_is_sent_nowhere_by_default(says):
    says("filemail:////srv/mail")
    found = env.mail("X", default="dummymail://")
    assert (found["EMAIL_FILE_PATH"], "filebased" in found["EMAIL_BACKEND"]) == ("/srv/mail", True)
    says("")
    assert "dummy" in env.mail("X", default="dummymail://")["EMAIL_BACKEND"]


@pytest.mark.parametrize(
    "value", ["mail.example", "smtp+tls://", "pop3://a:geheim@b", "smtp://a:geheim@b:port"]
)
def test_a_mail_server_that_makes_no_sense_is_refused_without_its_password(says, value):
    says(value)
    assert "geheim" not in refused(env.mail, default="dummymail://")


@pytest.mark.parametrize("value", ["编辑部", "desk", "Desk <desk@news.example>", "a@b\nBcc: c@d"])
def test_a_senders_address_is_an_address_alone(says, value):
    says(value)
    assert "desk@news.example" in refused(env.mail_address, default="desk@localhost")
    says("a@news.example, b@news.example")
    assert env.mail_addresses("X") == ["a@news.example", "b@news.example"]


def test_a_file_exists_or_is_empty(says, tmp_path):
    (path := tmp_path / "font.otf").write_bytes(b"")
    says(str(path))
    assert env.file("X") == str(path)
    says("")
    assert env.file("X") == ""


@pytest.mark.parametrize("value", ["font.otf", "/no/such/font.otf", "/"])
def test_a_file_that_is_not_there_is_refused(says, value):
    says(value)
    assert "full path" in refused(env.file)
