"""The settings of object storage: what is read, and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import object_settings

from .cli import run

SERVER = {
    "S3_ENDPOINT": "https://s3.example:9000/",
    "S3_ACCESS_KEY": "paper",
    "S3_SECRET_KEY": "a-very-secret-key",
}
KNOWN = {
    "endpoint_url": "https://s3.example:9000",
    "region_name": "us-east-1",
    "access_key": "paper",
    "secret_key": "a-very-secret-key",
}


@pytest.fixture
def environment(monkeypatch):
    return lambda **facts: [monkeypatch.setenv(name, value) for name, value in facts.items()]


def test_a_server_is_read_from_four_variables(environment):
    assert object_settings.server("S3") == {}
    environment(**SERVER)
    assert object_settings.server("S3") == KNOWN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("S3_ENDPOINT", "s3.example"),
        ("S3_ENDPOINT", "https://user:a-very-secret-key@s3.example"),
        ("S3_ACCESS_KEY", ""),
        ("S3_SECRET_KEY", ""),
    ],
)
def test_half_a_server_is_refused_and_the_variable_named(environment, name, value):
    environment(**SERVER | {name: value})
    with pytest.raises(ImproperlyConfigured, match=f"^{name}="):
        object_settings.server("S3")


@pytest.mark.parametrize(
    ("place", "bucket", "prefix"),
    [("s3://paper", "paper", ""), ("s3://paper/a/b/", "paper", "a/b"), ("s3://a.b-c", "a.b-c", "")],
)
def test_a_place_is_a_bucket_and_a_prefix(environment, place, bucket, prefix):
    environment(MEDIA_STORE=place)
    found = object_settings.media_storage("MEDIA_STORE", KNOWN)
    options = KNOWN | {"bucket_name": bucket, "location": prefix}
    assert found == {"BACKEND": object_settings.STORE, "OPTIONS": options}


@pytest.mark.parametrize(
    "place", ["/srv/media", "s3://", "s3://Paper", "s3://paper/../x", "s3://paper//x", "http://a/b"]
)
def test_what_is_no_place_is_refused(environment, place):
    environment(MEDIA_STORE=place)
    with pytest.raises(ImproperlyConfigured, match="^MEDIA_STORE="):
        object_settings.media_storage("MEDIA_STORE", KNOWN)


def test_a_place_without_a_server_is_refused(environment):
    environment(MEDIA_STORE="s3://paper/media")
    with pytest.raises(ImproperlyConfigured, match="S3_ENDPOINT"):
        object_settings.media_storage("MEDIA_STORE", {})


def test_without_a_place_the_files_are_in_a_folder():
    assert object_settings.media_storage("MEDIA_STORE", {}) == {"BACKEND": object_settings.FOLDER}


@pytest.mark.slow
def test_a_paper_in_a_folder_loads_nothing_of_object_storage():
    """It would take a fifth of a second at each start, and memory in each worker."""
    ask = "import sys, newsroom.wsgi; from django.urls import resolve; resolve('/'); "
    said = run("-c", f"{ask}print([name for name in sys.modules if name.startswith('boto')])")
    assert (said.stdout.strip(), said.stderr) == ("[]", "")
