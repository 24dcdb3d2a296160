"""Measure the upload of a hundred photos of twelve megapixels to two workers, two at a time.

The pictures are generated, and sent as the photo tray of the desk sends them.
"""

import subprocess
import sys
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from time import monotonic

from PIL import Image

PHOTOS, AT_ONCE, SIZE = 100, 2, (4000, 3000)
SECONDS, MEGABYTES = 1.5, 500
# As `make run` serves the site.
WORKERS = ("--workers=2", "--worker-class=gthread", "--threads=4")
UPLOAD = "/admin/articles/photo/upload/"
BOUNDARY, TOKEN = "boundary-of-the-bench", "b" * 32
Measured = tuple[int, float, float]


def picture(seed: int) -> bytes:
    """Return a JPEG as detailed as a photo: some six megabytes."""
    grain = Image.effect_noise((1000 + seed, 750), 60).resize(SIZE, Image.Resampling.BICUBIC)
    turned = (
        grain,
        grain.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        grain.transpose(Image.Transpose.ROTATE_180),
    )
    data = BytesIO()
    Image.merge("RGB", turned).save(data, "JPEG", quality=92)
    return data.getvalue()


def log_in(environment: Mapping[str, str]) -> str:
    """Make a member who may upload photos in the scratch database; return a session's key."""
    code = (
        "import django; django.setup(); from django.test import Client; "
        "from articles.tests.factories import make_chief; client = Client(); "
        "client.force_login(make_chief()); print(client.cookies['session'].value)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.split()[-1]


def request_body(photo: bytes) -> bytes:
    """Return the body of the request that sends one photo."""
    facts = {"uid": str(uuid.uuid4()), "anyway": "on", "credit": "周一鸣 摄"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in facts.items()
    ]
    file = 'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    head = "".join(parts) + f"--{BOUNDARY}\r\n{file}"
    return head.encode() + photo + f"\r\n--{BOUNDARY}--\r\n".encode()


def upload(port: int, session: str, photo: bytes) -> bool:
    """Send one photo; tell whether it was stored."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": f"session={session}; csrf={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    connection.request("POST", UPLOAD, request_body(photo), headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status == 200 and b'"photo": {' in body


def peak_memory(process: int) -> float:
    """Return the most megabytes that any child of a process has had in memory."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    peaks = []
    for child in children:
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
        peaks += [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return max(peaks) * 1024 / 1e6


def measure(port: int, process: int, environment: Mapping[str, str]) -> Measured:
    """Upload the photos; return how many failed, seconds a photo, megabytes of a worker."""
    session, pictures = log_in(environment), [picture(seed) for seed in range(4)]
    # A few bytes behind the picture make every file another one.
    photos = (pictures[n % len(pictures)] + b"%d" % n for n in range(PHOTOS))
    began = monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        stored = sum(pool.map(lambda photo: upload(port, session, photo), photos))
    return PHOTOS - stored, (monotonic() - began) / PHOTOS, peak_memory(process)


def report(measured: Measured) -> bool:
    """Print the table; return whether every limit holds."""
    failed, seconds, megabytes = measured
    print(f"\n{f'Upload of {PHOTOS} photos of 12 MP':<32}{'measured':>9}{'limit':>13}")
    print(f"{'clock for a photo':<32}{seconds:>7.2f} s{SECONDS:>11} s")
    print(f"{'memory of a worker, peak':<32}{megabytes:>6.0f} MB{MEGABYTES:>10} MB")
    print(f"{'failed':<32}{failed:>9}{0:>13}")
    return seconds <= SECONDS and megabytes <= MEGABYTES and not failed
