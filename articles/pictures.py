"""How a picture is made plain: upright, in sRGB, on white, small enough, with nothing else in it.

Registers the processors that the renditions of a photo are made with. No Django here.
"""

from io import BytesIO

from imagefield.processing_pillow import register_pillow
from PIL import Image, ImageCms

Size = tuple[int, int]

# The renditions of a photo: how each is made, and the box it is made for.
RENDITIONS = {
    "front": ("cropped", (720, 480)),
    "front-large": ("cropped", (1200, 800)),
    "wide": ("fitted", (1440, 1440)),
    "small": ("fitted", (720, 720)),
    "preview": ("fitted", (240, 240)),
}
JPEG = {"format": "JPEG", "quality": 85, "progressive": True, "optimize": True}
# How much larger than its renditions a picture stays until it is cut.
AMPLE = 1.5
# Pixels converted at once where a picture is large.
BAND = 1_000_000
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation(image: Image.Image) -> int:
    """Return how the camera was held, 1 to 8; 1 where the picture does not say."""
    try:
        found = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a broken EXIF block can raise anything; the picture itself may be sound
        return 1
    return found if found in TURNS else 1


def upright_size(image: Image.Image) -> Size:
    """Return the width and height of a picture as it is seen. Reads its header only."""
    width, height = image.size
    return (height, width) if orientation(image) >= 5 else (width, height)


def fitted_size(size: Size, box: Size) -> Size:
    """Return the size of a picture made to fit a box; never larger than it is."""
    return scaled(size, min(1.0, box[0] / size[0], box[1] / size[1]))


def cropped_size(size: Size, box: Size) -> Size:
    """Return the size of a picture cut to a box's shape; never larger than it is."""
    return scaled(box, min(1.0, size[0] / box[0], size[1] / box[1]))


def scaled(size: Size, scale: float) -> Size:
    """Return a size times a scale, at least one pixel each way."""
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def rendition_size(name: str, size: Size) -> Size:
    """Return the size of a rendition of a picture that is seen at a size."""
    step, box = RENDITIONS[name]
    return cropped_size(size, box) if step == "cropped" else fitted_size(size, box)


def part(size: Size, box: Size, focus: list[float]) -> tuple[float, float, float, float]:
    """Return the part (left, top, right, bottom) of a box's shape, as near a focus as it goes."""
    scale = max(box[0] / size[0], box[1] / size[1])
    width, height = min(size[0], box[0] / scale), min(size[1], box[1] / scale)
    left = min(max(size[0] * focus[0] - width / 2, 0), size[0] - width)
    top = min(max(size[1] * focus[1] - height / 2, 0), size[1] - height)
    return left, top, left + width, top + height


def spare(size: Size) -> int:
    """Return by what whole number a picture can be shrunk and still serve every rendition."""
    needs = [
        max(box) / min(size) if step == "cropped" else max(box) / max(size)
        for step, box in RENDITIONS.values()
    ]
    return max(1, int(1 / (AMPLE * max(needs))))


def flat(image: Image.Image) -> Image.Image:
    """Return a picture without palette, transparency (white shows) or more than 8 bits."""
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def shrunk(image: Image.Image) -> Image.Image:
    """Return a flat picture that is no larger than its renditions need.

    A JPEG is decoded small in the first place. What stays large is converted band by band, so
    that it is in memory once and no more.
    """
    factor = spare(image.size)
    image.draft(image.mode, (image.width // factor, image.height // factor))
    factor = spare(image.size)
    rows = factor * max(1, BAND // (image.width * factor))
    whole = None
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band = flat(band).reduce(factor)
        whole = whole or Image.new(band.mode, (band.width, -(-image.height // factor)))
        whole.paste(band, (0, top // factor))
    return whole


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a flat picture in the colours of sRGB; a profile that cannot be used is ignored."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


@register_pillow
def plain(get_image):
    """Make any accepted picture an upright sRGB one with nothing in it but its pixels.

    Stands before the step that cuts it, and tells that step the size of the whole picture.
    """

    def processor(image, context):
        turn, profile = orientation(image), image.info.get("icc_profile")
        context.seen = upright_size(image)
        context.save_kwargs.update(JPEG)
        image = in_srgb(shrunk(image), profile)
        if turn in TURNS:
            image = image.transpose(TURNS[turn])
        image = get_image(image, context)
        image.info = {}
        return image

    return processor


@register_pillow
def fitted(get_image, box):
    """Make a picture fit a box."""

    def processor(image, context):
        image = get_image(image, context)
        return image.resize(fitted_size(context.seen, box), Image.Resampling.LANCZOS)

    return processor


@register_pillow
def cropped(get_image, box):
    """Cut a picture to a box's shape around its focal point."""

    def processor(image, context):
        image = get_image(image, context)
        size = cropped_size(context.seen, box)
        edges = part(image.size, box, context.ppoi)
        return image.resize(size, Image.Resampling.LANCZOS, box=edges)

    return processor
