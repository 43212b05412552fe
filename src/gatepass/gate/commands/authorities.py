"""After office hours the desk delegates to a named guard, for named notices and a period."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from gatepass.dispatch.models import Notice
from gatepass.gate.events import AuthorityGiven, AuthorityWithdrawn, CopiesHandedOver
from gatepass.gate.models import Authority, AuthorityNotice, Release
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.numbers import take_number
from gatepass.journal.who import sight_of
from gatepass.roles import Power
from gatepass.rules.reasons import Beyond, NotFound, Reason, refusal
from gatepass.transport.locking import one
from gatepass.transport.moments import in_company_zone
from gatepass.words import Text
from gatepass.workcalendar.queries import current

once("one_notice_in_an_authority", refusal("同一张通知单写了两次", "A notice is named twice", field="notices"))
LONGEST = timedelta(days=4)  # over a long weekend; nobody holds the gate for longer on one paper
NOT_USED = refusal("凭这份委托没有放行过车", "Nothing was released on it", beyond=Beyond.TIME)


@command(may=Power.ISSUE_PASS, title=Text("下班委托门卫", "Give a guard authority"), about="notices")
def give_authority(
    case: Case,
    *,
    guard: Annotated[UUID, Of("person")],
    notices: list[Annotated[UUID, Of("notice")]],
    since: Annotated[datetime, Called(Text("从何时起", "from"))],
    until: Annotated[datetime, Called(Text("到何时止", "until"))],
) -> Ref:
    """A written authority, for a time when the office is closed."""
    uid, since, until = case.new_id(), in_company_zone(since), in_company_zone(until)
    rows = list(Notice.objects.filter(uid__in=notices).order_by("number"))
    if len(rows) != len(set(notices)):
        raise NotFound("notice")
    case.decide(
        AuthorityGiven(authority=uid, notices=tuple(row.uid for row in rows), since=since, until=until, person=guard),
        reasons=[*_period(since, until, case.at), _not_a_guard(guard, case.at), *_notices(rows)],
    )
    row = Authority.objects.create(
        uid=uid,
        guard=guard,
        issued_by=case.actor.person,
        issued_at=case.at,
        since=since,
        until=until,
        number=take_number("WT", case.at),
    )
    AuthorityNotice.objects.bulk_create(AuthorityNotice(authority=row, notice=one) for one in rows)
    return Ref("authority", row.uid, row.number)


@command(may=Power.ISSUE_PASS, title=Text("收回委托", "Withdraw an authority"))
def withdraw_authority(case: Case, *, authority: Annotated[UUID, Of("authority")]) -> Ref:
    """It ends now; what was released on it stays released."""
    row = one(Authority, "authority", authority, lock=True)
    over = refusal("委托已经结束", "The authority has ended already")
    case.decide(AuthorityWithdrawn(authority=authority), reasons=[over if row.withdrawn_at or row.until <= case.at else None])
    Authority.objects.filter(id=row.id).update(withdrawn_at=case.at)
    return Ref("authority", row.uid, row.number)


@command(may=Power.RELEASE, title=Text("单据次日移交", "Hand the copies over"))
def hand_over_copies(
    case: Case,
    *,
    authority: Annotated[UUID, Of("authority")],
    to: Annotated[UUID, Of("person"), Called(Text("交给", "handed to"))],
) -> Ref:
    """The guard gives the desk the copies that he collected."""
    row = one(Authority, "authority", authority, lock=True)
    receiver = sight_of(to, case.at)
    case.decide(
        CopiesHandedOver(authority=authority, person=to),
        reasons=[
            None if row.guard in case.actor.people() else refusal("这份委托不是给你的", "This authority was not given to you"),
            refusal("这份委托的联已经交回", "Its copies were handed over already") if row.handed_over_at else None,
            None if receiver.may(Power.ISSUE_PASS) else refusal("请交给发货台的人", "Hand them to somebody of the desk", field="to"),
            None if Release.objects.filter(authority=row).exists() else NOT_USED,
        ],
    )
    Authority.objects.filter(id=row.id).update(handed_over_at=case.at, handed_over_to=to)
    return Ref("authority", row.uid, row.number)


def _period(since: datetime, until: datetime, at: datetime) -> list[Reason | None]:
    if not since < until or until <= at:
        return [refusal("委托期不对", "The period is not right", field="until")]
    long = refusal("一份委托不超过四天", "One authority lasts four days at most", clause="D10", field="until")
    return [long] if until - since > LONGEST else [_office_is_open(max(since, at), until)]


def _office_is_open(since: datetime, until: datetime) -> Reason | None:
    """Authority is for when the desk is closed."""
    calendar = current()
    day, last = calendar.local(since).date(), calendar.local(until).date()
    while day <= last:
        if any(begins < until and since < ends for begins, ends in calendar.intervals(day)):
            return refusal(
                "委托只用于下班时间；办公时间请开出门条", "Authority is for after office hours; within them issue a pass", clause="D10",
                field="since", cure=Text("从下班起，到次日上班前止", "From close of office until it opens again"),
            )  # fmt: skip
        day += timedelta(days=1)
    return None


def _not_a_guard(person: UUID, at: datetime) -> Reason | None:
    if sight_of(person, at).may(Power.RELEASE):
        return None
    return refusal("委托要给一位门卫", "It is given to a guard", clause="D10", field="guard")


def _notices(rows: list[Notice]) -> list[Reason]:
    if not rows:
        return [refusal("写明哪些通知单", "Name the notices", clause="D10", field="notices")]
    return [
        Reason(
            what=Text("{number} 已作废或已出门", "{number} is void or has left").fill(number=row.number),
            field="notices",
        )
        for row in rows
        if row.voided_at or row.left_at
    ]
