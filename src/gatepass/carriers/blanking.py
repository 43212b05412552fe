"""Blanking a driver who no longer drives, and what keeps a person from being blanked before him (people/blanking.py)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.carriers.models import Driver
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.people.blanking import Ground, TypedName, mark, refusals
from gatepass.people.events import DataBlanked
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text


@command(may=Power.DECIDE_AS_HEAD, title=Text("抹去司机的个人资料", "Blank a driver's data"))
def blank_driver(case: Case, *, driver: Annotated[UUID, Of("driver")], typed_name: TypedName, reason: Ground) -> Ref:
    """Name and phone of a driver who is not in use and has nothing on the way."""
    row = Driver.objects.select_for_update(no_key=True, of=("self",)).select_related("carrier").filter(uid=driver).first()
    if row is None:
        raise NotFound("driver")
    against = refusals("driver", driver, blanked_at=row.blanked_at, name=row.name, typed=typed_name, reason=reason, kept=(row.phone,))
    drives = refusal(
        "这个司机还在用", "This driver is still in use", who=Position.SALES_ADMIN, command="change_driver", given={"driver": str(driver)},
        cure=Text("请维护承运单位的人先停用他", "Have who keeps the carrier's file put him out of use first"),
    )  # fmt: skip
    case.decide(
        DataBlanked(kind="driver", thing=driver, reason=reason, carrier=row.carrier.uid), reasons=[drives if row.active else None, *against]
    )
    row.name, row.phone, row.blanked_at = mark(driver), "", case.at
    row.save(update_fields=["name", "phone", "blanked_at"])
    return Ref("driver", driver, row.name)


def still_a_driver(person: UUID) -> Reason | None:
    """Whoever signs in as a driver stands in that row, too: it is blanked first."""
    row = Driver.objects.filter(person__uid=person, blanked_at=None).first()
    if row is None:
        return None
    return refusal(
        "此人还登记为司机", "This person still stands in a carrier's file as a driver", command="blank_driver", given={"driver": str(row.uid)},
        cure=Text("先抹去司机资料，再抹去人员资料", "Blank the driver first, then the person"),
    )  # fmt: skip
