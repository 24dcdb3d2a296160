"""Pages as a district paper prints them, all invented: short items, notices, photos, rubrics.

Weights that a national daily taught must not spoil what the rules read rightly.
"""

import pytest

from articles.intake.parse.integrity import is_complete
from articles.intake.parse.labels.crf import learnt_weights, rule_weights
from articles.intake.parse.parser import parse

SHORT_ITEMS = """A3 民生

2024年9月12日 星期四 责编 吴桐 版式 李平

南塘社区食堂推出“长者套餐”

本报讯（记者 张晓禾）昨天，南塘社区食堂推出三款“长者套餐”，价格从八元到十二元。

食堂负责人周大勇介绍，套餐由区老年医院营养科参与配制，

少油少盐，每周更换一次菜单。

北渚桥通车

本报讯（通讯员 云公宣）北渚桥维修加固工程昨日完工，恢复双向通行。

便民信息

因管网改造，9月14日8时至17时，柳湾路以东片区停水，请居民提前储水。

义诊进村

本报讯 昨天上午，区中医院组织十二名医生到青禾村开展义诊，为一百六十多名村民免费测血压、

量血糖，并发放用药手册。"""

STACKS = """治水护水一起上

云溪三条河道入选省级幸福河湖

本报讯（记者 吴桐 通讯员 李平）记者昨天从区水务局获悉，北渚河、南塘河入选省级幸福河湖名单。

区总工会慰问环卫工人

陈立新参加

本报讯（记者 李若溪）昨天，区总工会到三个环卫中转站慰问一线环卫工人。陈立新参加慰问。

青禾村：门前小菜园变身“共享花园”

本报讯（通讯员 周晓）最近，青禾村把房前屋后的零散菜地统一整理，建起十二处

“共享花园”，由村民认领管护。"""

NOTICES = """遗失声明

云溪区青禾农机服务专业合作社遗失公章一枚，声明作废。

招租公告

云溪区农贸市场一楼三间商铺公开招租，有意者请于9月20日前到市场管理办公室报名。

特此公告。

云溪区农贸市场管理办公室

2024年9月12日"""

PHOTOS = """秋日丰收

昨天，青禾村的稻田一片金黄，收割机在田间来回作业。

徐小满 摄

巧手剪纸迎中秋

9月11日，南浦小学的学生在老师指导下学习剪纸，迎接中秋节。

本报记者 周一鸣 摄"""

FEATURE = """一条老街的新生

□ 本报记者 吴桐

清晨六点，老街的豆腐坊已经亮起了灯。六十八岁的郑师傅把第一锅豆浆端上灶台，熟客陆续推门进来。

老手艺留下来

两年前，老街改造启动。设计团队走访了四十二户商家，把能留的门板、柜台、匾额都留了下来。

年轻人走进来

如今，老街上开起了书店、咖啡馆和陶艺工坊，店主大多是返乡的年轻人。

短评：改造先改观念

老街改造，难在取舍。留住人，才留得住街。"""

BRIEFS = """● 简讯

北塘街道举办邻里节

昨天，北塘街道举办第五届邻里节，三百多户居民带来拿手菜。

石桥村新建卫生室启用

9月10日，石桥村新建卫生室启用，配备两名全科医生。

讣告

云溪区退休教师李明远同志因病于2024年9月10日逝世，享年八十八岁。"""

# What stands on each page, article by article: kicker or column, headline, deck.
PAGES = {
    "short items": (
        SHORT_ITEMS,
        ["南塘社区食堂推出“长者套餐”", "北渚桥通车", "便民信息", "义诊进村"],
    ),
    "stacks": (
        STACKS,
        [
            "治水护水一起上 / 云溪三条河道入选省级幸福河湖",
            "区总工会慰问环卫工人 / 陈立新参加",
            "青禾村：门前小菜园变身“共享花园”",
        ],
    ),
    "notices": (NOTICES, ["遗失声明", "招租公告"]),
    "photos": (PHOTOS, ["秋日丰收", "巧手剪纸迎中秋"]),
    "feature": (FEATURE, ["一条老街的新生", "短评：改造先改观念"]),
    "briefs": (BRIEFS, ["● 简讯 / 北塘街道举办邻里节", "石桥村新建卫生室启用", "讣告"]),
}
HEADS = ("column", "kicker", "headline", "deck")
weights = pytest.mark.parametrize("weights", [rule_weights, learnt_weights])


def read(text, weights):
    """Return the articles of a page, which lost no word."""
    reading = parse(text, weights=weights())
    assert is_complete(text, reading)
    return reading.articles


@weights
@pytest.mark.parametrize("page", PAGES)
def test_a_district_page_is_read(page, weights):
    text, wanted = PAGES[page]
    heads = [[part.text for part in one.all(*HEADS)] for one in read(text, weights)]
    assert [" / ".join(texts) for texts in heads] == wanted


@weights
def test_the_headline_of_a_stack_is_the_line_that_tells(weights):
    first, second, _ = read(STACKS, weights)
    assert first.first("headline") == "云溪三条河道入选省级幸福河湖"
    assert second.first("deck") == "陈立新参加"


@weights
def test_a_column_end_is_rejoined_under_a_lead_in(weights):
    assert [len(one.paragraphs) for one in read(SHORT_ITEMS, weights)] == [2, 1, 1, 1]


@weights
def test_a_notice_keeps_its_signature(weights):
    lost, lease = read(NOTICES, weights)
    assert (lost.kind, lease.kind) == ("notice", "notice")
    assert [part.text for part in lease.all("signoff")] == [
        "云溪区农贸市场管理办公室",
        "2024年9月12日",
    ]


@weights
def test_subheads_of_a_feature_begin_no_article(weights):
    feature = read(FEATURE, weights)[0]
    assert [part.text for part in feature.all("subhead")] == ["老手艺留下来", "年轻人走进来"]


@weights
def test_a_rubric_over_a_headline_is_a_column(weights):
    assert read(BRIEFS, weights)[0].first("column") == "● 简讯"


@weights
def test_a_pointer_on_the_front_page_is_a_jump(weights):
    text = "区中医院名医工作室揭牌\n\n详见A2版\n\n柳湾路改造工程启动\n\n（见A3版）\n"
    articles = read(text, weights)
    assert [(one.first("headline"), one.jump_to) for one in articles] == [
        ("区中医院名医工作室揭牌", ("A2",)),
        ("柳湾路改造工程启动", ("A3",)),
    ]


@weights
@pytest.mark.parametrize("head", ["老街开街", "“云溪号”首发", "云溪：百村联动"])
def test_a_headline_never_goes_on_in_copy(head, weights):
    copy = "云溪区的老街昨天重新开街，四十二户商家迎来第一批客人，热闹的景象一直持续到深夜才散去。"
    for text in (f"{head}\n\n{copy * 2}", f"{head}\n\n{copy}\n\n{head}\n\n{copy}"):
        for one in read(text, weights):
            assert all(len(part.blocks) == 1 for part in one.all("headline", "kicker", "deck"))


@weights
def test_a_headline_cut_after_a_joining_word_is_one_and_asked_about(weights):
    head = ["云溪区全民阅读节暨", "第五届书画展在老街开幕"]
    text = f"{SHORT_ITEMS}\n\n{head[0]}\n\n{head[1]}\n\n本报讯 昨天，书画展开幕。"
    part = read(text, weights)[-1].parts[0]
    assert (part.kind, part.text) == ("headline", " ".join(head))
    assert part.decision.is_doubtful


@weights
def test_a_subhead_is_never_stacked_over_a_headline(weights):
    text = f"{SHORT_ITEMS}\n\n村里来了新医生\n\n石桥村卫生室昨天启用\n\n本报讯 昨天，卫生室启用。"
    last = read(text, weights)[-1]
    assert [part.kind for part in last.parts][:2] in (["kicker", "headline"], ["headline", "deck"])


@weights
def test_what_follows_who_wrote_is_another_article(weights):
    copy = "老街的改造已经完成，商家陆续回来，街上的客人比从前多了一倍。"
    text = (
        f"老街回来了\n\n{copy}\n\n（作者为云溪区文化馆馆员）\n\n新街也要热起来\n\n{copy}\n\n{copy}"
    )
    assert [one.first("headline") for one in read(text, weights)] == [
        "老街回来了",
        "新街也要热起来",
    ]
