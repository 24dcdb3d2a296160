"""Crops of a photo that were set by hand, one for each shape. No Django here.

A crop is [left, top, right, bottom] in fractions of the upright picture.
"""

from collections.abc import Mapping, Sequence

Crop = Sequence[float]
# Width by height of each shape.
SHAPES = {"wide": 3 / 2, "square": 1.0, "portrait": 3 / 4}
# The least width and height of a crop: less could not be printed.
LEAST = 0.05
ROUNDING = 0.002


def shape_of(box: tuple[int, int]) -> str:
    """Return the shape of a box: the one whose sides are to each other most nearly as its own."""
    return min(SHAPES, key=lambda shape: abs(SHAPES[shape] - box[0] / box[1]))


def crop_for(box: tuple[int, int], crops: Mapping[str, Crop]) -> Crop | None:
    """Return the crop that was set by hand for the shape of a box."""
    return crops.get(shape_of(box))


def crop_size(size: tuple[int, int], crop: Crop | None) -> tuple[int, int]:
    """Return the size in pixels of a crop of a picture; that of all of it without a crop."""
    left, top, right, bottom = crop or (0, 0, 1, 1)
    return max(1, round(size[0] * (right - left))), max(1, round(size[1] * (bottom - top)))


def crop_of_width(
    shape: str, size: tuple[int, int], left: float, top: float, width: float
) -> list[float]:
    """Return the crop of a shape that is so wide, of a picture with a size in pixels.

    It can reach beyond the picture (`check_crops`), but not by less than a pixel or so.
    """
    height = width * size[0] / (SHAPES[shape] * size[1])
    edges = [left, top, left + width, top + height]
    return [1.0 if 1 < edge < 1 + ROUNDING else round(edge, 4) for edge in edges]


def check_crops(value: object) -> None:
    """Raise ValueError where a value is not the crops of a photo: {shape: crop}."""
    if not isinstance(value, Mapping):
        raise ValueError("no object")
    for shape, crop in value.items():
        if shape not in SHAPES:
            raise ValueError(f"no shape {shape}")
        _check_crop(crop)


def _check_crop(crop: object) -> None:
    if not isinstance(crop, list | tuple) or len(crop) != 4:
        raise ValueError("no four edges")
    if any(type(edge) not in (int, float) or not 0 <= edge <= 1 for edge in crop):
        raise ValueError("an edge outside the picture")
    left, top, right, bottom = crop
    if right - left < LEAST or bottom - top < LEAST:
        raise ValueError("hardly any picture left")
