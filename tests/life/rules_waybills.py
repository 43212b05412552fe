"""The way and the waybill in the model (D5, D11)."""

from __future__ import annotations

from collections.abc import Iterator

from life.money import Piece
from life.rules_desk import here
from life.things import CLIENT, FINANCE, LEADERS, Back, Part
from life.world import World, rule


def _claimed(world: World, who: str, part: Part) -> None:
    part.claimed = True


@rule("claim_consigned", {"luo"}, _claimed)
def claim_consigned(world: World, who: str, part: Part) -> Iterator[str]:
    if not part.left or part.void or part.consigned or part.claimed:
        yield ""


def _consigned(world: World, who: str, part: Part) -> None:
    part.consigned, part.claimed = True, False


@rule("record_consigned", CLIENT | {"luo"}, _consigned)
def record_consigned(world: World, who: str, part: Part) -> Iterator[str]:
    if not part.left or part.void or part.consigned:
        yield ""
    if who == "luo":
        yield "D11"


def _not_so(world: World, who: str, part: Part) -> None:
    part.claimed = False


@rule("refuse_claim", CLIENT | {"luo"}, _not_so)
def refuse_claim(world: World, who: str, part: Part) -> Iterator[str]:
    if part.void or not part.claimed:
        yield ""
    if who == "luo":
        yield "D11"


def _customer_told(world: World, who: str, part: Part) -> None:
    part.told = True


@rule("tell_customer", CLIENT | LEADERS | {"yang", "qin", "chen", "xu"}, _customer_told)
def tell_customer(world: World, who: str, part: Part) -> Iterator[str]:
    here(who)
    if not part.left or part.void:
        yield ""
    elif part.told:
        yield "D5"


def written(part: Part, freight: int | None, blank: bool) -> bool:
    """Whether it says something else then."""
    return blank != part.blank or (freight is not None and freight != part.fen())


def _filled(world: World, who: str, part: Part, freight: int | None, blank: bool) -> None:
    if written(part, freight, blank):
        part.signed = None  # what is written anew is signed anew
    part.blank = blank
    part.freight = freight if freight is not None else part.freight


@rule("fill_waybill", CLIENT, _filled)
def fill_waybill(world: World, who: str, part: Part, freight: int | None, blank: bool) -> Iterator[str]:
    if part.void:
        yield ""
    elif part.handed_in or part.left:
        yield "D11"
    elif part.trip.in_force():
        yield "D10"
    elif part.signed is not None and written(part, freight, blank) and not (part.blank and (freight is None or freight == part.fen())):
        yield "D9"
    elif blank and not part.blank:  # where the goods go was approved with the notice
        yield "D6"


def not_out(part: Part) -> Iterator[str]:
    if part.void:
        yield ""
    elif not part.left:
        yield "D11"


def _handed_in(world: World, who: str, part: Part) -> None:
    part.handed_in = True


@rule("hand_in_waybill", FINANCE, _handed_in)
def hand_in_waybill(world: World, who: str, part: Part) -> Iterator[str]:
    yield from not_out(part)
    if part.handed_in:
        yield "D11"


def _credited(world: World, who: str, part: Part) -> None:
    part.credited, part.creditor = True, who
    world.money.pieces.append(Piece("freight", -part.fen(), world.now, part=part))


@rule("credit_freight", FINANCE, _credited)
def credit_freight(world: World, who: str, part: Part) -> Iterator[str]:
    yield from not_out(part)
    if not part.handed_in or part.credited:
        yield "D11"


def _asked_back(world: World, who: str, part: Part) -> Back:
    made = Back(part, who, part.creditor)
    world.backs.append(made)
    return made


@rule("reverse_freight_credit", FINANCE, _asked_back)
def reverse_freight_credit(world: World, who: str, part: Part) -> Iterator[str]:
    if not part.credited or part.reversed:
        yield ""
    elif any(one.part is part and not (one.done or one.returned) for one in world.backs):
        yield "D17"


def unused(world: World, back: Back) -> bool:
    """No order holds or has used the credit: what taking back does to orders is proven elsewhere."""
    credit = world.freight(back.part)
    return credit is None or (credit.holder is None and credit.left == credit.fen)


def taken_back(world: World, who: str, back: Back, step: str) -> None:
    back.done = back.part.reversed = True
    world.money.pieces = [one for one in world.money.pieces if one is not world.freight(back.part)]


def not_taken_back(world: World, who: str, back: Back, step: str, version: int) -> Iterator[str]:
    """Why this person of finance does not sign."""
    yield from not_refused(world, who, back, step, version)
    if who in (back.asker, back.creditor):
        yield "D17"


def kept_booked(world: World, who: str, back: Back, step: str) -> None:
    back.returned = True


def not_refused(world: World, who: str, back: Back, step: str, version: int) -> Iterator[str]:
    if who not in FINANCE:
        yield "M1"
    if version != back.version:
        yield "D17"
    if back.done or back.returned:
        yield ""

