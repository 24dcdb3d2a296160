"""Notices: who is told what, once, and at most every five minutes."""

import pytest
from django.core.management import call_command

from articles import notices
from articles.models import Channel, NoticeSettings
from articles.notices import webhook
from articles.tests.factories import make_article
from articles.tests.workflow_factories import member_who_may, through
from articles.workflow import move

from .robot_server import SECRET, by_robot, later, people, robot, run, submitted

__all__ = ["people", "robot"]
pytestmark = pytest.mark.django_db


# What is told


def test_a_robot_is_told_what_waits_in_the_shape_that_wecom_and_dingtalk_take(people, robot):
    submitted(people[0], headline="河埠路的灯亮了")
    by_robot(people[1], robot)
    assert run() == (1, 0)
    [(path, headers, body)] = robot.received
    assert path == f"/cgi-bin/webhook/send?key={SECRET}"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert (body.keys(), body["msgtype"]) == ({"msgtype", "text"}, "text")
    [text] = robot.texts
    assert "责任编辑" in text
    assert "等您审读：1 篇" in text
    assert "河埠路的灯亮了（待一审）" in text
    row = NoticeSettings.objects.get()
    assert (row.failures, row.error, len(row.told)) == (0, "", 1)


def test_the_writer_is_told_of_what_came_back_and_not_why(people, robot):
    article = submitted(people[0], headline="灯亮了")
    by_robot(people[0], robot)
    run()
    move(article, "return", by=people[1], note="数字不对，内情另说")
    later()
    run()
    assert "退回给您：1 篇" in robot.texts[-1]
    assert "内情" not in "".join(robot.texts)


def test_the_same_is_told_once_and_again_when_it_comes_again(people, robot):
    article = submitted(people[0])
    by_robot(people[1], robot)
    for _ in range(3):
        run()
        later()
    assert len(robot.received) == 1
    move(article, "return", by=people[1], note="见批注")
    run()
    assert NoticeSettings.objects.get().told == []
    through(article, ("submit", people[0]))
    run()
    assert len(robot.received) == 2


def test_at_most_one_message_in_five_minutes_collects_what_comes(people, robot):
    by_robot(people[1], robot)
    run()
    for number in range(3):
        submitted(people[0], headline=f"第{number}篇")
        assert run() == (0, 0)
        later(1)
    later(2)
    assert run() == (1, 0)
    assert len(robot.received) == 2
    assert "等您审读：3 篇" in robot.texts[1]


def test_a_new_choice_says_that_it_works_though_nothing_waits(people, robot):
    by_robot(people[1], robot)
    assert run() == (1, 0)
    assert "提醒已开通" in robot.texts[0]
    later()
    assert run() == (0, 0)


def test_a_long_queue_fits_into_one_message(people, robot):
    for _ in range(40):
        submitted(people[0], headline="云" * 200)
    by_robot(people[1], robot)
    run()
    [text] = robot.texts
    assert ("等您审读：40 篇" in text, "另有 34 篇" in text) == (True, True)
    assert len(text.encode()) < 2_048


def test_an_article_without_a_headline_has_its_first_words(people, robot):
    submitted(people[0], headline="", body="<p>昨天上午，云溪区的灯都亮了起来。</p>")
    by_robot(people[1], robot)
    run()
    assert "昨天上午，云溪区的灯都亮了起来" in robot.texts[0]


def test_the_address_of_the_desk_is_told_where_the_site_has_one(people, robot, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://news.example"]
    by_robot(people[1], robot)
    run()
    assert robot.texts[0].endswith("https://news.example/admin/")


def test_by_mail(people, settings, mailoutbox):
    settings.NOTICES = True
    submitted(people[0], headline="灯亮了\r\nBcc: x@example.com")
    notices.choose(people[1], channel=Channel.EMAIL, email="bianji@news.example")
    assert run() == (1, 0)
    [message] = mailoutbox
    assert message.to == ["bianji@news.example"]
    assert message.subject == "有 1 篇稿件等您处理"
    assert "灯亮了" in message.body


def test_mail_is_written_to_files_where_the_settings_say_so(people, settings, tmp_path):
    settings.NOTICES, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    notices.choose(people[1], channel=Channel.EMAIL, email="bianji@news.example")
    call_command("send_notices", verbosity=0)
    [file] = tmp_path.iterdir()
    assert "bianji@news.example" in file.read_text()


# Who is told nothing


def test_nobody_is_told_by_default_or_where_the_paper_has_it_off(people, robot, settings, capsys):
    submitted(people[0])
    assert run() == (0, 0)
    by_robot(people[1], robot)
    settings.NOTICES = False
    call_command("send_notices")
    assert "NOTICES" in capsys.readouterr().err
    settings.NOTICES = True
    notices.choose(people[1], channel=Channel.NONE)
    assert run() == (0, 0)
    assert robot.received == []


@pytest.mark.parametrize("fact", ["is_active", "is_staff"])
def test_who_has_left_is_told_nothing(people, robot, fact):
    by_robot(people[1], robot)
    type(people[1]).objects.filter(pk=people[1].pk).update(**{fact: False})
    assert run() == (0, 0)


def test_who_may_see_no_articles_hears_of_none(people, robot):
    submitted(people[0], headline="秘密")
    by_robot(member_who_may("pass_first_review"), robot)
    run()
    assert "秘密" not in robot.texts[0]


def test_no_longer_chosen_addresses_are_deleted(people, robot):
    by_robot(people[1], robot)
    row = notices.choose(people[1], channel=Channel.NONE)
    assert (row.webhook, row.email) == ("", "")


# At once, and beside saves


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_send_one_message(people, robot, together):
    submitted(people[0])
    by_robot(people[1], robot)
    together([run] * 4)
    assert len(robot.received) == 1


def test_a_choice_that_changes_while_a_message_is_sent_is_kept(people, robot, monkeypatch):
    by_robot(people[1], robot)
    send = webhook.post

    def post(url, text):
        send(url, text)
        notices.choose(people[1], channel=Channel.NONE)

    monkeypatch.setattr(webhook, "post", post)
    run()
    row = NoticeSettings.objects.get()
    assert (row.channel, row.told_at) == (Channel.NONE, None)


def test_the_command_says_how_it_went(people, robot, capsys):
    by_robot(people[1], robot)
    call_command("send_notices")
    call_command("send_notices")
    assert capsys.readouterr().out == "已发提醒 1 条，未发出 0 条\n"


def test_a_save_tells_nobody(people, robot):
    by_robot(people[1], robot)
    through(submitted(people[0]), ("pass_first", people[1]))
    make_article(status="draft")
    assert robot.received == []


@pytest.mark.parametrize("count", [1, 25])
def test_a_message_costs_the_same_however_much_waits(
    people, robot, count, django_assert_num_queries
):
    for _ in range(count):
        submitted(people[0])
    by_robot(people[1], robot)
    with django_assert_num_queries(7):
        assert run() == (1, 0)
    later()
    with django_assert_num_queries(5):
        assert run() == (0, 0)
