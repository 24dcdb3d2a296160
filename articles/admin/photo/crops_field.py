"""The crops of a photo as a form asks for them: left edge, upper edge and width in per cent.

The height follows from the shape. Left empty, the focal point decides, as without a crop.
"""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles.photos.files.crops import SHAPES, check_crops, crop_of_width

PARTS = {"left": _("Left edge, %"), "top": _("Upper edge, %"), "width": _("Width, %")}
SHAPE_NAMES = {
    "wide": _("wide, 3:2 (front page)"),
    "square": _("square"),
    "portrait": _("portrait, 3:4"),
}


class CropsInput(forms.Widget):
    """Three numbers for each shape; a script shows the crop at once, and lets it be dragged."""

    class Media:
        js = [Script("js/desk/crops.js", type="module")]

    def render(self, name, value, attrs=None, renderer=None):
        shapes = [
            {"key": shape, "name": SHAPE_NAMES[shape], "ratio": ratio, "inputs": []}
            for shape, ratio in SHAPES.items()
        ]
        for shape in shapes:
            given = (value or {}).get(shape["key"], {})
            shape["inputs"] = [
                {"name": f"{name}-{shape['key']}-{part}", "label": label, "value": given.get(part)}
                for part, label in PARTS.items()
            ]
        return render_to_string("admin/articles/photo/_crops.html", {"shapes": shapes})

    def value_from_datadict(self, data, files, name):
        return {
            shape: {part: data.get(f"{name}-{shape}-{part}", "").strip() for part in PARTS}
            for shape in SHAPES
        }

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{shape}-{part}" in data for shape in SHAPES for part in PARTS)

    def use_required_attribute(self, initial):
        return False


class CropsField(forms.Field):
    """The crops of a photo; `size` is that of its picture, without which it takes none."""

    widget = CropsInput
    size = None

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        super().__init__(**kwargs | {"required": False})

    def prepare_value(self, value):
        """Return stored crops as the numbers of the form; what was typed stays as typed."""
        return {
            shape: crop if isinstance(crop, Mapping) else _numbers(crop)
            for shape, crop in (value or {}).items()
        }

    def clean(self, value):
        crops = {}
        for shape, parts in (value or {}).items() if self.size else ():
            if any(parts.values()):
                crops[shape] = self._crop(shape, parts)
        try:
            check_crops(crops)
        except ValueError as error:
            raise ValidationError(_("These crops do not lie within the picture.")) from error
        return crops

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or {})
        except ValidationError:
            return True

    def _crop(self, shape: str, parts: Mapping[str, str]) -> list[float]:
        try:
            left, top, width = (float(parts[part]) / 100 for part in PARTS)
        except ValueError as error:
            message = _("A crop needs its left edge, its upper edge and its width as numbers.")
            raise ValidationError(message) from error
        return crop_of_width(shape, self.size, left, top, width)


def _numbers(crop) -> dict[str, float]:
    left, top, right, _bottom = crop
    return {
        "left": round(left * 100, 2),
        "top": round(top * 100, 2),
        "width": round((right - left) * 100, 2),
    }
