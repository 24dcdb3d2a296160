"""Bylines, lead-ins and credits: roles as printed, names without padding."""

import pytest

from articles.intake.parse.fixed_lines import is_byline, is_credit
from articles.intake.parse.lead_ins import parse_bylines, parse_lead_in


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("记者 王 芳 赵子昂", [("记者", "王芳"), ("记者", "赵子昂")]),
        (
            "实习生 周一鸣 记者 吴桐 通讯员 云公宣",
            [("实习生", "周一鸣"), ("记者", "吴桐"), ("通讯员", "云公宣")],
        ),
        ("记者吴桐 通讯员褚小满", [("记者", "吴桐"), ("通讯员", "褚小满")]),
        ("记者 王甲、李丙丁", [("记者", "王甲"), ("记者", "李丙丁")]),
        ("本报首席记者 王甲", [("首席记者", "王甲")]),
        ("周一鸣、褚小满", [("", "周一鸣"), ("", "褚小满")]),
        ("记者吴桐", [("记者", "吴桐")]),
        ("全媒体记者 古丽·云溪", [("全媒体记者", "古丽·云溪")]),
    ],
)
def test_people(text, want):
    assert [(b.role, b.name) for b in parse_bylines(text)] == want


@pytest.mark.parametrize("text", ["见图，记者说", "2024年7月", "“同心”"])
def test_no_people(text):
    assert parse_bylines(text) is None


@pytest.mark.parametrize(
    ("text", "dateline", "names", "copy"),
    [
        ("本报讯（记者 张可馨）昨晚，", "本报讯", ["张可馨"], "昨晚，"),
        ("本报讯 昨晚，", "本报讯", [], "昨晚，"),
        ("据新华社酒泉7月26日电 记者26日从", "据新华社酒泉7月26日电", [], "记者26日从"),
        (
            "新华社北京7月26日电（记者 王甲、李丙丁）记者",
            "新华社北京7月26日电",
            ["王甲", "李丙丁"],
            "记者",
        ),
        ("据新华社电  （记者吴小桐）子弹", "据新华社电", ["吴小桐"], "子弹"),
        ("云溪日报讯（通讯员 云公宣）昨天", "云溪日报讯", ["云公宣"], "昨天"),
        ("本报讯（见图）昨天", "本报讯", [], "（见图）昨天"),
    ],
)
def test_lead_in(text, dateline, names, copy):
    lead = parse_lead_in(text)
    assert (lead.dateline, [b.name for b in lead.bylines], text[lead.end :]) == (
        dateline,
        names,
        copy,
    )


@pytest.mark.parametrize(
    "text",
    [
        "本报记者近日从国家电网获悉，",
        "新华社记者李平说，",
        "本报7月25日A2版《社区食堂开张》一文中",
        "昨天，本报讯",
    ],
)
def test_no_lead_in(text):
    assert parse_lead_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "徐芊卉 摄",
        "本报记者 周一鸣 吴桐 摄影报道",
        "李若溪 文/图",
        "李  平摄影报道（影像中国）",
        "新华社记者 周一鸣 摄",
        "摄影：李平",
    ],
)
def test_credit(text):
    assert is_credit(text)


@pytest.mark.parametrize("text", ["稻田作画", "荷塘月色", "夏日送清凉", "村民用镜头拍摄"])
def test_no_credit(text):
    assert not is_credit(text)


@pytest.mark.parametrize(
    "text", ["□ 本报记者 张晓禾 通讯员 李 平", "□ 周一鸣", "本报记者 吴桐", "通讯员 云公宣"]
)
def test_byline(text):
    assert is_byline(text)


@pytest.mark.parametrize(
    "text", ["记者节", "记者26日从发射中心获悉，", "通讯员队伍建设会召开", "编辑部的故事"]
)
def test_no_byline(text):
    assert not is_byline(text)
