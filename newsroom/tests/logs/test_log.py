"""What the log of a server holds of errors, refusals and slow requests, and what it never holds."""

import io
import json
import logging
from types import SimpleNamespace

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from articles.tests.form_helpers import ARTICLE_ADD_URL, signed_in
from newsroom.logs.configuration import configure
from newsroom.logs.filters import OncePerRequest
from newsroom.logs.formats import AccessFormatter, JsonFormatter, LineFormatter
from newsroom.logs.mail import MailHandler
from newsroom.logs.requests import RequestLogMiddleware

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def log(monkeypatch, settings):
    """Return a function that gives the lines written since it was asked last, as objects."""
    settings.SLOW_SECONDS = 600
    (handler,) = [h for h in logging.getLogger().handlers if isinstance(h.formatter, LineFormatter)]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr(handler, "formatter", JsonFormatter())

    def lines():
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        assert not text or text.endswith("\n")
        return [json.loads(line) for line in text.split("\n") if line]

    return lines


@pytest.fixture
def failing(settings):
    """Return a browser at a desk whose page fails."""
    settings.ROOT_URLCONF = "newsroom.tests.broken_urls"
    browser = signed_in()
    browser.raise_request_exception = False
    return browser


def test_an_error_is_one_line_with_its_traceback(failing, log):
    failing.get("/admin/failing/?word=secret-word")
    (line,) = log()
    assert (line["level"], line["status"], line["method"], line["path"]) == (
        "ERROR",
        500,
        "GET",
        "/admin/failing/",
    )
    assert "Traceback" in line["traceback"] and "\\n" in line["traceback"]
    assert line["user"] == int(failing.session["_auth_user_id"])
    assert line["ms"] >= 0 and line["time"].endswith("+08:00") and line["address"] == "127.0.0.1"
    assert "secret-word" not in json.dumps(line)


def test_refusals_are_one_line_each_without_a_traceback(log):
    desk, browser = signed_in(is_superuser=False), Client(enforce_csrf_checks=True)
    desk.get(ARTICLE_ADD_URL)
    browser.post("/admin/logout/")
    Client().get("/", headers={"host": "evil.example"})
    desk.post(ARTICLE_ADD_URL, {"handback": "{"})
    browser.post("/admin/login/", "a=" + "x" * 300_000, "application/x-www-form-urlencoded")
    browser.put("/about/")
    lines = log()
    assert [line["status"] for line in lines] == [403, 403, 400, 400, 413, 405]
    assert {line["level"] for line in lines} == {"WARNING"}
    assert not [line for line in lines if "traceback" in line]
    assert lines[1]["message"].startswith("CSRF: ")
    assert "evil.example" in lines[2]["message"]


def test_no_secret_of_a_request_is_written(failing, log):
    form = {"password": "horse battery", "csrfmiddlewaretoken": "token-of-the-form"}
    failing.cookies["other"] = "cookie-of-another"
    headers = ORIGIN | {"authorization": "Basic eHg6eHg=", "x-csrftoken": "token-of-the-header"}
    session = failing.cookies["session"].value
    failing.post("/admin/failing/?token=token-in-query", form, headers=headers)
    text = json.dumps(log())
    secrets = ["horse battery", "token-of", "cookie-of", "eHg6eHg=", session, "token-in-query"]
    assert [secret for secret in secrets if secret in text] == []


def test_a_secret_in_the_words_of_an_error_is_not_written_either(rf, log):
    request = rf.post("/admin/login/", {"username": "a", "password": "horse battery"})
    assert request.POST
    request.COOKIES["session"] = "s3ss10n-key"
    logging.getLogger("articles").error(
        "%s %s", "horse battery", "s3ss10n-key", extra={"request": request}
    )
    (line,) = log()
    assert line["message"] == "[hidden] [hidden]"


def test_the_token_of_a_preview_is_not_written(log):
    Client().get("/preview/3fJk-secret-token/articles/7/")
    (line,) = log()
    assert line["path"] == "/preview/[hidden]/articles/7/"
    assert "secret-token" not in json.dumps(line)


@pytest.mark.parametrize("form", [LineFormatter(), JsonFormatter()])
def test_a_path_or_a_header_begins_no_line_of_its_own(rf, form):
    request = rf.get("/a%0aERROR%0d%e2%80%a8%c2%85%1b[2J/")
    request.META["REMOTE_ADDR"] = "1.2.3.4\nERROR"
    record = logging.makeLogRecord(
        {
            "name": "newsroom",
            "msg": "x\r\ny\x1b\u2028\ud800",
            "request": request,
            "levelname": "ERROR",
        }
    )
    text = form.format(record)
    assert len(text.splitlines()) == 1 and "\x1b" not in text
    assert text.encode()


def test_a_line_for_people_names_its_values(rf):
    request = rf.get("/2024-07-27/")
    record = logging.makeLogRecord(
        {"name": "newsroom.slow", "msg": "Slow: 3.1 s", "request": request, "levelname": "WARNING"}
    )
    assert LineFormatter().format(record).split(" ", 1)[1] == (
        "WARNING newsroom.slow method=GET path=/2024-07-27/ user=- address=127.0.0.1 Slow: 3.1 s"
    )


def test_what_is_not_found_is_told_but_for_head_and_noise(log):
    browser = Client()
    browser.get("/articles/999/")
    assert [line["status"] for line in log()] == [404]
    browser.head("/articles/999/")
    for path in ("/wp-login.php", "/.env", "/apple-touch-icon.png", "/x/index.ASP", "/old.sql"):
        browser.get(path)
    assert log() == []


def test_a_slow_request_is_told(rf, settings, log):
    answer = RequestLogMiddleware(lambda request: HttpResponse())
    answer(rf.get("/about/"))
    assert log() == []
    settings.SLOW_SECONDS = -1
    answer(rf.get("/about/"))
    (line,) = log()
    assert (line["logger"], line["status"], line["path"]) == ("newsroom.slow", 200, "/about/")


def test_the_access_log_is_a_line_of_json_for_each_request(rf, settings):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(AccessFormatter())
    logger = logging.getLogger("newsroom.access")
    logger.addHandler(handler)
    level, settings.ACCESS_LOG = logger.level, True
    logger.setLevel("INFO")
    try:
        request = rf.get("/about/?token=x", headers={"user-agent": "Mozilla\n/5"})
        RequestLogMiddleware(lambda request: HttpResponse("words"))(request)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    line = json.loads(written.getvalue())
    assert list(line) == [
        "time",
        "method",
        "path",
        "user",
        "address",
        "ms",
        "status",
        "bytes",
        "agent",
    ]
    assert (line["path"], line["bytes"], line["agent"]) == ("/about/", 5, "Mozilla\\n/5")


def test_errors_are_mailed_to_the_administrators_a_few_at_most(settings, monkeypatch, rf):
    settings.ADMINS = [("", "admin@news.example")]
    monkeypatch.setattr(MailHandler, "sent_at", None)
    handler, request = MailHandler(), rf.post("/admin/x/?q=1", {"password": "horse battery"})
    for _ in range(3):
        handler.handle(
            logging.makeLogRecord(
                {"name": "articles", "msg": "Broken", "request": request, "levelname": "ERROR"}
            )
        )
    (sent,) = mail.outbox
    assert sent.to == ["admin@news.example"] and "Broken" in sent.subject
    assert "/admin/x/" in sent.body and "horse" not in sent.body


def test_an_error_that_cannot_be_mailed_betrays_nothing(settings, monkeypatch, rf, caplog, capsys):
    settings.ADMINS = [("", "admin@news.example")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # Nobody listens there.
    monkeypatch.setattr(MailHandler, "sent_at", None)
    path = "/preview/horse-battery-staple/"
    facts = {"name": "django.request", "msg": "Internal Server Error: %s", "args": (path,)}
    MailHandler().handle(
        logging.makeLogRecord(facts | {"request": rf.get(path), "levelname": "ERROR"})
    )
    assert caplog.messages == ["An error could not be mailed: ConnectionRefusedError"]
    assert capsys.readouterr().err == ""


def test_mail_is_a_handler_where_somebody_is_named_and_takes_no_refusals():
    for has_mail, names in ((False, ["errors"]), (True, ["errors", "mail"])):
        made = configure(form="json", has_access_log=False, has_mail=has_mail)
        assert made["root"]["handlers"] == names
    assert "ours_only" in made["handlers"]["mail"]["filters"]


def test_each_handler_passes_a_request_once():
    first, second = OncePerRequest(), OncePerRequest()
    record = SimpleNamespace(name="django.request", request=SimpleNamespace())
    slow = SimpleNamespace(name="newsroom.slow", request=record.request)
    assert first.filter(slow)
    assert [f.filter(record) for f in (first, first, second, second)] == [True, False, True, False]
    assert not first.filter(slow)
    record.name = "articles.views.photo"
    assert first.filter(record) and first.filter(SimpleNamespace(name="django.request"))
