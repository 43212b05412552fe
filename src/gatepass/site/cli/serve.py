"""`gatepass serve`: the whole program on one machine, until it is told to stop."""

from __future__ import annotations

import argparse
import os

from gatepass.site.cli import fail
from gatepass.words import Text, same

SUMMARY = Text("启动放行：数据库、网页和后台工作", "Run Gatepass: database, web and background work")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST_ADDRESS", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--workers", type=int, default=2, help="web processes")


def run(options: argparse.Namespace, *, demo: bool = False) -> int:
    from gatepass.site.database import DatabaseError
    from gatepass.site.postgres import ServerError
    from gatepass.site.processes import DataFolderError, data_folder
    from gatepass.site.supervisor import Supervisor

    supervisor = Supervisor(data_folder(), options.host, options.port, demo=demo, workers=options.workers)
    try:
        supervisor.prepare()
        if demo and (status := supervisor.open_demo()) != 0:
            return status
        return supervisor.run()
    except (DataFolderError, ServerError, DatabaseError, OSError) as error:
        return fail(same(str(error)), 2)
    finally:
        supervisor.stop()
