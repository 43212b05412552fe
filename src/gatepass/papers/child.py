"""The press's child process: compiles one paper after another and does nothing else.

It knows nothing of the program but the frames, has no secrets in its environment, may not write files, and lives
under limits of memory and processor time. It speaks over the socket whose number is its first argument; the second
holds its settings as JSON.
"""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import sys
from typing import Any

import typst

from gatepass.papers.frames import LENGTH, framed, received
from gatepass.papers.limits import allow_seconds, limit


def compiled(job: dict[str, Any], settings: dict[str, Any], fonts: typst.Fonts, presses: dict[str, typst.Compiler]) -> list[bytes]:
    """The PDF as one piece, or a PNG for each page."""
    name = job["template"]
    if name not in presses:
        presses[name] = typst.Compiler(
            input=f"{settings['root']}/{name}.typ", root=settings["root"], font_paths=fonts, ignore_system_fonts=True
        )
    made = presses[name].compile(format=job["form"], ppi=job["ppi"], sys_inputs={"paper": job["paper"]})
    if made is None:
        raise RuntimeError("nothing was made")
    return made if isinstance(made, list) else [made]


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    settings: dict[str, Any] = json.loads(sys.argv[2])
    limit(resource.RLIMIT_AS, settings["memory"])
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_CORE, 0)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings["fonts"]])
    presses: dict[str, typst.Compiler] = {}
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            job = json.loads(received(line))
            allow_seconds(settings["seconds"])
            try:
                pieces = compiled(job, settings, fonts, presses)
            except (typst.TypstError, RuntimeError, MemoryError) as error:
                pieces = []
                said = (getattr(error, "diagnostic", "") or str(error))[:2000].encode()
            else:
                said = b""
            line.sendall(framed(said) + LENGTH.pack(len(pieces)))
            for piece in pieces:
                line.sendall(framed(piece))


if __name__ == "__main__":
    main()
