"""Draw the icons of the site with the outline of one character, so that no font is needed.

`python -m newsroom.dev.icons` writes them again, from the font of share cards: the SVG, and PNG
files for home screens (the maskable one with a wider margin, since systems cut its edges off).
"""

import os
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from articles.sharing.fonts import card_font, sized

CHARACTER = "报"
VERMILION, WHITE = "#c0301c", "#fff"
FOLDER = Path(__file__).resolve().parents[2] / "static" / "img"
# The files, their size in pixels, and the size of the character as a part of it.
PICTURES = {
    "apple-touch-icon.png": (180, 0.74),
    "icon-192.png": (192, 0.74),
    "icon-512.png": (512, 0.74),
    "icon-maskable.png": (512, 0.56),
}


def outline(path: str, face: int, size: float, box: float) -> str:
    """Return the SVG path of the character, `size` high, in the middle of a square box."""
    font = TTFont(path, fontNumber=face)
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord(CHARACTER)]
    scale = size / font["head"].unitsPerEm
    left = (box - glyphs[name].width * scale) / 2
    # The square of a Han character reaches from 0.12 em below the baseline to 0.88 em above.
    baseline = box / 2 + 0.38 * size
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, left, baseline)))
    return pen.getCommands()


def picture(font: tuple[str, int], size: int, part: float) -> Image.Image:
    """Return an icon as a picture, the character `part` of its height."""
    image = Image.new("RGB", (size, size), VERMILION)
    middle = (size / 2, size / 2 + 0.38 * size * part)
    face = sized(font, round(size * part))
    ImageDraw.Draw(image).text(middle, CHARACTER, WHITE, face, anchor="ms")
    return image.quantize(32)


def main() -> None:
    """Write all icons; raises SystemExit without a font."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    font = card_font()
    if font is None:
        raise SystemExit("Install Noto Serif CJK (fonts-noto-cjk), or set SHARE_CARD_FONT.")
    square = f'<rect width="32" height="32" fill="{VERMILION}"/>'
    glyph = f'<path fill="{WHITE}" d="{outline(*font, 24, 32)}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{square}{glyph}</svg>\n'
    (FOLDER / "icon.svg").write_text(svg)
    for name, (size, part) in PICTURES.items():
        picture(font, size, part).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
