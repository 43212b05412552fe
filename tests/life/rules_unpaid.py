"""The director's signature in the model (D4): asked for by the desk, the manager or the warehouse, for a notice or for the next one."""

from __future__ import annotations

from collections.abc import Iterator

from life.rules_desk import here
from life.rules_notices import in_sight
from life.things import CLIENT, DESK, WAREHOUSE, Absent, Notice, Order, Wish
from life.world import World, rule


def _meant(world: World, order: Order, notice: Notice | None) -> tuple[Notice | None, int]:
    """The notice that is asked for (none: the next one), and the sum."""
    sum_ = world.unnoticed(order)
    standing = [one for one in world.of(order) if not one.left]
    notice = notice or next((one for one in standing if world.needs(one) > world.signed(one)), None)
    if notice is None and sum_ == 0:
        notice = next((one for one in reversed(world.of(order)) if not one.left), None)
    if not order.claims:
        return notice, 0
    return (None, sum_) if notice is None else (notice, world.needs(notice))


def _sees(who: str) -> None:
    here(who)
    if who not in DESK:
        raise Absent


def _wished(world: World, who: str, order: Order, notice: Notice | None) -> Wish:
    about, sum_ = _meant(world, order, notice)
    ahead = about is not None and any(not one.after_hours for one in world.pending(about))
    paid = world.paid_of(about) if about else world.goods_paid(order)
    made = Wish(order, about, about.version + ahead if about else 0, sum_, paid)
    world.wishes.append(made)
    return made


@rule("request_unpaid", CLIENT | WAREHOUSE | {"he"}, _wished)
def request_unpaid(world: World, who: str, order: Order, notice: Notice | None) -> Iterator[str]:
    if notice is not None:
        in_sight(who, notice)
    else:
        _sees(who)
    about, sum_ = _meant(world, order, notice)
    if not order.confirmed:
        yield "D2"
    if order.over or (about is not None and (about.void or about.left)):
        yield ""
    waits = [one for one in world.wishes if one.order is order and one.notice is about and not (one.signed or one.returned or one.voided)]
    if sum_ <= 0 or waits:
        yield "D4"


def signed(world: World, who: str, wish: Wish, step: str) -> None:
    wish.signed = True
    wish.order.clocks.add("D4.3")


def unsigned(world: World, who: str, wish: Wish, step: str, version: int) -> Iterator[str]:
    """Why the director does not sign."""
    yield from _unanswered(world, who, wish, version)
    if wish.signed or wish.returned:
        yield ""


def returned(world: World, who: str, wish: Wish, step: str) -> None:
    wish.returned = True


def not_returned(world: World, who: str, wish: Wish, step: str, version: int) -> Iterator[str]:
    yield from _unanswered(world, who, wish, version)
    if wish.signed or wish.returned:
        yield ""


def _unanswered(world: World, who: str, wish: Wish, version: int) -> Iterator[str]:
    _sees(who)
    if who != "liang":
        yield "M1"
    if wish.signed or wish.returned or wish.voided or version != wish.version:
        yield "D4"
    if wish.order.over:
        yield ""
