"""Posts a form of the desk as a browser would: with everything the page filled in."""

import html5lib
from django.test import Client

from .make import make_member

TAG = "{http://www.w3.org/1999/xhtml}"


def signed_in(member=None, **facts) -> Client:
    """Return a browser in which a member of the desk (a superuser by default) is signed in."""
    client = Client()
    facts = {"is_superuser": True} if member is None and not facts else facts
    client.force_login(member or make_member(username="guanli", is_staff=True, **facts))
    return client


def fields(response, form_id: str) -> dict[str, str]:
    """Return the names and values that the form with an id would send.

    Without its buttons, and without the token, which the test client does not need.
    """
    page = html5lib.parse(response.content.decode())
    form = next(form for form in page.iter(f"{TAG}form") if form.get("id") == form_id)
    found = {}
    for control in form.iter():
        name = control.get("name")
        if (
            not name
            or "__prefix__" in name
            or name == "csrfmiddlewaretoken"
            or control.get("disabled") is not None
        ):
            continue
        value = _value(control)
        if value is not None:
            found[name] = value
    return found


def _value(control) -> str | None:
    kind = control.get("type")
    if control.get("disabled") is not None:
        return None
    match control.tag.removeprefix(TAG):
        case "input" if kind in ("submit", "button", "file"):
            return None
        case "input" if kind in ("checkbox", "radio") and control.get("checked") is None:
            return None
        case "input":
            return control.get("value", "")
        case "textarea":
            return (control.text or "").removeprefix("\n")
        case "select":
            options = list(control.iter(f"{TAG}option"))
            chosen = [option for option in options if option.get("selected") is not None]
            chosen = chosen or options[:1]
            return chosen[0].get("value", "") if chosen else ""
    return None
