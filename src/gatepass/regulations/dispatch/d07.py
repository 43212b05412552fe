"""D7: the warehouse picks exactly what the notice says, first expired first out; a doubt stops it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gatepass.dispatch.events import (
    BatchCleared,
    BatchStopped,
    DoubtAnswered,
    DoubtRaised,
    LinePicked,
    NoticeVoided,
    PickingFinished,
)
from gatepass.dispatch.facts import LineToPick, OpenDoubts, Picked, PickedBatches
from gatepass.gate.events import AuthorityUsed, GatePassIssued, VehicleReleased
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Forbids, Law, Owes, Requires
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.transport.events import TripLoaded
from gatepass.words import Text
from gatepass.workdays import office_hours

SINCE = date(2026, 1, 1)
STOPPED = Text("{number} 所配{product}批次 {code} {why}，{n} 件不能发", "{number}: batch {code} of {product} {why}; {n} cartons may not go")


def not_as_noticed(event: LinePicked, facts: Facts, law: Law) -> Iterator[Reason]:
    """The product and no more than the quantity of the notice, from the batches that expire first."""
    line = facts[LineToPick]
    if event.product != line.product:
        yield Reason(
            what=Text("通知单这一行是{product}，不能发别的", "This line of the notice says {product}, nothing else may go").fill(
                product=line.product_name
            ),
            cure=Text("要换货请先提出调换，取得销售同意", "To substitute, propose a change and get the consent of sales"),
            command="propose_change",
            given={"notice": str(event.notice)},
        )
    total = line.picked + sum(event.cartons)
    if total > line.wanted:
        yield Reason(
            what=Text("{product} 数量不能是 {total} 件，通知单写的是 {wanted} 件", "{product}: not {total} cartons, the notice says {wanted}").fill(
                product=line.product_name, total=total, wanted=line.wanted
            ),
            cure=Text("要加货请先提出，取得客户和销售同意", "To add, propose a change and get the consent of sales"),
            field="batches",
        )
    yield from _not_first_expired(event, line)


def _not_first_expired(event: LinePicked, line: LineToPick) -> Iterator[Reason]:
    """A batch that expires on a later day waits until the earlier ones are used up; of those of one day any serves."""
    taken = dict(zip(event.batches, event.cartons, strict=True))
    last = max((offer.expires_on for offer in line.offers if taken.get(offer.batch)), default="")
    for offer in reversed(line.offers):
        left = offer.on_hand - taken.get(offer.batch, 0)
        if offer.passed and offer.expires_on < last and left > 0:
            yield Reason(
                what=Text(
                    "批次 {code}（{day} 到期）先到期，还剩 {left} 件，要先拿完", "Batch {code} (expires {day}) comes first: {left} cartons are left"
                ).fill(code=offer.code, day=offer.expires_on, left=left),
                cure=Text("按先到期先出拿货；拿不到请提出疑问", "Take the first expired first; if you cannot, raise a doubt"),
                field="batches",
            )
        if taken.get(offer.batch) and not offer.passed:
            yield Reason(what=Text("批次 {code} 没有检验合格", "Batch {code} has not passed quality").fill(code=offer.code), field="batches")


def open_doubt(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    for doubt in facts[OpenDoubts].doubts:
        yield Reason(
            what=Text("{number} 有疑问未答复：{question}", "{number} has an unanswered doubt: {question}").fill(
                number=doubt.number, question=doubt.question
            ),
            cure=Text("请客户内勤先答复", "The client admin must answer it first"),
            who=Position.CLIENT_ADMIN,
            command="answer_doubt",
            given={"doubt": str(doubt.doubt)},
        )


def not_picked(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    for notice in facts[Picked].notices:
        if notice.picked != notice.wanted:
            yield Reason(
                what=Text("{number} 应配 {wanted} 件，已配 {picked} 件", "{number}: {wanted} cartons noticed, {picked} picked").fill(
                    number=notice.number, wanted=notice.wanted, picked=notice.picked
                ),
                cure=Text("配齐，或提出减少并取得同意", "Pick the rest, or propose a shortage and get consent"),
                who=Position.WAREHOUSE,
                command="pick_line",
                given={"notice": str(notice.notice)},
            )


def stopped(event: Event, facts: Facts, law: Law) -> Iterator[Reason]:
    """What failed, is held or expired after it was picked goes nowhere."""
    today = law.calendar.local(law.moment).date().isoformat()
    for one in facts[PickedBatches].batches:
        if one.passed and one.expires_on > today:
            continue
        why = Text("已过期", "has expired") if one.passed else Text("没有检验合格", "has not passed quality")
        yield Reason(
            what=STOPPED.fill(number=one.number, product=one.product, code=one.code, why=why, n=one.cartons),
            cure=Text("卸下、退回货位，换别的批次；货不够就提出减少", "Unload it, put it back, pick another batch, or propose a shortage"),
            who=Position.WAREHOUSE,
            command="put_back",
            given={"notice": str(one.notice), "batch": str(one.batch), "cartons": str(one.cartons)},
        )


D7 = Article(
    number="D7",
    title=Text("按单配货", "Picking by the notice"),
    chapter="warehouse",
    clauses=(
        Clause(
            number="D7.1",
            zh="仓库按通知单的品种、数量配货，按批次先到期先出，不得多发、错发。",
            en="The warehouse picks the products and quantities of the notice by batch, first expired first out, and nothing else.",
            since=SINCE,
            says=Requires(before=(LinePicked,), needs=(LineToPick,), breach=not_as_noticed),
        ),
        Clause(
            number="D7.2",
            zh="对某一行有疑问即停，客户内勤答复之后方可继续。",
            en="A doubt raised on a line stops the notice until the client admin has answered it.",
            since=SINCE,
            says=Forbids(
                before=(LinePicked, PickingFinished, TripLoaded, GatePassIssued, AuthorityUsed),
                needs=(OpenDoubts,),
                breach=open_doubt,
                holds=Text("没有未答复的疑问", "No doubt is open"),
            ),
        ),
        Clause(
            number="D7.3",
            zh="疑问提出后 {within} 内答复。",
            en="A doubt is answered within {within}.",
            since=SINCE,
            says=Owes(
                once=(DoubtRaised,),
                owes=(DoubtAnswered,),
                per="doubt",
                within=office_hours(1),
                between=(1, 8),
                who=Position.CLIENT_ADMIN,
                superior=Position.SALES_MANAGER,
                act="answer_doubt",
                what=Text("仓库有疑问，答复后才能继续配货", "The warehouse has a doubt; picking waits for your answer"),
            ),
        ),
        Clause(
            number="D7.4",
            zh="配齐才能装车出门。",
            en="Only what is picked in full is loaded and leaves.",
            since=SINCE,
            says=Requires(
                before=(PickingFinished, TripLoaded, GatePassIssued, AuthorityUsed),
                needs=(Picked,),
                breach=not_picked,
                holds=Text("已按单配齐", "Picked in full"),
            ),
        ),
        Clause(
            number="D7.5",
            zh="配货之后判为不合格、待检或过期的批次，不得装车、开出门条、放行。",
            en="A batch that fails, is held or expires after it was picked is not loaded, gets no gate pass and is not released.",
            since=SINCE,
            says=Forbids(
                before=(PickingFinished, TripLoaded, GatePassIssued, AuthorityUsed, VehicleReleased),
                needs=(PickedBatches,),
                breach=stopped,
                holds=Text("所配批次都合格", "Every batch on it has passed"),
            ),
        ),
        Clause(
            number="D7.6",
            zh="已配的批次判为不合格或待检后，仓库须在 {within} 内把它从通知单上换下。",
            en="When a batch that was picked fails or is held, the warehouse takes it off the notice within {within}.",
            since=SINCE,
            says=Owes(
                once=(BatchStopped,),
                owes=(BatchCleared,),
                ends=(NoticeVoided,),
                per="notice",
                within=office_hours(4),
                between=(1, 24),
                who=Position.WAREHOUSE,
                superior=Position.SALES_MANAGER,
                act="put_back",
                what=Text("已配的批次停发，退回货位换别的批次", "A batch on this notice is stopped: put it back, pick another"),
            ),
        ),
    ),
)
