"""Frames between press and child: eight bytes of length, then the bytes."""

from __future__ import annotations

import socket
import struct
from typing import Final

LENGTH: Final = struct.Struct("!Q")


def framed(data: bytes) -> bytes:
    return LENGTH.pack(len(data)) + data


def received(line: socket.socket) -> bytes:
    """One frame. EOFError when the other side has gone, TimeoutError by the socket's own limit."""
    return _exactly(line, count(line))


def count(line: socket.socket) -> int:
    """A bare number, sent like a length."""
    return int(LENGTH.unpack(_exactly(line, LENGTH.size))[0])


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
