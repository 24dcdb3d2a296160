"""Fixtures: a server of object storage on this machine, and media that are kept there."""

import uuid

import pytest
from moto.server import ThreadedMotoServer

from articles.tests.gunicorn_server import free_port
from newsroom.object_settings import STORE
from newsroom.object_storage import ObjectStorage

KEYS = {"access_key": "the-paper", "secret_key": "a-secret-of-the-paper"}


@pytest.fixture(scope="session")
def store_server():
    """The address of a server of object storage."""
    server = ThreadedMotoServer(port=free_port(), verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server._port}"
    server.stop()


@pytest.fixture
def place(store_server) -> dict:
    """The options of a storage in a bucket of its own."""
    name = f"paper-{uuid.uuid4().hex}"
    options = {"endpoint_url": store_server, "region_name": "us-east-1", **KEYS}
    options |= {"bucket_name": name, "location": "media"}
    ObjectStorage(**options).connection.create_bucket(Bucket=name)
    return options


@pytest.fixture
def storage(place) -> ObjectStorage:
    """The storage of that bucket."""
    return ObjectStorage(**place)


@pytest.fixture
def in_store(settings, place) -> dict:
    """Let the media be in that bucket."""
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": STORE, "OPTIONS": place}}
    return place


@pytest.fixture
def out_of_reach(settings, place):
    """Return a function after which nothing answers where the store was."""

    def run():
        away = place | {"endpoint_url": f"http://127.0.0.1:{free_port()}"}
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": STORE, "OPTIONS": away}}

    return run
