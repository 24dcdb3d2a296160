"""The marks by which files say that a program made the picture up (GB 45438-2025, IPTC)."""

import pytest
from PIL import PngImagePlugin

from articles.photos.metadata.proposals import proposed_facts
from articles.tests.photos import photo_metadata as made
from articles.tests.picture_cases import camera_jpeg, saved, two_coloured

AIGC = '{{"Label":"{}","ContentProducer":"某平台","ProduceID":"1"}}'


def png_with(key: str, value: str, *, is_compressed=False) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text(key, value, zip=is_compressed)
    return saved(two_coloured(), "PNG", pnginfo=info)


def aigc_element(label) -> bytes:
    text = AIGC.format(label).replace('"', "&quot;")
    return made.packet(f"<TC260:AIGC{made.TC260}>{text}</TC260:AIGC>")


SOURCE = ' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{}"'
URI = b"digitalSourceType\x78\x46http://cv.iptc.org/newscodes/digitalsourcetype/"


def with_segment(marker: bytes, content: bytes) -> bytes:
    data = camera_jpeg()
    return data[:2] + marker + (len(content) + 2).to_bytes(2, "big") + content + data[2:]


MARKS = {
    "AIGC in XMP, label 1": (lambda: made.with_xmp(aigc_element(1)), "generated"),
    "AIGC in XMP, label 2": (lambda: made.with_xmp(aigc_element(2)), "possible"),
    "AIGC in XMP, label 3": (lambda: made.with_xmp(aigc_element(3), "WEBP"), "suspected"),
    "AIGC as an attribute": (
        lambda: made.with_xmp(
            made.packet("", f"{made.TC260} TC260:AIGC='{AIGC.format(1)}'"), "PNG"
        ),
        "generated",
    ),
    "AIGC without a label": (lambda: made.with_xmp(aigc_element("")), "suspected"),
    "AIGC in a text of a PNG": (lambda: png_with("AIGC", AIGC.format(1)), "generated"),
    "AIGC in a compressed text": (
        lambda: png_with("AIGC", AIGC.format(2), is_compressed=True),
        "possible",
    ),
    "AIGC within JSON": (lambda: png_with("meta", f'{{"AIGC": {AIGC.format(3)}}}'), "suspected"),
    "AIGC in EXIF": (lambda: made.with_exif(description='{"AIGC":{"Label": 1}}'), "generated"),
    "AIGC in UTF-16": (lambda: made.with_exif(comment='{"AIGC":{"Label":"2"}}'), "possible"),
    "AIGC behind the picture": (lambda: camera_jpeg() + b'{"AIGC":{"Label":"1"}}', "generated"),
    "IPTC, generated": (
        lambda: made.with_xmp(made.packet("", SOURCE.format("trainedAlgorithmicMedia"))),
        "generated",
    ),
    "IPTC, in part": (
        lambda: made.with_xmp(
            made.packet("", SOURCE.format("compositeWithTrainedAlgorithmicMedia"))
        ),
        "composite",
    ),
    "IPTC, an element": (
        lambda: made.with_xmp(
            made.packet(
                "<Iptc4xmpExt:DigitalSourceType>compositeSynthetic</Iptc4xmpExt:DigitalSourceType>"
            )
        ),
        "composite",
    ),
    "a signed manifest (C2PA)": (
        lambda: with_segment(b"\xff\xeb", b"JP\0\1jumb\xa1" + URI + b"trainedAlgorithmicMedia\0"),
        "generated",
    ),
    "both, the stronger": (
        lambda: made.with_xmp(
            made.packet(
                f"<TC260:AIGC{made.TC260}>{AIGC.format(3)}</TC260:AIGC>",
                SOURCE.format("compositeSynthetic"),
            )
        ),
        "composite",
    ),
    "a photo": (lambda: made.with_xmp(made.packet("", SOURCE.format("digitalCapture"))), ""),
    "an algorithm that was not trained": (
        lambda: made.with_xmp(made.packet("", SOURCE.format("algorithmicMedia"))),
        "",
    ),
    "a caption about it": (
        lambda: made.with_iptc(made.iptc(caption="全区 AIGC 大会昨天开幕。")),
        "",
    ),
}


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_of_generation_is_found_wherever_a_program_puts_it(name):
    make, kind = MARKS[name]
    found = proposed_facts(make())
    assert found.get("generated", "") == kind
    assert bool(found.get("generated_mark")) == bool(kind)


def test_nobody_took_a_picture_that_was_generated():
    xmp = made.packet("<dc:creator>周一鸣</dc:creator>", SOURCE.format("trainedAlgorithmicMedia"))
    assert proposed_facts(made.with_xmp(xmp)) == {
        "credit": "周一鸣",
        "generated": "generated",
        "generated_mark": "digitalSourceType trainedAlgorithmicMedia",
    }
