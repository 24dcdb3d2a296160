"""The place of an article in the paper of its day, as text that sorts. No Django here."""

# What stands before a place for each digit of it: 9 of one digit, A of two.
LONGEST_LABEL = 6


def place_in_print(edition: int, label: str, position: int) -> str:
    """Return a text by which the articles of a day sort: extras first, then as bound and placed.

    Page labels sort as `natural_order` does: by section, then by length, then by label.
    """
    section = label.rstrip("0123456789")
    number = label[len(section) :]
    return f"{99 - edition:02d}{section:<3}{len(label)}{number:0>3}{position:05d}"
