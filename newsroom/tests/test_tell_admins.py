"""What a timer does in vain is mailed to those who are told of errors."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.parametrize(("admins", "count"), [([("", "it@news.example")], 1), ([], 0)])
def test_what_failed_is_mailed_to_the_admins_if_there_are_any(
    settings, monkeypatch, mailoutbox, admins, count
):
    settings.ADMINS = admins
    monkeypatch.setattr("sys.stdin", StringIO("没有备份\n"))
    call_command("tell_admins", "backup")
    assert len(mailoutbox) == count
    for mail in mailoutbox:
        assert (mail.to, "没有完成：backup" in mail.subject, mail.body) == (
            ["it@news.example"],
            True,
            "没有备份\n",
        )
