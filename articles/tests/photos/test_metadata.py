"""What is proposed for a photo from the metadata of its file, however odd that is."""

import time
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.models import Photo
from articles.photos.metadata import exif, generation, iptc, proposals, xmp
from articles.photos.metadata.proposals import fill_facts, proposed_facts
from articles.tests.photos import photo_metadata as made
from articles.tests.picture_cases import HONEST, HOSTILE, camera_jpeg, saved, two_coloured

TEXTS = {
    "caption": "昨天，河埠路便民服务点启用。",
    "byline": "周一鸣",
    "date": "20240726",
    "province": "江州省",
    "city": "云溪市",
    "location": "河埠路",
    "keywords": ["民生", "服务"],
}
FACTS = {
    "words": "昨天，河埠路便民服务点启用。",
    "credit": "周一鸣 摄",
    "taken_on": date(2024, 7, 26),
    "place": "江州省云溪市河埠路",
    "keywords": "民生、服务",
}
LI = "<rdf:li{}>{}</rdf:li>"


def alternatives(name: str, **texts) -> str:
    items = "".join(
        LI.format(f' xml:lang="{key.replace("_", "-")}"', text) for key, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def bag(name: str, *texts) -> str:
    items = "".join(LI.format("", text) for text in texts)
    return f"<{name}><rdf:Bag>{items}</rdf:Bag></{name}>"


@pytest.mark.parametrize(
    ("encoding", "states_utf8"),
    [("utf-8", True), ("utf-8", False), ("gbk", False), ("gb18030", False), ("gbk", True)],
)
def test_iptc_of_every_program_is_read(encoding, states_utf8):
    block = made.iptc(encoding=encoding, states_utf8=states_utf8, **TEXTS)
    assert proposed_facts(made.with_iptc(block)) == FACTS


def test_characters_that_only_gb18030_has_are_read():
    block = made.iptc(encoding="gb18030", caption="㐂𬭎䶮镇昨天开渔。")
    assert proposed_facts(made.with_iptc(block)) == {"words": "㐂𬭎䶮镇昨天开渔。"}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_xmp_is_read_as_elements_and_as_attributes(format):
    elements = (
        alternatives("dc:description", x_default="Opened.", zh_CN=TEXTS["caption"], en="Opened.")
        + bag("dc:creator", "周一鸣", "林晓禾")
        + bag("dc:subject", "民生", "服务")
        + bag("Iptc4xmpExt:PersonInImage", "王甲", "李乙")
    )
    attributes = (
        ' photoshop:State="江州省" photoshop:City="云溪市" Iptc4xmpCore:Location="河埠路"'
        ' photoshop:DateCreated="2024-07-26T23:59:59-05:00"'
    )
    found = proposed_facts(made.with_xmp(made.packet(elements, attributes), format))
    assert found == FACTS | {"credit": "周一鸣 林晓禾 摄", "people": "王甲、李乙"}


def test_exif_is_read_and_its_time_has_no_zone():
    data = made.with_exif(
        comment="窗口前的居民。", keywords="民生;服务", taken="2024:07:26 23:59:59", artist="X100V"
    )
    taken = {"words": "窗口前的居民。", "keywords": "民生、服务", "taken_on": date(2024, 7, 26)}
    assert proposed_facts(data) == taken


def test_a_caption_of_a_camera_is_none():
    for text in ("OLYMPUS DIGITAL CAMERA", "SONY DSC", "dav", "DCIM\\100MEDIA\\DJI_0001.JPG"):
        assert proposed_facts(made.with_exif(description=text)) == {}
    assert proposed_facts(made.with_iptc(made.iptc(caption="SONY DSC"))) == {}


@pytest.mark.parametrize(
    ("texts", "credit"),
    [
        ({"byline": "周一鸣 摄"}, "周一鸣 摄"),
        ({"byline": "记者 周一鸣"}, "记者 周一鸣 摄"),
        ({"byline": "周一鸣/文 林晓禾/摄影"}, "周一鸣/文 林晓禾/摄影"),
        ({"byline": ["周一鸣", "林晓禾"]}, "周一鸣 林晓禾 摄"),
        ({"credit": "新华社", "source": "某图片社"}, "新华社"),
        ({"source": "区档案馆"}, "区档案馆"),
        ({"byline": "名" * 130}, None),
    ],
)
def test_the_credit_is_the_photographer_or_the_agency(texts, credit):
    assert proposed_facts(made.with_iptc(made.iptc(**texts))).get("credit") == credit


@pytest.mark.parametrize(
    "day", ["00000000", "2024:02:30 10:00:00", "gestern", "", "10000101", "2024"]
)
def test_a_day_that_never_was_is_left_out(day):
    assert proposed_facts(made.with_iptc(made.iptc(date=day))) == {}
    assert proposed_facts(made.with_exif(taken=day or None)) == {}


def test_where_a_camera_stood_is_not_proposed():
    assert proposed_facts(camera_jpeg()) == {}


def test_what_was_typed_stays_and_the_mark_is_that_of_the_file():
    photo = Photo(words="", credit="林晓禾 摄", place="乙镇", generated_mark="of another file")
    assert sorted(fill_facts(photo, made.with_iptc(made.iptc(**TEXTS)))) == [
        "keywords",
        "taken_on",
        "words",
    ]
    wanted = FACTS | {"credit": "林晓禾 摄", "place": "乙镇", "generated_mark": ""}
    assert {name: getattr(photo, name) for name in wanted} == wanted


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<x>&b;</x>"
).encode()
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
ODD = {
    "entities": lambda: made.with_xmp(BILLION),
    "an external entity": lambda: made.with_xmp(EXTERNAL),
    "30 MB of XMP": lambda: made.with_xmp(made.packet(bag("dc:subject", "词" * 10_000_000)), "PNG"),
    "XMP that breaks off": lambda: made.with_xmp(made.packet()[:200]),
    "XMP in an encoding unheard of": lambda: made.with_xmp(
        b'<?xml version="1.0" encoding="x-y"?><a/>'
    ),
    "deep XMP": lambda: made.with_xmp(b"<a>" * 9_000 + b"</a>" * 9_000),
    "IPTC longer than it is": lambda: made.with_iptc(b"\x1c\2\x78\x7f\xff" + "长".encode()),
    "IPTC of an endless length": lambda: made.with_iptc(b"\x1c\2\x78\xff\xff" + b"\xff" * 40),
    "IPTC of zeros": lambda: made.with_iptc(bytes(40)),
    "half a character": lambda: made.with_iptc(made.dataset(120, "云溪".encode("gbk")[:3])),
    "ten thousand keywords": lambda: made.with_iptc(
        made.iptc(keywords=[f"词{number}" for number in range(5_000)])
    ),
    "control characters": lambda: made.with_iptc(made.iptc(caption="\0\x07\x1b[2J\u202e\ufeff")),
    "a thousand marks": lambda: camera_jpeg() + b'AIGC"Label' * 100_000,
    "no picture": lambda: b"GIF89a",
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_metadata_raises_nothing_and_takes_no_time(name):
    data, begun = ODD[name](), time.process_time()
    found = proposed_facts(data)
    assert time.process_time() - begun < 2
    longest = {field.name: getattr(field, "max_length", None) for field in Photo._meta.get_fields()}
    assert all(len(value) <= (longest[key] or 40_000) for key, value in found.items())
    assert set(found) <= {"words", "keywords"}


def test_of_ten_thousand_keywords_those_that_fit_are_proposed():
    found = proposed_facts(ODD["ten thousand keywords"]())["keywords"]
    assert found.startswith("词0、词1、词2、")
    assert 490 < len(found) <= 500


@pytest.mark.parametrize("name", [*HONEST, *(name for name in HOSTILE if "large" not in name)])
def test_no_picture_makes_the_reading_fail(name):
    make = HONEST[name] if name in HONEST else HOSTILE[name][0]
    proposed_facts(make())


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@given(st.binary(max_size=300))
def test_no_bytes_make_a_reader_fail(data):
    iptc.read_iptc({iptc.RESOURCE: data})
    iptc.read_iptc({iptc.RESOURCE: b"\x1c\2\x78" + data})
    xmp.read_xmp(data)
    generation.find_mark(data)
    image = Image.new("L", (1, 1))
    image.info["exif"] = b"Exif\0\0II*\0\x08\0\0\0" + data
    exif.read_exif(image)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp"))))
def test_no_character_of_a_caption_is_lost(words):
    found = proposed_facts(made.with_iptc(made.iptc(caption=f"图说{words}")))
    assert found["words"] == f"图说{words}"


def test_a_photo_without_metadata_has_no_facts():
    assert proposals.proposed_facts(saved(two_coloured(), "JPEG")) == {}
    assert Image.open(BytesIO(made.with_iptc(made.iptc(**TEXTS)))).format == "JPEG"
