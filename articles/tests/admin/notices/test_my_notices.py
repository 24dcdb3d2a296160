"""The page on which members choose their notices, and the list of what fails."""

import pytest
from django.urls import reverse

from articles import notices
from articles.models import Channel, Member, NoticeSettings
from articles.tests.factories import make_member
from articles.tests.form_helpers import fields, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/notices/"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0c1f-secret-77aa"


@pytest.fixture
def member(settings) -> Member:
    settings.NOTICES = True
    return make_member(username="bianji", is_staff=True, email="bianji@news.example")


def test_nothing_is_chosen_at_first_and_the_members_address_is_offered(member):
    page = signed_in(member).get(PAGE)
    assert fields(page, "notice_form") == {
        "channel": "none",
        "email": "bianji@news.example",
        "webhook": "",
    }
    assert not NoticeSettings.objects.exists()


def test_a_robots_address_is_stored_and_never_shown_again(member):
    desk = signed_in(member)
    form = {"channel": "webhook", "email": "", "webhook": ADDRESS}
    assert desk.post(PAGE, form)["Location"] == PAGE
    html = desk.get(PAGE).content.decode()
    assert ("secret" in html, "77aa" in html) == (False, True)
    assert desk.post(PAGE, form | {"webhook": ""})["Location"] == PAGE
    row = NoticeSettings.objects.get()
    assert (row.channel, row.webhook, row.email) == (Channel.WEBHOOK, ADDRESS, "")
    desk.post(PAGE, {"channel": "none", "email": "", "webhook": ""})
    assert NoticeSettings.objects.get().webhook == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "webhook"}, "webhook"),
        ({"channel": "webhook", "webhook": "https://example.com/send?key=1"}, "webhook"),
        ({"channel": "webhook", "webhook": "http://qyapi.weixin.qq.com/send?key=1"}, "webhook"),
        ({"channel": "email"}, "email"),
        ({"channel": "email", "email": "bianji"}, "email"),
        ({"channel": "pigeon"}, "channel"),
        ({}, "channel"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(member, typed, field):
    page = signed_in(member).post(PAGE, typed)
    assert [*page.context["form"].errors] == [field]
    assert not NoticeSettings.objects.exists()


def test_without_a_mail_server_mail_is_not_offered(member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    desk = signed_in(member)
    assert 'value="email"' not in desk.get(PAGE).content.decode()
    answer = desk.post(PAGE, {"channel": "email", "email": "bianji@news.example"})
    assert answer.status_code == 200


def test_where_the_paper_has_them_off_the_page_says_so_and_stores_nothing(member, settings):
    settings.NOTICES = False
    desk = signed_in(member)
    page = desk.get(PAGE).content.decode()
    assert ("notice_form" in page, "未启用" in page) == (False, True)
    assert page.count(PAGE) == 0
    assert desk.post(PAGE, {"channel": "webhook", "webhook": ADDRESS}).status_code == 200
    assert not NoticeSettings.objects.exists()


def test_one_choice_cannot_touch_another_members(member):
    other = make_member(username="lin", is_staff=True)
    notices.choose(other, channel=Channel.WEBHOOK, webhook=ADDRESS)
    desk = signed_in(member)
    assert "77aa" not in desk.get(PAGE).content.decode()
    desk.post(PAGE, {"channel": "none", "member": other.pk})
    assert NoticeSettings.objects.get(member=other).channel == Channel.WEBHOOK


def test_a_failure_is_told_to_its_member_and_to_administrators_without_the_address(member, roles):
    notices.choose(member, channel=Channel.WEBHOOK, webhook=ADDRESS)
    NoticeSettings.objects.update(failures=3, error="HTTP 404")
    assert "HTTP 404" in signed_in(member).get(PAGE).content.decode()
    desk, row = signed_in(roles("管理员")), NoticeSettings.objects.get()
    listed = desk.get(reverse("admin:articles_noticesettings_changelist") + "?failing=1")
    one = desk.get(reverse("admin:articles_noticesettings_change", args=[row.pk]))
    for page in (listed, one):
        html = page.content.decode()
        assert ("HTTP 404" in html, "qyapi" in html) == (True, False)


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_many_chose(roles, count, django_assert_num_queries):
    for number in range(count):
        notices.choose(make_member(username=f"m{number}"), channel=Channel.EMAIL, email="a@b.cn")
    desk = signed_in(roles("管理员"))
    with django_assert_num_queries(9):
        desk.get(reverse("admin:articles_noticesettings_changelist"))


def test_the_same_choice_again_forgets_nothing_that_was_told(member):
    notices.choose(member, channel=Channel.EMAIL, email="a@news.example")
    NoticeSettings.objects.update(told=["waiting:1:x"], failures=2)
    notices.choose(member, channel=Channel.EMAIL, email="a@news.example")
    assert NoticeSettings.objects.get().told == ["waiting:1:x"]
