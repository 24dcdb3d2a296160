"""The browser has the same table of invisible characters as the server."""

from newsroom.dev.character_module import MODULE, module_text


def test_the_module_is_made_of_the_table():
    assert MODULE.read_text() == module_text()
