"""Photos that are in the library already, though another size, brightness or crop."""

import random
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageDraw, ImageEnhance

from articles.models import Photo
from articles.photos import duplicates
from articles.photos.duplicates import SimilarPhoto, set_hashes, similar_photos
from articles.photos.files import perceptual_hash
from articles.tests.picture_cases import camera_jpeg, clear_png, saved

pytestmark = pytest.mark.django_db


def scene(seed: int, *, size=(600, 400)) -> Image.Image:
    """A picture of a scene: a sky, a ground, some things before them."""
    rng = random.Random(seed)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = rng.randrange(size[0]), rng.randrange(size[1])
        corners = (left, top, left + rng.randrange(40, 200), top + rng.randrange(40, 160))
        draw.ellipse(corners, fill=tuple(rng.randrange(256) for _ in range(3)))
    return image


def jpeg(image: Image.Image, quality=90) -> bytes:
    return saved(image, "JPEG", quality=quality)


def stored(image: Image.Image | bytes) -> Photo:
    data = image if isinstance(image, bytes) else jpeg(image)
    photo = Photo()
    set_hashes(photo, data)
    photo.file.save("a.jpg", ContentFile(data), save=False)
    photo.save()
    return photo


def brighter(image: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(1.2)


def cropped(image: Image.Image) -> Image.Image:
    width, height = image.size
    return image.crop((width // 50, height // 50, width - width // 50, height - height // 50))


CHANGES = {
    "resized": lambda image: jpeg(image.resize((240, 160))),
    "recompressed": lambda image: jpeg(image, quality=30),
    "brightened": lambda image: jpeg(brighter(image)),
    "slightly cropped": lambda image: jpeg(cropped(image)),
    "grey": lambda image: jpeg(image.convert("L")),
    "as a PNG": lambda image: saved(image, "PNG"),
    "all of it": lambda image: jpeg(brighter(cropped(image)).resize((300, 200)), quality=50),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(3))
def test_a_changed_picture_is_like_the_one_that_is_there(change, seed):
    photo = stored(scene(seed))
    ((found, is_same_file, distance),) = similar_photos(CHANGES[change](scene(seed)))
    assert (found, is_same_file) == (photo, False)
    assert distance <= duplicates.NEAR


def test_another_picture_of_the_same_event_is_not():
    width, height = (900, 600)
    event = scene(1, size=(width, height))
    views = [
        event.crop((left, top, left + 600, top + 400)) for left in (0, 150, 300) for top in (0, 200)
    ]
    for view in views:
        assert similar_photos(jpeg(view)) == []
        stored(view)
    assert [similar_photos(jpeg(scene(seed))) for seed in range(2, 8)] == [[]] * 6


def test_the_same_file_comes_first_then_the_nearest():
    near = stored(CHANGES["all of it"](scene(1)))
    nearer = stored(CHANGES["recompressed"](scene(1)))
    same, again = stored(scene(1)), stored(scene(1))
    found = similar_photos(jpeg(scene(1)))
    assert found[:2] == [SimilarPhoto(same, True, 0), SimilarPhoto(again, True, 0)]
    assert [each.photo for each in found[2:]] == [nearer, near]
    assert [each.photo for each in similar_photos(same)] == [again, nearer, near]


def test_a_picture_held_sideways_is_like_itself_held_upright():
    upright = scene(2)
    sideways = upright.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = stored(saved(sideways, "JPEG", exif=exif, quality=95))
    assert [each.photo for each in similar_photos(jpeg(upright))] == [photo]


def test_a_picture_with_nothing_on_it_is_like_no_other():
    grey = saved(Image.new("RGB", (60, 40), "grey"), "JPEG")
    assert perceptual_hash.perceptual_hash(grey) is None
    stored(Image.new("RGB", (90, 60), "grey"))
    assert similar_photos(grey) == []
    assert similar_photos(Photo()) == []


@pytest.mark.parametrize("bits", [0, 1, 2, 7, 10, 11])
def test_all_that_differ_in_ten_bits_at_most_are_found(bits):
    looks = random.Random(bits).getrandbits(63)
    others = [
        looks ^ sum(1 << bit for bit in random.Random(seed).sample(range(63), bits))
        for seed in range(40)
    ]
    Photo.objects.bulk_create(
        Photo(file="a.jpg", width=1, height=1, perceptual_hash=-1 - each) for each in others
    )
    found = similar_photos(Photo(perceptual_hash=-1 - looks))
    assert len(found) == (duplicates.MOST if bits <= duplicates.NEAR else 0)
    assert all(each.distance == bits for each in found)


@pytest.mark.parametrize("number", [1, 3000])
def test_two_queries_find_them_among_many(number, django_assert_num_queries):
    rng = random.Random(1)
    Photo.objects.bulk_create(
        Photo(
            file="a.jpg",
            width=1,
            height=1,
            sha256=f"{one:064}",
            perceptual_hash=rng.getrandbits(63),
        )
        for one in range(number)
    )
    photo = stored(scene(1))
    data = CHANGES["resized"](scene(1))
    with django_assert_num_queries(2):
        assert [each.photo for each in similar_photos(data)] == [photo]


def test_stored_photos_are_hashed_once_and_the_unreadable_are_named(django_assert_num_queries):
    first, second = stored(camera_jpeg()), stored(clear_png())
    lost = stored(scene(1))
    wanted = [(each.sha256, each.perceptual_hash) for each in (first, second)]
    Photo.objects.update(sha256="", perceptual_hash=None)
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(Exception, match=f"无法读取这些图片：{lost.pk}"):
        call_command("hash_photos", stdout=StringIO())
    found = Photo.objects.exclude(pk=lost.pk).order_by("pk")
    assert list(found.values_list("sha256", "perceptual_hash")) == wanted
    lost.delete()
    with django_assert_num_queries(1):
        call_command("hash_photos", stdout=StringIO())
