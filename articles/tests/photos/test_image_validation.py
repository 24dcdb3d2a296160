"""What a picture must be to be taken in."""

import time

import pytest
from PIL import Image

from articles.photos.files import image_validation
from articles.tests.picture_cases import HONEST, HOSTILE, camera_jpeg, image_bytes, saved


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_its_reason_and_at_once(name):
    make, reason = HOSTILE[name]
    data, begun = make(), time.process_time()
    with pytest.raises(image_validation.InvalidImageError) as refused:
        image_validation.validate_image(data)
    assert refused.value.reason == reason
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_as_what_it_is(name):
    kinds = {"JPEG": "JPEG", "PNG": "PNG", "WebP": "WEBP"}
    assert image_validation.validate_image(HONEST[name]()) == next(
        kinds[word] for word in name.split() if word in kinds
    )


def test_a_cameras_own_previews_behind_a_jpeg_are_taken():
    preview = image_bytes()
    index = (
        b"MPF\0MM\0*\0\0\0\x08\0\x02"
        + b"\xb0\x01\0\x04\0\0\0\x01\0\0\0\x02"
        + b"\xb0\x02\0\x07\0\0\0\x20\0\0\0\x26"
        + bytes(4)
        + b"\x20\x03\0\0".ljust(16, b"\0")
        + b"\x40\x01\0\x02".ljust(16, b"\0")
    )
    segment = b"\xff\xe2" + (len(index) + 2).to_bytes(2, "big") + index
    data = camera_jpeg()
    assert (
        image_validation.validate_image(data[:2] + segment + data[2:] + bytes(8) + preview)
        == "JPEG"
    )
    with pytest.raises(image_validation.InvalidImageError) as refused:
        image_validation.validate_image(data[:2] + segment + data[2:] + preview + b"PK\x03\x04")
    assert refused.value.reason == image_validation.Reason.APPENDED


@pytest.mark.slow
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_at_the_limits_is_taken(format):
    data = saved(Image.new("L", (20_000, 5_000), "grey"), format)
    assert image_validation.validate_image(data) == format
