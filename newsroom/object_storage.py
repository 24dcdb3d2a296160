"""Uploads in S3-compatible object storage, which any number of servers share."""

import errno
import io
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import wraps
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import botocore.exceptions
from botocore.config import Config
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from .storage import StoredFile, StoreError

# Seconds to reach the store, to wait for a part of an answer, and for which one that did not
# answer is not asked again by readers' requests: each would keep a thread waiting.
CONNECT_WAIT, READ_WAIT, REST = 2, 20, 3
# For how many seconds the proxy may fetch what it was told to.
SIGNED_FOR = 60
GONE, FULL = 404, 507


def client_config(*, has_endpoint: bool) -> Config:
    """Return how the store is asked."""
    return Config(
        signature_version="s3v4",
        # A host name for each bucket is Amazon's own way.
        s3={"addressing_style": "path" if has_endpoint else "virtual"},
        connect_timeout=CONNECT_WAIT,
        read_timeout=READ_WAIT,
        retries={"total_max_attempts": 2, "mode": "standard"},
        # Many compatible stores know none of the newer checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise what goes wrong with an object as the OSError that it would be with a file."""
    try:
        yield
    except botocore.exceptions.ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        code = error.response.get("Error", {}).get("Code", "")
        if status == GONE and code != "NoSuchBucket":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from error
        if status == FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name) from error
        raise StoreError(errno.EIO, f"S3: {code or status}", name) from error
    except botocore.exceptions.BotoCoreError as error:
        raise StoreError(errno.EHOSTUNREACH, f"S3: {type(error).__name__}", name) from error


def _told(method):
    """Let a method of a storage raise what `told` makes of its errors."""

    @wraps(method)
    def telling(self, name, *values, **options):
        with told(name):
            return method(self, name, *values, **options)

    return telling


class StoredObject(File):
    """The bytes of an object, which can be opened again after they were closed."""

    def __init__(self, data: bytes, name: str):
        super().__init__(io.BytesIO(data), name)
        self.data = data

    def open(self, mode=None, *values, **options):
        """Return it, to be read from its beginning."""
        self.file = io.BytesIO(self.data)
        return self


class ObjectStorage(S3Storage):
    """Uploads as objects below a prefix of a bucket; an object is there whole or not at all.

    Each operation is a request to the store, or one for each 1,000 names. Raises FileNotFoundError
    for what is not there, and StoreError where the store does not answer.
    """

    def __init__(self, *, endpoint_url: str = "", **options):
        config = client_config(has_endpoint=bool(endpoint_url))
        super().__init__(
            endpoint_url=endpoint_url or None, client_config=config, file_overwrite=False, **options
        )
        self._failed_at = -REST

    @property
    def client(self):
        """The client of this thread."""
        return self.connection.meta.client

    def facts(self, name: str) -> StoredFile:
        """Return what the store tells of an object. Raises FileNotFoundError and StoreError.

        At once, where the store did not answer just before.
        """
        if time.monotonic() - self._failed_at < REST:
            raise StoreError(errno.EHOSTUNREACH, "S3: it did not answer just now", name)
        try:
            with told(name):
                found = self.client.head_object(Bucket=self.bucket_name, Key=self.key(name))
        except StoreError:
            self._failed_at = time.monotonic()
            raise
        return StoredFile(name, found["ContentLength"], found["LastModified"].timestamp())

    def key(self, name: str) -> str:
        """Return the key of the object of a name."""
        return self._normalize_name(clean_name(name))

    def exists(self, name):
        """Tell whether there is an object. Raises StoreError."""
        try:
            return self.facts(name) is not None
        except FileNotFoundError:
            return False

    def size(self, name):
        """Return the size of an object in bytes."""
        return self.facts(name).size

    get_modified_time = _told(S3Storage.get_modified_time)
    delete = _told(S3Storage.delete)
    listdir = _told(S3Storage.listdir)

    def _open(self, name, mode="rb"):
        """Return a file with the bytes of an object, which are in memory."""
        with self.stream(name) as body:
            return StoredObject(body.read(), name)

    @contextmanager
    def stream(self, name: str) -> Iterator[BinaryIO]:
        """Give the bytes of an object to be read once. Raises FileNotFoundError, StoreError."""
        with told(name):
            found = self.client.get_object(Bucket=self.bucket_name, Key=self.key(name))
            with closing(found["Body"]) as body:
                yield body

    @_told
    def _save(self, name, content):
        super()._save(name, content)
        return name

    def replace(self, name: str, content: File) -> None:
        """Store an object under this very name, in the place of one that is there, at once."""
        self._save(name, content)

    def stored_files(self, top: str = "") -> Iterator[StoredFile]:
        """Yield the objects below a folder, in the order of their names."""
        start = f"{self.location}/" if self.location else ""
        prefix = f"{start}{top}/" if top else start
        pages = self.client.get_paginator("list_objects_v2")
        with told(top):
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=prefix):
                for each in page.get("Contents", ()):
                    name = each["Key"].removeprefix(start)
                    yield StoredFile(name, each["Size"], each["LastModified"].timestamp())

    def internal_address(self, name: str) -> str:
        """Return path and query, without the first slash, by which the proxy may fetch an object.

        They are signed for the host of the store, and hold for a minute.
        """
        return self.signed(name).partition("://")[2].partition("/")[2]

    def signed(self, name: str) -> str:
        """Return an address by which anybody may fetch an object for a minute. No request."""
        return self.url(name, expire=SIGNED_FOR)

    def name_at(self, internal_address: str) -> str:
        """Return the name of the object that an internal address is of."""
        path = unquote(urlsplit(f"/{internal_address}").path).removeprefix("/")
        if self.endpoint_url:
            path = path.removeprefix(f"{self.bucket_name}/")
        return path.removeprefix(f"{self.location}/")
