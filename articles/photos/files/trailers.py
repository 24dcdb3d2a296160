"""What stands behind a picture in its file. No Django here.

Phones and photo desks leave notes there (Samsung, OnePlus, vivo, motion photos, FotoStation, Photo
Mechanic), each in its own way. No rendition holds them, so they are let pass. Another file is not:
one that a browser or a program would open instead of the picture.
"""

import re
import zipfile
from io import BytesIO

PADDING = b"\0\xff\r\n\t "
# The beginnings of other files and of further pictures, without the bytes of PADDING.
FILES = (
    *(b"PK\x03\x04", b"%PDF", b"%!PS", b"\xc5\xd0\xd3\xc6", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc"),
    *(b"\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"#!", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0"),
)
# What a browser or an interpreter looks for anywhere in a file; long enough not to be found by
# chance in a film.
CODE = re.compile(
    rb"<(?:!doctype|html|head|body|script|iframe|object|embed|\?php|svg[\s>])|%PDF-\d|%!PS-", re.I
)


def is_other_file(data: bytes, end: int) -> bool:
    """Tell whether what stands behind the end of a picture is a file of another kind."""
    behind = data[end:].lstrip(PADDING)
    return (
        behind.startswith(FILES)
        or bool(CODE.search(behind))
        or bool(behind and zipfile.is_zipfile(BytesIO(data)))
    )
