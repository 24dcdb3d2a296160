"""Ask the program on its socket whether it is well; the exit status says so."""

import os
import socket
import sys

REQUEST = "GET /health/ HTTP/1.0\r\nHost: {}\r\nX-Forwarded-Proto: https\r\n\r\n"

with socket.socket(socket.AF_UNIX) as line:
    line.settimeout(8)
    line.connect(sys.argv[1])
    host = os.environ["ALLOWED_HOSTS"].partition(",")[0]
    line.sendall(REQUEST.format(host).encode())
    sys.exit(b" 200 " not in line.recv(100))
