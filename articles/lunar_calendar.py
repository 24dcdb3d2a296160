"""Days as a newspaper names them: the weekday and the 农历. No Django here."""

from datetime import date
from functools import lru_cache
from importlib import import_module

# As date.weekday() counts, from Monday.
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@lru_cache(maxsize=4096)
def lunar_date(day: date) -> str:
    """Return the lunar date as a masthead prints it, such as 甲辰年六月廿二."""
    lunar = _lunar(day)
    return f"{lunar.getYearInGanZhi()}年{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> str:
    """Return the day for a calendar cell: 廿二, or the month's name on its first day (六月)."""
    lunar = _lunar(day)
    if lunar.getDay() == 1:
        return f"{lunar.getMonthInChinese()}月"
    return lunar.getDayInChinese()


def _lunar(day: date):
    # Loaded with the first page of readers: a process that stores photos needs its memory.
    solar = import_module("lunar_python").Solar
    return solar.fromYmd(day.year, day.month, day.day).getLunar()
