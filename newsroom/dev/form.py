"""What a browser would send of a form, as the page has filled it in."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

NOT_SENT = {"submit", "button", "reset", "image", "file"}


def filled(html: str, holding: str) -> dict[str, str]:
    """Return the names and values of the form that holds a control of a name.

    Without buttons and files, and without the rows that scripts copy.
    """
    page = html5lib.parse(html, namespaceHTMLElements=False)
    for form in page.iter("form"):
        names = {control.get("name") for control in form.iter()}
        if holding in names:
            return {name: value for name, value in sent(form) if "__prefix__" not in name}
    raise LookupError(f"no form of the page holds {holding}")


def sent(form: Element) -> Iterator[tuple[str, str]]:
    """Give the controls that are sent, with their values."""
    for control in form.iter():
        name, value = control.get("name"), value_of(control)
        if name and value is not None and control.get("disabled") is None:
            yield name, value


def value_of(control: Element) -> str | None:
    """Return what a control sends; None for what sends nothing."""
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        return chosen(control)
    kind = control.get("type", "text")
    is_off = kind in ("checkbox", "radio") and control.get("checked") is None
    if control.tag != "input" or kind in NOT_SENT or is_off:
        return None
    return control.get("value", "")


def chosen(select: Element) -> str | None:
    """Return the value of the option that is chosen: the first where none is marked."""
    options = list(select.iter("option"))
    marked = [option for option in options if option.get("selected") is not None]
    return next((option.get("value", "") for option in marked or options), None)
