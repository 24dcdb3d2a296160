"""朗读 in a real browser; its voice is a stub, since headless browsers have none."""

import pytest
from playwright.sync_api import expect

from articles.tests.factories import make_article, make_issue, make_page, make_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

STUB = """
  window.spoken = []
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "en-US", name: "A" }, { lang: "LANG", name: "B" }],
    speak: (utterance) => { window.spoken.push(utterance) },
    cancel: () => {},
    addEventListener: () => {},
  }})
"""
SAID = "spoken.map((utterance) => utterance.text)"
MARKED = "[...CSS.highlights.get('spoken')].map(String)"


@pytest.fixture
def paper():
    """Two articles of an issue, in print order."""
    page = make_page(issue=make_issue())
    first = make_article(
        page=page,
        kicker="引题",
        headline="社区食堂 今日开放",
        deck="——共三处",
        dateline="本报讯",
        paragraphs=["昨天上午开放。“真方便！”附近居民说。", "区里计划再建三个。"],
    )
    second = make_article(page=page, headline="泵站检修", paragraphs=["检修完成。"])
    make_photo()
    return first, second


@pytest.fixture
def reader(live_server, paper, tab):
    """The page of the first article in a browser with a Chinese voice."""
    tab.add_init_script(STUB.replace("LANG", "zh-CN"))
    tab.goto(live_server.url + paper[0].get_absolute_url())
    return tab


def end(tab, times=1):
    """Let the voice come to the end of what it says."""
    for _ in range(times):
        tab.evaluate("spoken.at(-1).onend()")


def test_it_reads_one_sentence_at_a_time_and_marks_it(reader):
    reader.get_by_role("button", name="朗读").click()
    assert reader.evaluate(SAID) == ["引题"]
    assert reader.evaluate("[spoken[0].lang, spoken[0].voice.name, spoken[0].rate]") == [
        "zh-CN",
        "B",
        1,
    ]
    assert reader.evaluate(MARKED) == ["引题"]
    end(reader, 6)
    assert reader.evaluate(SAID) == [
        "引题",
        "社区食堂 今日开放",
        "共三处",
        "本报讯 昨天上午开放。",
        "“真方便！”",
        "附近居民说。",
        "区里计划再建三个。",
    ]
    assert reader.evaluate(MARKED) == ["区里计划再建三个。"]


def test_it_pauses_and_begins_the_sentence_anew(reader):
    reader.get_by_role("button", name="朗读").click()
    end(reader)
    reader.get_by_role("button", name="暂停").click()
    end(reader)
    assert reader.evaluate("spoken.length") == 2
    reader.get_by_role("button", name="继续").click()
    assert reader.evaluate(SAID) == ["引题", "社区食堂 今日开放", "社区食堂 今日开放"]


def test_another_speed_begins_the_sentence_anew(reader):
    reader.get_by_role("button", name="朗读").click()
    reader.get_by_label("语速").select_option("快")
    assert reader.evaluate("spoken.map((utterance) => utterance.rate)") == [1, 1.25]


def test_it_stops_and_marks_nothing(reader):
    reader.get_by_role("button", name="朗读").click()
    reader.get_by_role("button", name="停止").click()
    assert reader.evaluate("CSS.highlights.has('spoken')") is False
    assert reader.get_by_role("button", name="停止").is_hidden()


def test_it_goes_on_to_the_next_article_of_the_paper(reader, live_server, paper):
    reader.get_by_role("button", name="朗读").click()
    end(reader, 7)
    reader.wait_for_url(live_server.url + paper[1].get_absolute_url())
    expect(reader.locator("h1")).to_have_text("泵站检修")
    expect(reader.get_by_role("button", name="暂停")).to_be_visible()
    assert reader.evaluate("spoken.at(-1).text") == "泵站检修"
    assert reader.title().startswith("泵站检修")
    end(reader, 2)
    assert reader.evaluate("spoken.at(-1).text") == "检修完成。"
    assert reader.get_by_role("button", name="朗读").is_visible()


def test_without_a_chinese_voice_there_is_no_button(live_server, paper, tab):
    tab.add_init_script(STUB.replace("LANG", "fr-FR"))
    tab.goto(live_server.url + paper[0].get_absolute_url())
    tab.wait_for_selector("text=打印")
    assert tab.get_by_role("button", name="朗读").count() == 0


def test_the_browser_as_it_is_has_no_voice_and_no_button(live_server, paper, tab):
    tab.goto(live_server.url + paper[0].get_absolute_url())
    tab.wait_for_selector("text=打印")
    assert tab.evaluate("speechSynthesis.getVoices().length") == 0
    assert tab.get_by_role("button", name="朗读").count() == 0
