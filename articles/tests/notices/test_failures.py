"""Notices that cannot be sent: told without secrets, tried again, in nobody's way."""

import logging

import pytest
from django.core import mail
from django.utils import timezone

from articles import notices
from articles.models import Channel, NoticeSettings
from articles.notices import webhook

from .robot_server import OK, SECRET, by_robot, later, people, robot, run, submitted

__all__ = ["people", "robot"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, b"", {}), "HTTP 500"),
        ((404, SECRET.encode(), {}), "HTTP 404"),
        ((200, b'{"errcode": 93000, "errmsg": "key %s"}' % SECRET.encode(), {}), "errcode 93000"),
        ((200, b"<html>", {}), "不能识别"),
        ((200, b"[]", {}), "不能识别"),
        ((200, b'{"errcode": "0"}', {}), "errcode ?"),
    ],
)
def test_a_robot_that_does_not_confirm_is_tried_again_later(people, robot, answer, reason, caplog):
    submitted(people[0], headline="灯亮了")
    by_robot(people[1], robot)
    robot.answer = answer
    with caplog.at_level(logging.DEBUG):
        assert run() == (0, 1)
        assert run() == (0, 0)
    row = NoticeSettings.objects.get()
    assert (row.failures, reason in row.error, row.told) == (1, True, [])
    assert SECRET not in row.error + caplog.text
    robot.answer = OK
    later()
    assert run() == (1, 0)
    assert "灯亮了" in robot.texts[-1]
    assert NoticeSettings.objects.get().failures == 0


def test_a_redirect_is_not_followed(people, robot):
    by_robot(people[1], robot)
    robot.answer = (302, b"", {"Location": f"{robot.origin}/elsewhere"})
    assert run() == (0, 1)
    assert [path for path, _headers, _body in robot.received] == [
        f"/cgi-bin/webhook/send?key={SECRET}"
    ]
    assert NoticeSettings.objects.get().error == "HTTP 302"


def test_a_robot_that_does_not_answer_holds_up_nobody_for_long(people, robot, monkeypatch):
    monkeypatch.setattr(webhook, "TIMEOUT", 0.3)
    robot.is_slow = True
    by_robot(people[0], robot)
    assert run() == (0, 1)
    assert "TimeoutError" in NoticeSettings.objects.get().error


def test_one_that_fails_does_not_stop_the_others(people, robot, settings, mailoutbox):
    by_robot(people[0], robot)
    robot.server.shutdown()
    robot.server.server_close()
    notices.choose(people[1], channel=Channel.EMAIL, email="bianji@news.example")
    assert run() == (1, 1)
    assert [message.to for message in mailoutbox] == [["bianji@news.example"]]


def test_attempts_become_rarer_up_to_an_hour(people, robot):
    by_robot(people[1], robot)
    robot.answer = (500, b"", {})
    waits = []
    for _ in range(6):
        began = timezone.now()
        run()
        waits.append(round((NoticeSettings.objects.get().next_at - began).total_seconds() / 60))
        later(60)
    assert waits == [5, 10, 20, 40, 60, 60]


def test_a_new_address_is_tried_five_minutes_after_the_last_attempt(people, robot):
    by_robot(people[1], robot)
    robot.answer = (500, b"", {})
    for _ in range(4):
        later(60)
        run()
    notices.choose(people[1], channel=Channel.WEBHOOK, webhook=f"{robot.address}0")
    row = NoticeSettings.objects.get()
    assert round((row.next_at - timezone.now()).total_seconds() / 60) == 5
    assert (row.failures, row.error, row.told_at) == (0, "", None)


def test_a_mail_server_that_is_down_is_told_without_its_words(people, settings):
    settings.NOTICES = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notices.choose(people[1], channel=Channel.EMAIL, email="bianji@news.example")
    assert run() == (0, 1)
    assert NoticeSettings.objects.get().error == "邮件服务器没有接收：ConnectionRefusedError"
    assert mail.outbox == []


def test_an_address_of_a_host_that_is_no_longer_allowed_is_not_reached(people, robot, settings):
    by_robot(people[1], robot)
    settings.NOTICE_HOSTS = ["qyapi.weixin.qq.com"]
    assert run() == (0, 1)
    assert robot.received == []
