"""The company that is killed: founded in a data folder by a process of its own, which prints who may call and about what."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def main(data: Path) -> None:
    from gatepass.site import database, postgres
    from gatepass.site.processes import secret

    data.mkdir(exist_ok=True)
    os.environ["GATEPASS_SECRET"] = secret(data)
    with postgres.reach(data) as place:
        database.prepare(place.owner, place.program)
        os.environ |= database.environment(place.program)
        import django

        django.setup()
        print(json.dumps(_found()))  # noqa: T201 - the answer


def _found() -> dict[str, object]:
    from company import found_company, keep_token
    from gatepass.people.models import Person
    from gatepass.people.tokens import new_token

    staff = found_company()
    tokens = {}
    for short, uid in staff.people.items():
        tokens[short], digest = new_token()
        keep_token(Person.objects.get(uid=uid), digest, datetime.now(UTC))
    return {"tokens": tokens, "customer": str(staff.customer), "products": {code: str(uid) for code, uid in staff.products.items()}}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
