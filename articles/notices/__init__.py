"""提醒 (notices): tell members by e-mail or a group robot that articles wait for them."""

from .choice import choose
from .delivery import send_due
from .webhook import NoticeError, check_address

__all__ = ["NoticeError", "check_address", "choose", "send_due"]
