"""Running something on the company's database as the program's weaker role; starts the server when it does not run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

from gatepass.site import database
from gatepass.site.cli import fail, language
from gatepass.site.postgres import ServerError, reach
from gatepass.site.processes import DataFolderError, data_folder, secret
from gatepass.words import same


def on_company(work: Callable[[], int], *, prepare: bool = False) -> int:
    """Do the work with Django set up on the company's database; a refusal is printed with all its reasons."""
    data = data_folder()
    try:
        os.environ["GATEPASS_SECRET"] = secret(data)
        with reach(data, make=prepare) as place, _on(place.program):
            if prepare and place.owner:
                database.prepare(place.owner, place.program)
            if trouble := database.too_strong(place.program):
                return fail(same(trouble), 2)
            django.setup()
            return _told(work)
    except (DataFolderError, ServerError, database.DatabaseError) as error:
        return fail(same(str(error)), 2)


@contextmanager
def _on(url: str) -> Iterator[None]:
    """The environment of the program on this database; what was there before comes back, for whoever goes on in this process."""
    before = os.environ.get("DATABASE_URL")
    os.environ |= {name: value for name, value in database.environment(url).items() if name != "GATEPASS_OWNER_URL"}
    try:
        yield
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


def _told(work: Callable[[], int]) -> int:
    from django.db import connection

    from gatepass.rules.reasons import Refused

    try:
        return work()
    except Refused as refused:
        for reason in refused.reasons:
            said = (reason.clause, reason.what.said(language()), reason.cure.said(language()))
            fail(same(" ".join(filter(None, said))))
        return 1
    finally:
        connection.close()
