"""Process images for renditions: upright, in sRGB, on white, resized, without metadata.

Registers the processors of the renditions: `plain`, then `fitted` or `cropped`. Their names and
sizes go into the file names of stored renditions. No Django here.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from types import MappingProxyType

from imagefield.processing_pillow import register_pillow
from PIL import Image, ImageCms

from .crops import Crop, crop_for, crop_size

Size = tuple[int, int]

# The renditions of a photo: the processor of each, and its box.
RENDITIONS = {
    "front": ("cropped", (720, 480)),
    "front-large": ("cropped", (1200, 800)),
    "front-full": ("cropped", (1800, 1200)),
    "wide": ("fitted", (1440, 1440)),
    "small": ("fitted", (720, 720)),
    "square": ("cropped", (600, 600)),
    "portrait": ("cropped", (600, 800)),
    "portrait-large": ("cropped", (900, 1200)),
    "preview": ("fitted", (240, 240)),
}
JPEG = {"format": "JPEG", "quality": 85, "progressive": True, "optimize": True}
WEBP = {"format": "WEBP", "quality": 80, "method": 2}
# Where a focal point is that nobody has moved, and what it stands for in a tall picture.
MIDDLE, UPPER = (0.5, 0.5), (0.5, 0.2)
# How much larger than its renditions an image stays until the last step.
OVERSIZE = 1.35
# Pixels of a large image that are converted at once.
BAND_PIXELS = 1_000_000
ORIENTATION = 0x0112
EMPTY = MappingProxyType({})
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def webp(rendition: bytes) -> bytes:
    """Return a rendition as WebP; a tenth of a second of processor time for the largest."""
    made = BytesIO()
    with Image.open(BytesIO(rendition)) as image:
        image.save(made, **WEBP)
    return made.getvalue()


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none."""
    try:
        found = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a broken EXIF block can raise anything; the picture itself may be sound
        return 1
    return found if found in TURNS else 1


def upright_size(image: Image.Image) -> Size:
    """Return the width and height of an image when upright. Reads its header only."""
    width, height = image.size
    return (height, width) if orientation(image) >= 5 else (width, height)


def fitted_size(size: Size, box: Size) -> Size:
    """Return the size of an image that fits a box; never larger than it is."""
    return scale_size(size, min(1.0, box[0] / size[0], box[1] / size[1]))


def cropped_size(size: Size, box: Size) -> Size:
    """Return the size of an image cropped to a box; never larger than it is."""
    return scale_size(box, min(1.0, size[0] / box[0], size[1] / box[1]))


def scale_size(size: Size, scale: float) -> Size:
    """Return a size times a scale, at least one pixel each way."""
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def rendition_size(name: str, size: Size, crops: Mapping[str, Crop] = EMPTY) -> Size:
    """Return the size of a rendition of an image with an upright size and crops set by hand."""
    step, box = RENDITIONS[name]
    if step == "fitted":
        return fitted_size(size, box)
    return cropped_size(crop_size(size, crop_for(box, crops)) if crops else size, box)


def crop_box(
    size: Size, box: Size, focus: Sequence[float], crop: Crop | None = None
) -> tuple[float, float, float, float]:
    """Return the crop (left, top, right, bottom) of a box's shape nearest to a focal point.

    With a crop set by hand it is the largest in the middle of that. A focal point that nobody has
    moved is in the upper third of a picture that is taller than wide: there its subject is.
    """
    left, top, right, bottom = crop or (0, 0, 1, 1)
    across, down = size[0] * (right - left), size[1] * (bottom - top)
    if tuple(focus) == MIDDLE and size[1] > size[0]:
        focus = UPPER
    focus = MIDDLE if crop else focus
    scale = max(box[0] / across, box[1] / down)
    width, height = min(across, box[0] / scale), min(down, box[1] / scale)
    x = size[0] * left + min(max(across * focus[0] - width / 2, 0), across - width)
    y = size[1] * top + min(max(down * focus[1] - height / 2, 0), down - height)
    return x, y, x + width, y + height


def reduction_factor(step: tuple, size: Size) -> int:
    """Return the whole number by which an upright image can be reduced for a rendition's step."""
    name, box, *crops = step
    if name == "fitted":
        need = min(box[0] / size[0], box[1] / size[1])
    else:
        width, height = crop_size(size, crops[0] if crops else None)
        need = max(box[0] / width, box[1] / height)
    return max(1, int(1 / (OVERSIZE * need)))


def flatten(image: Image.Image) -> Image.Image:
    """Return an image without palette, transparency (on white) or more than 8 bits a channel."""
    if image.has_transparency_data:
        transparent = image.convert("RGBA")
        canvas = Image.new("RGBA", transparent.size, "white")
        canvas.alpha_composite(transparent)
        return canvas.convert("RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def shrink(image: Image.Image, factor_of: Callable[[Size], int]) -> Image.Image:
    """Return a flattened image, reduced by the whole number that `factor_of` gives for its size.

    A JPEG is decoded small; others are converted in bands, so that the whole is in memory once.
    """
    factor = factor_of(image.size)
    image.draft(image.mode, scale_size(image.size, 1 / factor))
    factor = factor_of(image.size)
    if factor == 1 and image.mode in ("RGB", "L", "CMYK") and not image.has_transparency_data:
        image.load()
        return image
    rows = factor * max(1, BAND_PIXELS // (image.width * factor))
    whole = None
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band = flatten(band).reduce(factor)
        whole = whole or Image.new(band.mode, (band.width, -(-image.height // factor)))
        whole.paste(band, (0, top // factor))
    return whole


def convert_to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert a flattened image to sRGB; a profile that cannot be used is ignored."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image if image.mode == "RGB" else image.convert("RGB")


@register_pillow
def plain(get_image):
    """Make an image upright, sRGB and free of metadata before the step that resizes it."""

    def processor(image, context):
        turn, profile = orientation(image), image.info.get("icc_profile")
        context.upright_size = upright_size(image)
        context.save_kwargs.update(JPEG)
        step, order = context.processors[-1], -1 if turn >= 5 else 1
        image = shrink(image, lambda size: reduction_factor(step, size[::order]))
        image = convert_to_srgb(image, profile)
        if turn in TURNS:
            image = image.transpose(TURNS[turn])
        image = get_image(image, context)
        image.info = {}
        return image

    return processor


@register_pillow
def fitted(get_image, box):
    """Resize an image to fit a box."""

    def processor(image, context):
        image = get_image(image, context)
        return image.resize(fitted_size(context.upright_size, box), Image.Resampling.LANCZOS)

    return processor


@register_pillow
def cropped(get_image, box, crop=None):
    """Crop an image to a box's shape, by hand or around its focal point, and resize it."""

    def processor(image, context):
        image = get_image(image, context)
        size = cropped_size(crop_size(context.upright_size, crop), box)
        edges = crop_box(image.size, box, context.ppoi, crop)
        return image.resize(size, Image.Resampling.LANCZOS, box=edges)

    return processor
