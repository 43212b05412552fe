"""Whether `gatepass check` finds that a story's books agree."""

from __future__ import annotations

from django.db import connection

from databases import Clones
from gatepass.site import database
from gatepass.site.checking.everything import check


def agrees(clones: Clones) -> bool:
    found = check(database.other(clones.url, connection.settings_dict["NAME"]))
    wrong = [one for one in found if one.where in {"dues", "ledger", "approvals", "obligations"}]
    assert not wrong, wrong
    return True
