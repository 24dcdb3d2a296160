"""The Song face of the paper: its files hold what their list says, and little else."""

from fontTools.ttLib import TTFont

from newsroom.dev import font_subset


def glyphs(name):
    """Return the characters that a committed file can set."""
    return {chr(code) for code in TTFont(font_subset.FONTS / f"{name}.woff2").getBestCmap()}


def test_the_files_hold_the_characters_of_the_list():
    for name, chosen in font_subset.characters().items():
        assert glyphs(name) == set(chosen), name


def test_both_files_fit_in_150_kb():
    files = list(font_subset.FONTS.glob("*.woff2"))
    assert len(files) == 2
    assert sum(path.stat().st_size for path in files) <= font_subset.MOST


def test_the_name_of_the_sample_paper_needs_the_small_file_alone():
    assert set("武进日报往期关于本报更正与撤稿") <= glyphs("song-titles")
    assert (font_subset.FONTS / "song-titles.woff2").stat().st_size < 20_000


def test_the_style_sheet_is_fresh():
    assert font_subset.SHEET.read_text() == font_subset.sheet_text(font_subset.characters())


def test_a_run_of_characters_is_one_range():
    assert font_subset.unicode_range("三一丁Z") == "U+5A,U+4E00-4E01,U+4E09"


def test_the_licence_lies_beside_the_font():
    licence = (font_subset.FONTS / "OFL.txt").read_text()
    assert licence.startswith("Copyright 2017-2022 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
