"""Cut the Song face of the paper out of Noto Serif CJK SC, and write its style sheet.

`python -m newsroom.dev.font_subset` writes `static/fonts/` and `static/css/song.css` from the
characters in `static/fonts/characters.txt`: on its first line those of the nameplate and of the
titles of pages, on its second those that headlines use most. A browser loads the first file where
it has no Song face of its own, the second only for a headline. The font is Debian's package
fonts-noto-cjk; FONT names another collection with the same faces.
"""

import argparse
import os
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[2]
FONTS, SHEET = ROOT / "static/fonts", ROOT / "static/css/song.css"
CHARACTERS = FONTS / "characters.txt"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
SC = 2  # Of the faces of the collection, the one for simplified characters.
PUNCTUATION = "，、：；！？“”‘’《》（）—·…0123456789"
CHINESE = "U+2014,U+2018-201D,U+2026,U+3000-303F,U+4E00-9FFF,U+FF00-FFEF"
MOST = 150_000  # bytes of both files
FACE = """\
@font-face { font-family: "Paper Song"; font-weight: 700 900; font-display: %(display)s;
  src: url("../fonts/%(name)s.woff2") format("woff2"); unicode-range: %(range)s; }
"""
SHEET_TEXT = """\
/* Written by `python -m newsroom.dev.font_subset`. */
%s"""


def characters() -> dict[str, str]:
    """Return the characters of each file, by its name; none is in both."""
    titles, headlines = CHARACTERS.read_text().split()
    return {
        "song-headlines": "".join(sorted({*headlines, *PUNCTUATION})),
        "song-titles": "".join(sorted(titles)),
    }


def sheet_text(files: dict[str, str]) -> str:
    """Return the style sheet of the files: the titles swap in, a headline is never set twice."""
    displays = {"song-titles": "swap", "song-headlines": "optional"}
    # Where two ranges overlap a browser takes the later face.
    ranges = {name: unicode_range(chosen) for name, chosen in files.items()}
    ranges["song-headlines"] = CHINESE
    faces = [
        FACE % {"name": name, "display": displays[name], "range": ranges[name]} for name in files
    ]
    return SHEET_TEXT % "".join(faces)


def unicode_range(chosen: str) -> str:
    """Return characters as CSS writes them; runs are joined."""
    codes = sorted(map(ord, chosen))
    runs = [[codes[0], codes[0]]]
    for code in codes[1:]:
        if code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def write_subset(font: Path, chosen: str, target: Path) -> int:
    """Write some characters of a font as WOFF2; return how many bytes that is."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], font_number=SC)
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, names, licence
    face = subset.load_font(font, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=chosen)
    subsetter.subset(face)
    subset.save_font(face, target, options)
    return target.stat().st_size


def main() -> int:
    """Write the files; return the exit status, 1 where they are too large."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.dev.font_subset")
    parser.add_argument("--font", type=Path, default=Path(os.environ.get("FONT", FONT)))
    font, files = parser.parse_args().font, characters()
    sizes = [write_subset(font, text, FONTS / f"{name}.woff2") for name, text in files.items()]
    SHEET.write_text(sheet_text(files))
    for name, size in zip(files, sizes, strict=True):
        print(f"{name:<20}{len(files[name]):>5} characters{size:>9,} bytes")
    return int(sum(sizes) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
