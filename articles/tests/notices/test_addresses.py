"""The addresses of robots that are taken."""

import pytest

from articles.notices import NoticeError, check_address
from articles.notices.webhook import HTTPSConnection, post

KEY = "key=0c1f"


@pytest.mark.parametrize(
    "url",
    [
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?{KEY}",
        "https://oapi.dingtalk.com/robot/send?access_token=77aa",
        f"https://QYAPI.weixin.qq.com/cgi-bin/webhook/send?{KEY}",
    ],
)
def test_the_robots_of_wecom_and_dingtalk_are_taken(url):
    assert check_address(url).scheme == "https"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "qyapi.weixin.qq.com/cgi-bin/webhook/send",
        f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?{KEY}",
        f"https://example.com/cgi-bin/webhook/send?{KEY}",
        f"https://qyapi.weixin.qq.com.example.com/send?{KEY}",
        f"https://example.com@qyapi.weixin.qq.com/send?{KEY}",
        f"https://qyapi.weixin.qq.com@example.com/send?{KEY}",
        f"https://qyapi.weixin.qq.com:8443/send?{KEY}",
        f"https://qyapi.weixin.qq.com./send?{KEY}",
        "https://qyapi.weixin.qq.com",
        "https://qyapi.weixin.qq.com/",
        f"https://qyapi.weixin.qq.com/send?{KEY}#part",
        f"https://example.com\\@qyapi.weixin.qq.com/send?{KEY}",
        f"https://qyapi.weixin.qq.com/send?{KEY} HTTP/1.1\r\nHost: example.com",
        f"https://qyapi.weixin.qq.com\t/send?{KEY}",
        f"https://ｑｙapi.weixin.qq.com/send?{KEY}",
        "https://[::1/send",
        "file:///etc/passwd",
        "https://127.0.0.1/send",
        "https://localhost/send",
    ],
)
def test_anything_else_is_refused_without_being_repeated(url):
    with pytest.raises(NoticeError) as told:
        check_address(url)
    assert KEY not in str(told.value)


def test_the_host_is_reached_over_tls_that_is_verified(monkeypatch):
    """Nothing is sent: the connection is looked at before it is opened."""
    seen = []

    def request(connection, *args, **options):
        seen.append((connection.host, connection.port, connection._context.verify_mode.name))
        raise ConnectionResetError

    monkeypatch.setattr(HTTPSConnection, "request", request)
    with pytest.raises(NoticeError, match="ConnectionResetError"):
        post(f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?{KEY}", "灯亮了")
    assert seen == [("qyapi.weixin.qq.com", 443, "CERT_REQUIRED")]
