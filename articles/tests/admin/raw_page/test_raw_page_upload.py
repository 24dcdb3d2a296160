"""Upload of raw texts: pasted, or as files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.intake import raw_pages
from articles.models import Page, RawPage
from articles.tests.factories import make_issue, make_member, make_page
from articles.tests.form_helpers import fields, signed_in
from articles.tests.intake_cases import PAGE

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/rawpage/add/"
TEXT = "书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆，市民前来参观。\n"


@pytest.fixture
def issue():
    issue = make_issue(released_at=None)
    for label in ("A1", "A2", "A10"):
        make_page(issue=issue, label=label)
    return issue


@pytest.fixture
def desk(roles):
    return signed_in(roles("责任编辑"))


@pytest.fixture
def reporter(roles):
    return signed_in(roles("记者"))


def file(name, text):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def upload(desk, issue, **posted):
    return desk.post(ADDRESS, {"issue": issue.pk, "label": "", "text": ""} | posted)


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["form"].errors.get_json_data() and {
        name: [error["message"] for error in found]
        for name, found in response.context["form"].errors.get_json_data().items()
    }


def stored_texts():
    return [
        (raw.page.label, raw.name, bytes(raw.source).decode())
        for raw in RawPage.objects.select_related("page").order_by("pk")
    ]


def test_a_pasted_text_is_kept_and_its_reading_shown(desk, issue):
    response = upload(desk, issue, label="A1", text=PAGE)
    raw = RawPage.objects.get()
    assert response["Location"] == reverse("admin:articles_rawpage_change", args=[raw.pk])
    assert stored_texts() == [("A1", "", PAGE)]
    assert raw.uploaded_by.name == "责任编辑"


def test_white_space_around_a_pasted_text_is_kept(desk, issue):
    upload(desk, issue, label="A1", text=f"\n\n  {TEXT}\n　\n")
    assert stored_texts() == [("A1", "", f"\n\n  {TEXT}\n　\n")]


pasted = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pasted.filter(str.strip))
def test_any_pasted_text_is_kept_to_the_character_and_can_be_shown(desk, issue, text):
    response = upload(desk, issue, label="A1", text=text)
    raw = RawPage.objects.get(pk=response["Location"].split("/")[-3])
    assert bytes(raw.source).decode() == text
    assert desk.get(response["Location"]).status_code == 200


def test_several_files_find_their_pages_by_what_they_say_and_by_their_names(desk, issue):
    files = [
        file("20240727_A01.txt", TEXT),
        file("二版.txt", f"A2 要闻\n\n{TEXT}"),
        file("第A10版.txt", TEXT),
    ]
    response = upload(desk, issue, files=files)
    assert [(label, name) for label, name, _ in stored_texts()] == [
        ("A1", "20240727_A01.txt"),
        ("A2", "二版.txt"),
        ("A10", "第A10版.txt"),
    ]
    first = RawPage.objects.get(page__label="A1")
    assert response["Location"].endswith(f"/{first.pk}/change/")


def test_several_files_of_one_page_are_all_kept(desk, issue):
    upload(desk, issue, label="A1", files=[file("a.txt", TEXT), file("b.txt", PAGE)])
    assert [(label, name) for label, name, _ in stored_texts()] == [
        ("A1", "a.txt"),
        ("A1", "b.txt"),
    ]


def test_a_text_brought_again_opens_as_it_was_corrected(desk, issue):
    first = upload(desk, issue, label="A1", text=TEXT)
    assert upload(desk, issue, label="A01", text=TEXT)["Location"] == first["Location"]
    assert RawPage.objects.count() == 1


def test_whoever_plans_issues_makes_a_page_by_naming_it(desk, issue):
    upload(desk, issue, label="B1", text=TEXT)
    assert Page.objects.filter(issue=issue, label="B1").count() == 1


def test_who_plans_no_issues_is_told_that_the_page_is_missing(reporter, issue):
    response = upload(reporter, issue, label="B1", text=TEXT)
    assert errors(response) == {"label": ["本期没有 B1 版，请责任编辑先建版。"]}
    assert not RawPage.objects.exists() and not Page.objects.filter(label="B1").exists()


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({"label": "A1"}, {"text": ["请粘贴文字或选择文件。"]}),
        ({"text": TEXT}, {"label": ["是哪一版？文中没有写明：粘贴的文字"]}),
        ({"label": "头版", "text": TEXT}, {"label": ["请填写 A1 或 01 这样的版次。"]}),
        ({"label": "A1", "text": " \n "}, {"text": ["请粘贴文字或选择文件。"]}),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_the_text_kept(desk, issue, posted, told):
    response = upload(desk, issue, **posted)
    assert errors(response) == told
    assert fields(response, "upload")["text"] == posted.get("text", "")
    assert not RawPage.objects.exists()


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"\xff\xff\xff", "不是 UTF-8、UTF-16 或 GB18030 文本。"),
        (b"\n\n", "内容是空的。"),
        (b"a" * (2 * 1024**2 + 1), "超过 2 MB，一个版面不会这么长。"),
    ],
)
def test_one_file_that_cannot_be_read_keeps_all_out_and_is_named(desk, issue, source, why):
    response = upload(desk, issue, files=[file("A1.txt", TEXT), file("A2.txt", source)])
    assert errors(response) == {"files": [f"A2.txt：{why}"]}
    assert not RawPage.objects.exists()


def test_no_issue_chosen_is_told_and_the_text_kept(desk):
    response = desk.post(ADDRESS, {"issue": "", "label": "A1", "text": TEXT})
    assert "issue" in errors(response)
    assert fields(response, "upload")["text"] == TEXT


def test_the_next_issue_and_the_page_one_came_from_are_proposed(desk, issue):
    assert desk.get(ADDRESS).context["form"]["issue"].value() is None
    ahead = make_issue(issued_on=timezone.localdate(), released_at=None)
    assert desk.get(ADDRESS).context["form"]["issue"].value() == ahead.pk
    page = issue.pages.get(label="A10")
    form = desk.get(f"{ADDRESS}?page={page.pk}").context["form"]
    assert (form["issue"].value(), form["label"].value()) == (issue.pk, "A10")
    response = desk.get(f"{ADDRESS}?issue={issue.pk}")
    assert response.context["form"]["issue"].value() == issue.pk
    assert response.context["labels"] == ["A1", "A2", "A10"]


@pytest.mark.parametrize("query", ["?page=x", "?page=99999", "?issue=-1", "?issue=" + "9" * 30])
def test_an_odd_address_proposes_nothing(desk, query):
    assert desk.get(ADDRESS + query).status_code == 200


def test_a_text_that_came_is_given_out_byte_for_byte(desk, issue):
    source = PAGE.encode("gb18030")
    raw = raw_pages.import_text(issue.pages.get(label="A1"), source, by=None)
    response = desk.get(reverse("admin:articles_rawpage_source", args=[raw.pk]))
    assert response.content == source
    assert response["Content-Disposition"] == f'attachment; filename="{raw.pk}.txt"'


def test_who_writes_no_articles_sees_none_of_it(roles, issue):
    raw = raw_pages.import_text(issue.pages.get(label="A1"), PAGE.encode(), by=None)
    for member in (roles("校对"), make_member(username="ke", is_staff=True)):
        visitor = signed_in(member)
        for name, args in (
            ("changelist", []),
            ("add", []),
            ("change", [raw.pk]),
            ("source", [raw.pk]),
            ("delete", [raw.pk]),
            ("history", [raw.pk]),
        ):
            address = reverse(f"admin:articles_rawpage_{name}", args=args)
            assert visitor.get(address).status_code == 403, address
            assert visitor.post(address).status_code == 403, address


def test_the_list_shows_texts_with_as_many_queries_for_many_as_for_one(
    desk, issue, django_assert_num_queries
):
    address = reverse("admin:articles_rawpage_changelist")
    page = issue.pages.get(label="A1")
    raw_pages.import_text(page, TEXT.encode(), name="a.txt", by=None)
    desk.get(address)
    with django_assert_num_queries(8):
        assert "a.txt" in desk.get(address).content.decode()
    for number in range(25):
        raw_pages.import_text(page, f"{TEXT}{number}".encode(), by=None)
    with django_assert_num_queries(8):
        desk.get(address)


def test_the_list_is_narrowed_to_texts_without_drafts(desk, issue):
    page = issue.pages.get(label="A1")
    raw_pages.import_text(page, TEXT.encode(), name="a.txt", by=None)
    made = raw_pages.import_text(page, PAGE.encode(), by=None)
    RawPage.objects.filter(pk=made.pk).update(drafts_at=timezone.now())
    address = reverse("admin:articles_rawpage_changelist")
    for query, shown in (
        ("", {"a.txt", "粘贴的文字"}),
        ("?drafts=none", {"a.txt"}),
        ("?drafts=made", {"粘贴的文字"}),
    ):
        html = desk.get(address + query).content.decode()
        assert {name for name in ("a.txt", "粘贴的文字") if name in html} == shown


def test_it_is_reached_from_the_index_the_board_and_the_issue(desk, issue):
    page = issue.pages.get(label="A1")
    for address, link in (
        (reverse("admin:index"), ADDRESS),
        (reverse("admin:articles_issue_board", args=[issue.pk]), f"{ADDRESS}?page={page.pk}"),
        (reverse("admin:articles_issue_change", args=[issue.pk]), f"{ADDRESS}?issue={issue.pk}"),
    ):
        assert f'href="{link}"' in desk.get(address).content.decode(), address


def test_odd_characters_and_a_damaged_byte_are_read_and_told(desk, issue):
    story = "本报讯（记者 吴桐）昨\u202a天，书画馆开馆，市民参观。"
    raw = f"A2 要闻\u2028\u2028便⺠站点启用\u2028\u2028{story}"
    damaged = raw.encode().replace("市".encode(), "市".encode()[:1] + b"\xff")
    page = desk.post(
        ADDRESS, {"issue": issue.pk, "files": [file("a.txt", damaged)], "text": ""}, follow=True
    )
    html = page.content.decode()
    (stored,) = RawPage.objects.all()
    assert (stored.page.label, bytes(stored.source)) == ("A2", damaged)
    for told in (
        "不显示的字符，已去掉：书写方向控制符 U+202A 1 个（第 5 行）",
        "形似字（部首、兼容字符），不是正字",
        "⺠（U+2EA0）→民",
        "有字无法识读",
    ):
        assert told in html
    assert "昨天，书画馆开馆，\ufffd民参观。" in html
