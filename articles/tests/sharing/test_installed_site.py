"""What makes the site installable and readable offline."""

import json

import pytest

from articles.tests.factories import make_article, make_masthead, make_page

pytestmark = pytest.mark.django_db


def test_the_manifest_names_the_paper_and_its_icons(client, django_assert_num_queries):
    make_masthead(name="云溪日报")
    with django_assert_num_queries(1):
        response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    facts = json.loads(response.content)
    assert (facts["name"], facts["start_url"], facts["display"]) == ("云溪日报", "/", "standalone")
    assert [icon["sizes"] for icon in facts["icons"]] == ["192x192", "512x512", "512x512"]
    assert [icon.get("purpose") for icon in facts["icons"]] == [None, None, "maskable"]


def test_the_service_worker_stands_at_the_root_and_is_asked_for_anew(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/service-worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert b"addEventListener" in response.content


def test_a_page_of_an_issue_offers_to_take_it_along_and_others_do_not(client):
    make_article(page=make_page())
    assert 'data-takes-along="/2024-07-27/pages/"' in client.get("/").content.decode()
    assert "data-takes-along" not in client.get("/about/").content.decode()


def test_the_policy_lets_the_site_have_a_worker_and_a_manifest_of_its_own(client):
    policy = client.get("/about/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
