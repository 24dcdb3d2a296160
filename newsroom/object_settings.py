"""Read the settings of object storage from environment variables, as `env` does the others."""

import re

from .env import NAME, read, reject

ADDRESS = re.compile(rf"https?://(?:{NAME}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?/?", re.I)
# A place in object storage: a bucket, and what the names of its objects begin with.
PLACE = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*)/?")
FOLDER = "newsroom.storage.MediaStorage"
STORE = "newsroom.object_storage.ObjectStorage"


def server(name: str) -> dict[str, str]:
    """Return the server that NAME_ENDPOINT, _REGION, _ACCESS_KEY and _SECRET_KEY tell; {} for none.

    No message shows a key.
    """
    parts = ("ENDPOINT", "REGION", "ACCESS_KEY", "SECRET_KEY")
    endpoint, region, access, secret = (read(f"{name}_{part}") for part in parts)
    if not any((endpoint, region, access, secret)):
        return {}
    if endpoint and not ADDRESS.fullmatch(endpoint):
        hint = "write an address such as https://s3.example:9000, or leave it empty for Amazon."
        reject(f"{name}_ENDPOINT", endpoint, hint)
    for part, value in (("ACCESS_KEY", access), ("SECRET_KEY", secret)):
        if not value:
            reject(f"{name}_{part}", "", "write both keys of the object storage.")
    return {
        "endpoint_url": endpoint.rstrip("/"),
        "region_name": region or "us-east-1",
        "access_key": access,
        "secret_key": secret,
    }


def parsed(place: str) -> tuple[str, str]:
    """Return bucket and prefix of s3://bucket/prefix. Raises ValueError."""
    match = PLACE.fullmatch(place)
    if not match or ".." in place:
        raise ValueError(place)
    return match[1], match[2].removeprefix("/")


def media_storage(name: str, known: dict[str, str]) -> dict:
    """Return Django's settings of the storage of uploads: a folder, or a place on a server."""
    value = read(name)
    if not value:
        return {"BACKEND": FOLDER}
    try:
        bucket, prefix = parsed(value)
    except ValueError:
        reject(name, value, "write s3://bucket/prefix, or leave it empty to use MEDIA_ROOT.")
    if not known:
        reject(name, value, "write S3_ENDPOINT, S3_ACCESS_KEY and S3_SECRET_KEY too.")
    return {"BACKEND": STORE, "OPTIONS": known | {"bucket_name": bucket, "location": prefix}}
