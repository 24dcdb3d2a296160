"""What the largest pictures may cost; their seconds are measured by `make bench`."""

import os

import pytest

from newsroom.dev.bench import largest_pictures


@pytest.mark.slow
@pytest.mark.parametrize("name", largest_pictures.LARGEST)
def test_the_largest_pictures_take_little_memory(name, tmp_path):
    environment = os.environ | {"MEDIA_ROOT": str(tmp_path)}
    _seconds, megabytes = largest_pictures.cost(largest_pictures.LARGEST[name](), environment)
    assert megabytes < largest_pictures.MEGABYTES


@pytest.mark.parametrize(
    ("seconds", "megabytes", "holds"), [(9, 400, True), (10, 400, False), (9, 500, False)]
)
def test_the_table_tells_whether_the_limits_hold(seconds, megabytes, holds, capsys):
    assert largest_pictures.report({"a PNG": (seconds, megabytes)}) is holds
    assert "a PNG" in capsys.readouterr().out
