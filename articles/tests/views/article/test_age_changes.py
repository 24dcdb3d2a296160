from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles.views.article.age import age_notice, next_change_on

DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(DAYS, st.integers(0, 1_500))
def test_the_notice_stays_until_the_day_that_is_told_and_changes_then(printed_on, days):
    today = printed_on + timedelta(days=days)
    changes_on = next_change_on(printed_on, today)
    assert changes_on > today
    last = changes_on - timedelta(days=1)
    assert age_notice(printed_on, last) == age_notice(printed_on, today)
    assert age_notice(printed_on, changes_on) != age_notice(printed_on, last)
