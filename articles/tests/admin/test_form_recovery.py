"""No form is dropped: not when the login expired, nor when it was renewed in another window."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.models import Article, Member
from articles.tests import factories
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LOGIN = {"username": "chief", "password": "correct horse battery"}


class Form(HTMLParser):
    """The first form of a page but the logout: its address and its hidden fields."""

    def __init__(self, response):
        super().__init__()
        self.action, self.fields, self.inputs = "", {}, []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form" and found.get("class") == "again":
            self.action = found["action"]
        if self.action and tag == "input":
            self.inputs.append(found.get("name"))
            if found.get("type") == "hidden":
                self.fields[found["name"]] = found["value"]


@pytest.fixture
def chief(db) -> Member:
    return Member.objects.create_superuser("chief", password="correct horse battery", name="总编")


@pytest.fixture
def browser(chief) -> Client:
    """Return a client that checks tokens, as a browser meets them, logged in."""
    client = Client(enforce_csrf_checks=True)
    log_in(client)
    return client


def log_in(client, **login):
    client.get("/admin/login/")
    token = client.cookies["csrf"].value
    login = LOGIN | login | {"csrfmiddlewaretoken": token, "next": "/admin/"}
    return client.post("/admin/login/", login, headers={"origin": HOST})


def send(client, address, form, **headers):
    token = {"csrfmiddlewaretoken": client.cookies["csrf"].value}
    return client.post(address, token | form, headers={"origin": HOST} | headers)


def again(client, response, **more):
    """Send the handed back form as the browser would."""
    form = Form(response)
    return client.post(form.action, form.fields | more, headers={"origin": HOST})


def test_a_form_sent_after_the_login_expired_is_stored_after_logging_in(browser):
    text = "　　云溪区 <b>原文</b>&amp;“引号”'单引号'\r\n第二行"
    browser.cookies.pop("session")
    response = send(browser, ARTICLE_ADD_URL, article_data(headline="夜里的稿", body=text))
    assert response.status_code == 403
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "夜里的稿" in response.content.decode()
    assert not Article.objects.exists()
    stored = again(browser, response, **LOGIN)
    assert stored.status_code == 302
    article = Article.objects.get()
    assert article.headline == "夜里的稿"
    assert article.body == "<p>云溪区 <strong>原文</strong>&amp;“引号”'单引号' 第二行</p>"


def test_a_wrong_password_keeps_everything_for_the_next_try(browser):
    browser.cookies.pop("session")
    first = send(browser, ARTICLE_ADD_URL, article_data(headline="还在"))
    second = again(browser, first, username="chief", password="wrong")
    assert second.status_code == 403
    assert Form(second).fields["handback"] == Form(first).fields["handback"]
    assert "wrong" not in second.content.decode()
    assert again(browser, second, **LOGIN).status_code == 302
    assert Article.objects.get().headline == "还在"


def test_a_form_with_mistakes_comes_back_with_its_errors_after_logging_in(browser):
    browser.cookies.pop("session")
    response = send(browser, ARTICLE_ADD_URL, article_data(headline="题" * 1001, kicker="引题"))
    shown = again(browser, response, **LOGIN)
    assert shown.status_code == 200
    assert list(shown.context["adminform"].form.errors) == ["headline"]
    assert "题" * 1001 in shown.content.decode()


def test_a_megabyte_arrives_to_the_byte(browser):
    text = "<p>" + "云溪区的一天。" * 50_000 + "</p>"
    browser.cookies.pop("session")
    response = send(browser, ARTICLE_ADD_URL, article_data(headline="长文", body=text))
    assert again(browser, response, **LOGIN).status_code == 302
    assert Article.objects.get().body == text


def test_a_login_renewed_in_another_window_hands_the_form_back(browser):
    stale = browser.cookies["csrf"].value
    log_in(browser)
    assert browser.cookies["csrf"].value != stale
    form = article_data(headline="另一窗口", tags="民生、交通") | {
        "csrfmiddlewaretoken": stale[::-1]
    }
    response = browser.post(ARTICLE_ADD_URL, form, headers={"origin": HOST})
    assert response.status_code == 403
    assert "password" not in Form(response).inputs
    assert again(browser, response).status_code == 302
    article = Article.objects.get()
    assert (article.headline, sorted(article.tags.names())) == ("另一窗口", ["交通", "民生"])


def test_the_page_handed_back_may_itself_grow_stale(browser):
    form = article_data(headline="两次") | {"csrfmiddlewaretoken": "x" * 64}
    first = browser.post(ARTICLE_ADD_URL, form, headers={"origin": HOST})
    fields = Form(first).fields | {"csrfmiddlewaretoken": "y" * 64}
    second = browser.post(ARTICLE_ADD_URL, fields, headers={"origin": HOST})
    assert Form(second).fields["handback"] == Form(first).fields["handback"]
    assert again(browser, second).status_code == 302
    assert Article.objects.get().headline == "两次"


def test_without_any_cookie_the_form_is_handed_back_with_a_login(browser):
    form = article_data(headline="清了缓存") | {
        "csrfmiddlewaretoken": browser.cookies["csrf"].value
    }
    browser.cookies.clear()
    response = browser.post(ARTICLE_ADD_URL, form, headers={"origin": HOST})
    assert again(browser, response, **LOGIN).status_code == 302
    assert Article.objects.get().headline == "清了缓存"


def test_who_may_not_store_it_is_asked_for_another_login(browser):
    factories.make_member(username="intern", is_staff=True)
    browser.cookies.pop("session")
    first = send(browser, ARTICLE_ADD_URL, article_data(headline="换人"))
    second = again(browser, first, username="intern", password="correct horse battery")
    assert second.status_code == 403
    assert not Article.objects.exists()
    assert again(browser, second, **LOGIN).status_code == 302
    assert Article.objects.get().headline == "换人"


def test_the_one_who_logs_in_is_the_one_who_stores(browser):
    editor = factories.make_member(username="editor", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="add_article"))
    browser.cookies.pop("session")
    response = send(browser, ARTICLE_ADD_URL, article_data(headline="由编辑保存"))
    again(browser, response, username="editor", password="correct horse battery")
    assert editor.logentry_set.count() == 1


def test_another_site_gets_nothing_back(browser):
    for headers in ({"origin": "https://evil.example"}, {"referer": "https://evil.example/"}, {}):
        response = browser.post(ARTICLE_ADD_URL, article_data(headline="外来"), headers=headers)
        assert response.status_code == 403
        assert "外来" not in response.content.decode()
    assert not Article.objects.exists()


def test_another_site_cannot_send_a_form_as_handed_back(browser):
    held = {"handback": '[["headline", "外来"], ["genre", "news"]]'}
    response = browser.post(ARTICLE_ADD_URL, held, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert not Article.objects.exists()


def test_a_password_is_never_handed_back(browser):
    browser.cookies.pop("session")
    form = {"old_password": "old secret 1", "new_password1": "new secret 2", "name": "张"}
    response = send(browser, "/admin/password_change/", form)
    assert response.status_code == 403
    assert "secret" not in response.content.decode()
    assert "张" in response.content.decode()


def test_a_damaged_form_handed_back_is_refused(browser):
    for held in ("{", "[1]", '"x"', "7", '[["a"]]'):
        assert send(browser, ARTICLE_ADD_URL, {"handback": held}).status_code == 400


def test_files_are_told_to_be_lost(browser):
    browser.cookies.pop("session")
    upload = factories.image_bytes()
    form = {"credit": "周一鸣 摄", "file": factories.ContentFile(upload, name="a.jpg")}
    response = send(browser, "/admin/articles/photo/add/", form)
    assert "文件无法代为保留" in response.content.decode()


def test_a_disabled_account_stores_nothing_and_loses_nothing(browser, chief):
    chief.is_active = False
    chief.save()
    response = send(browser, ARTICLE_ADD_URL, article_data(headline="停用"))
    assert response.status_code == 403
    assert "停用" in response.content.decode()
    assert not Article.objects.exists()


def test_reading_without_a_login_still_leads_to_the_login_page(client):
    response = client.get(ARTICLE_ADD_URL)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/admin/login/?next={ARTICLE_ADD_URL}",
    )


def test_logging_in_with_a_stale_page_shows_a_fresh_one(browser):
    form = LOGIN | {"csrfmiddlewaretoken": "x" * 64}
    response = browser.post("/admin/login/?next=/admin/", form, headers={"origin": HOST})
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/")


@pytest.mark.parametrize(
    ("limit", "form"),
    [
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", {f"f{n}": "1" for n in range(20)}),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", {"body": "字" * 200}),
    ],
)
def test_a_form_over_the_limits_gets_a_page_that_says_so(browser, settings, limit, form):
    setattr(settings, limit, 10)
    response = browser.post(ARTICLE_ADD_URL, form, headers={"origin": HOST})
    assert response.status_code == 413
    assert "没有保存" in response.content.decode()


@pytest.mark.slow
def test_nineteen_thousand_fields_and_thirty_megabytes_reach_the_form(browser):
    fields = {f"f{n}": "x" for n in range(19_000)}
    form = article_data(headline="大表") | fields | {"more": "x" * 30_000_000}
    assert send(browser, ARTICLE_ADD_URL, form).status_code == 302
    assert Article.objects.get().headline == "大表"
