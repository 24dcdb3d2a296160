"""An issue that is being made, and a member who reads pages in."""

from datetime import date

import pytest

from articles.tests.factories import make_issue, make_page
from articles.tests.form_helpers import signed_in


@pytest.fixture
def issue():
    issue = make_issue(issued_on=date(2026, 11, 30), released_at=None)
    make_page(issue=issue, label="A2")
    return issue


@pytest.fixture
def desk(roles):
    return signed_in(roles("责任编辑"))
