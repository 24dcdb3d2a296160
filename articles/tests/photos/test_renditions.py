"""What leaves the house of a picture: plain renditions, and nothing of the file that came in."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from articles.models import Photo
from articles.photos import renditions
from articles.photos.files import crops, image_processing
from articles.tests.picture_cases import (
    GPS_TEXT,
    HONEST,
    camera_jpeg,
    clear_png,
    deep_png,
    saved,
    two_coloured,
)

pytestmark = pytest.mark.django_db
NAMES = list(image_processing.RENDITIONS)
RED, BLUE, WHITE = (254, 0, 0), (0, 0, 254), (255, 255, 255)


def photo_of(data: bytes, *, name="IMG_0042 secret.jpg", **facts) -> Photo:
    photo = Photo(**facts)
    photo.file.save(name, ContentFile(data), save=False)
    photo.save()
    return photo


def bytes_of(photo: Photo, name: str) -> bytes:
    with renditions.open_rendition(photo, name) as file:
        return file.read()


def image_of(photo: Photo, name: str) -> Image.Image:
    return Image.open(BytesIO(bytes_of(photo, name)))


def assert_colour(image: Image.Image, x: float, y: float, colour: tuple) -> None:
    found = image.getpixel((int(image.width * x), int(image.height * y)))
    assert all(abs(one - other) <= 12 for one, other in zip(found, colour, strict=True)), found


def stored(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("case", HONEST)
def test_every_rendition_is_a_bare_jpeg_of_the_size_that_was_foretold(case):
    photo = photo_of(HONEST[case]())
    for name in NAMES:
        image, data = image_of(photo, name), bytes_of(photo, name)
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.size == renditions.rendition_size(photo, name)
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert data.endswith(b"\xff\xd9")
        assert GPS_TEXT not in data and b"Exif" not in data and b"secret" not in data


@pytest.mark.slow
@pytest.mark.parametrize(
    "size, foretold",
    [
        (
            (6000, 4000),
            {
                "front": (720, 480),
                "wide": (1440, 960),
                "front-large": (1200, 800),
                "small": (720, 480),
            },
        ),
        (
            (4001, 2999),
            {
                "front": (720, 480),
                "wide": (1440, 1079),
                "front-large": (1200, 800),
                "small": (720, 540),
            },
        ),
        (
            (3000, 700),
            {
                "front": (720, 480),
                "wide": (1440, 336),
                "front-large": (1050, 700),
                "small": (720, 168),
            },
        ),
        (
            (300, 700),
            {
                "front-large": (300, 200),
                "front": (300, 200),
                "wide": (300, 700),
                "small": (300, 700),
            },
        ),
        ((5000, 2), {"front": (3, 2), "wide": (1440, 1), "small": (720, 1)}),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_rendition_is_as_large_as_foretold_and_never_larger_than_the_picture(
    size, foretold, format
):
    photo = photo_of(saved(Image.new("RGB", size), format))
    assert {name: renditions.rendition_size(photo, name) for name in foretold} == foretold
    assert {name: image_of(photo, name).size for name in foretold} == foretold


def test_a_picture_from_a_camera_held_sideways_stands_upright():
    photo = photo_of(camera_jpeg(size=(600, 400), orientation=6))
    assert (photo.width, photo.height) == (400, 600)
    assert Photo.objects.filter(width=400, height=600).exists()
    image = image_of(photo, "wide")
    assert_colour(image, 0.5, 0.2, RED)
    assert_colour(image, 0.5, 0.8, BLUE)


def test_paper_shows_through_a_transparent_picture():
    image = image_of(photo_of(clear_png()), "wide")
    assert_colour(image, 0.2, 0.5, RED)
    assert_colour(image, 0.8, 0.5, WHITE)


def test_a_picture_of_16_bits_keeps_its_brightness():
    assert_colour(image_of(photo_of(deep_png()), "wide"), 0.5, 0.5, (128, 128, 128))


def test_a_picture_made_for_print_keeps_its_colours_about():
    image = image_of(photo_of(saved(two_coloured().convert("CMYK"), "JPEG", quality=95)), "wide")
    assert_colour(image, 0.2, 0.5, RED)
    assert_colour(image, 0.8, 0.5, BLUE)


@pytest.mark.slow
def test_a_large_picture_is_put_together_without_a_seam():
    picture = Image.linear_gradient("L").resize((5000, 5000)).convert("RGBA")
    image = image_of(photo_of(saved(picture, "PNG", compress_level=1)), "wide")
    column = [image.getpixel((700, y))[0] for y in range(0, 1440, 10)]
    assert column == sorted(column)
    assert column[0] <= 2 and column[-1] >= 252


@pytest.mark.parametrize("focus, colour", [("0.1x0.5", RED), ("0.9x0.5", BLUE)])
def test_the_front_page_cut_keeps_the_focal_point(focus, colour):
    image = image_of(photo_of(saved(two_coloured((3000, 800)), "PNG"), focus=focus), "front")
    assert image.size == (720, 480)
    for x in (0.05, 0.95):
        assert_colour(image, x, 0.5, colour)


CROPS = {"wide": [0.6, 0.1, 0.9, 0.85], "square": [0, 0, 0.2, 0.75]}


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_crop_set_by_hand_goes_before_the_focal_point(orientation):
    size = (3000, 800) if orientation == 1 else (800, 3000)
    picture = two_coloured((3000, 800))
    exif = Image.Exif()
    exif[0x0112] = orientation
    if orientation == 6:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    data = saved(picture, "JPEG", exif=exif, quality=95)
    assert picture.size == size
    photo = photo_of(data, focus="0.1x0.5", crops=CROPS)
    foretold = {"front": (720, 480), "front-large": (900, 600), "square": (600, 600)}
    assert {name: renditions.rendition_size(photo, name) for name in foretold} == foretold
    assert {name: image_of(photo, name).size for name in foretold} == foretold
    for name, colour in (("front", BLUE), ("square", RED), ("portrait", RED)):
        for x in (0.05, 0.95):
            assert_colour(image_of(photo, name), x, 0.5, colour)


def test_another_crop_makes_other_renditions_of_its_shape_alone():
    photo = photo_of(saved(two_coloured((3000, 800)), "PNG"), crops=CROPS)
    before = {name: renditions.rendition_name(photo, name) for name in NAMES}
    photo.crops = CROPS | {"square": [0.5, 0, 0.7, 0.75]}
    photo.save()
    after = {name: renditions.rendition_name(photo, name) for name in NAMES}
    assert [name for name in NAMES if before[name] != after[name]] == ["square"]
    assert_colour(image_of(photo, "square"), 0.05, 0.5, BLUE)


@pytest.mark.parametrize(
    "value",
    [
        *([], "wide", {"round": [0, 0, 1, 1]}, {"wide": None}, {"wide": [0, 0, 1]}),
        *({"wide": [0, 0, 1, 1.1]}, {"wide": [-0.1, 0, 1, 1]}, {"wide": [0, 0, float("nan"), 1]}),
        *({"wide": ["0", 0, 1, 1]}, {"wide": [0.5, 0, 0.5, 1]}, {"wide": [0, 0.9, 1, 0.1]}),
        {"wide": [True, 0, 1, 1]},
    ],
)
def test_crops_that_are_none_are_refused(value):
    with pytest.raises(ValueError):
        crops.check_crops(value)


def test_a_profile_that_makes_no_sense_is_ignored():
    data = saved(two_coloured(), "JPEG", icc_profile=b"nonsense" * 40)
    assert_colour(image_of(photo_of(data), "wide"), 0.2, 0.5, RED)


def test_a_file_is_kept_under_a_random_name(settings):
    photo = photo_of(camera_jpeg(), name="../../IMG_0042 secret.php")
    assert photo.file.name.startswith("photos/") and photo.file.name.endswith(".bin")
    assert "secret" not in photo.file.name and photo.uid.hex not in photo.file.name
    assert len(stored(settings.MEDIA_ROOT)) == 1 + len(NAMES)


@pytest.mark.parametrize("size", [(400, 600), (300, 670)])
def test_an_untouched_focal_point_of_a_tall_picture_is_in_its_upper_third(size):
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, size[1] // 8, size[0], size[1] // 4))
    photo = photo_of(saved(picture, "PNG"))
    for name in ("front", "square", "portrait"):
        reds = [image_of(photo, name).getpixel((9, y)) for y in range(image_of(photo, name).height)]
        assert sum(red > 150 and blue < 100 for red, _, blue in reds) >= size[1] // 8 - 3


def test_a_photo_keeps_no_rendition_of_an_earlier_focus(settings):
    photo = photo_of(saved(two_coloured((3000, 800)), "PNG"))
    photo.focus = "0.1x0.5"
    photo.save()
    assert len(stored(settings.MEDIA_ROOT)) == 1 + 2 * len(NAMES)
    renditions.delete_stale_renditions(photo)
    names = {renditions.rendition_name(photo, name) for name in NAMES}
    assert stored(settings.MEDIA_ROOT) == names | {photo.file.name}


def test_a_discarded_file_leaves_nothing_behind(settings):
    photo, other = photo_of(camera_jpeg()), photo_of(clear_png())
    renditions.delete_with_renditions(photo, photo.file.name)
    names = {renditions.rendition_name(other, name) for name in NAMES}
    assert stored(settings.MEDIA_ROOT) == names | {other.file.name}


def test_renditions_can_be_made_again_from_nothing():
    photo = photo_of(camera_jpeg())
    before = {name: bytes_of(photo, name) for name in NAMES}
    for name in NAMES:
        photo.file.storage.delete(renditions.rendition_name(photo, name))
    call_command("process_imagefields", all=True, no_parallel=True, stdout=StringIO())
    assert {name: bytes_of(photo, name) for name in NAMES} == before
    photo.refresh_from_db()
    assert (photo.width, photo.height) == (60, 90)
