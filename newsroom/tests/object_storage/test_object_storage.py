"""Object storage: what is stored, what is not there, what does not answer."""

import io
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile

from articles.tests.gunicorn_server import free_port
from newsroom import object_storage
from newsroom.object_storage import ObjectStorage
from newsroom.storage import StoreError

NAME = "photos/ab/0123.jpg"


def test_what_is_saved_is_there_under_its_name_and_below_the_prefix(storage):
    assert storage.save(NAME, ContentFile(b"12345")) == NAME
    assert (storage.exists(NAME), storage.size(NAME)) == (True, 5)
    with storage.open(NAME) as file:
        assert file.read() == b"12345"
    assert storage.listdir("photos/ab") == ([], ["0123.jpg"])
    assert [(each.name, each.size) for each in storage.stored_files("photos")] == [(NAME, 5)]
    other = ObjectStorage(**_options(storage) | {"location": ""})
    assert [each.name for each in other.stored_files()] == [f"media/{NAME}"]


def _options(storage) -> dict:
    names = ("endpoint_url", "region_name", "access_key", "secret_key", "bucket_name", "location")
    return {name: getattr(storage, name) for name in names}


def test_a_second_file_of_a_name_has_another_unless_it_is_to_replace_the_first(storage):
    storage.save(NAME, ContentFile(b"1"))
    assert storage.save(NAME, ContentFile(b"2")) != NAME
    storage.replace(NAME, ContentFile(b"3"))
    assert storage.open(NAME).read() == b"3"
    assert len(list(storage.stored_files())) == 2


def test_the_file_that_was_saved_can_still_be_read(storage):
    upload = io.BytesIO(b"12345")
    storage.save(NAME, ContentFile(upload.getvalue()))
    assert not upload.closed


@pytest.mark.parametrize("ask", ["open", "size", "facts", "get_modified_time"])
def test_what_is_not_there_is_a_missing_file(storage, ask):
    with pytest.raises(FileNotFoundError):
        getattr(storage, ask)(NAME)
    assert not storage.exists(NAME)
    storage.delete(NAME)


@pytest.mark.parametrize("ask", ["open", "size", "exists", "delete", "listdir"])
def test_a_store_that_does_not_answer_is_out_of_reach(place, ask):
    away = ObjectStorage(**place | {"endpoint_url": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(StoreError):
        getattr(away, ask)(NAME)


def test_a_bucket_that_is_not_there_is_no_missing_file(place):
    wrong = ObjectStorage(**place | {"bucket_name": "of-somebody-else"})
    with pytest.raises(StoreError):
        wrong.open(NAME)


def test_one_that_did_not_answer_is_left_alone_for_some_seconds(place, monkeypatch):
    away = ObjectStorage(**place | {"endpoint_url": f"http://127.0.0.1:{free_port()}"})
    for _ in range(2):
        with pytest.raises(StoreError) as error:
            away.facts(NAME)
    assert error.value.strerror == "S3: it did not answer just now"
    later = time.monotonic() + object_storage.REST
    monkeypatch.setattr(object_storage.time, "monotonic", lambda: later)
    with pytest.raises(StoreError) as error:
        away.facts(NAME)
    assert "EndpointConnectionError" in error.value.strerror


def test_what_the_proxy_is_told_lets_it_fetch_the_bytes(storage):
    storage.save(NAME, ContentFile(b"12345"))
    address = storage.internal_address(NAME)
    assert urlsplit(f"/{address}").path == f"/{storage.bucket_name}/media/{NAME}"
    assert "X-Amz-Signature=" in address
    assert urlopen(f"{storage.endpoint_url}/{address}").read() == b"12345"
    assert storage.name_at(address) == NAME
