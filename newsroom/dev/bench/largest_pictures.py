"""Measure what the largest pictures that are taken cost: the upload with all its renditions.

Each picture is taken in by a process of its own, so that its peak of memory is the picture's.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

SECONDS, MEGABYTES = 10, 500
PROJECT = Path(__file__).parents[3]
# The upload as a worker of the server does it: check, hashes, facts of the file, original and
# renditions. It prints the seconds of processor time and the megabytes at the peak.
UPLOAD = """
import json, re, sys, time
import django
from newsroom.memory import return_large_blocks
return_large_blocks()
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from articles.admin.photo.photo_form import check_upload
from articles.models import Photo
from articles.photos.duplicates import set_hashes
from articles.photos.metadata.proposals import fill_facts
data, begun = sys.stdin.buffer.read(), time.process_time()
file, photo = SimpleUploadedFile("a.bin", data), Photo()
check_upload(file)
set_hashes(photo, data)
fill_facts(photo, data)
photo.file.save("a.jpg", file, save=False)
for name in photo.file.field.formats:
    photo.file.process(name)
taken = time.process_time() - begun
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
print(json.dumps([taken, int(peak[1]) * 1024 / 1e6]))
"""


def picture(width: int, height: int, format: str, **options: int | bool) -> bytes:
    """Return an image file of a grey slope, of a size in pixels, in three colours."""
    slope = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    data = BytesIO()
    slope.save(data, format, **options)
    return data.getvalue()


LARGEST: dict[str, Callable[[], bytes]] = {
    "a JPEG": lambda: picture(10_000, 10_000, "JPEG", quality=60),
    "a progressive JPEG": lambda: picture(10_000, 10_000, "JPEG", progressive=True),
    "a progressive JPEG in full colour": lambda: picture(
        7_400, 7_400, "JPEG", progressive=True, subsampling=0
    ),
    "a PNG": lambda: picture(10_200, 8_000, "PNG", compress_level=1),
    "a WebP": lambda: picture(6_000, 4_000, "WEBP", method=0),
}


def cost(data: bytes, environment: Mapping[str, str]) -> tuple[float, float]:
    """Take in one picture; return seconds of processor time, and megabytes at the peak.

    The environment names the settings and the folder of the pictures.
    """
    said = subprocess.run(
        [sys.executable, "-c", UPLOAD],
        input=data,
        env=dict(environment),
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    seconds, megabytes = json.loads(said.stdout)
    return seconds, megabytes


def measure(environment: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Return the cost of each picture by its name."""
    return {name: cost(make(), environment) for name, make in LARGEST.items()}


def report(measured: dict[str, tuple[float, float]]) -> bool:
    """Print the table; return whether every limit holds."""
    print(
        f"\n{'Upload of the largest pictures':<36}{'CPU':>9}{'limit':>9}{'memory':>11}{'limit':>10}"
    )
    for name, (seconds, megabytes) in measured.items():
        print(f"{name:<36}{seconds:>7.2f} s{SECONDS:>7} s{megabytes:>8.0f} MB{MEGABYTES:>7} MB")
    return all(s < SECONDS and m < MEGABYTES for s, m in measured.values())
