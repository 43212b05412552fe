"""Samples in the model: their own approval, stock that is set aside for nobody, a follow-up (C11)."""

from __future__ import annotations

from collections.abc import Iterator

from life.rules_desk import here
from life.things import CLIENT, DESK, LEADERS, TALKERS, WAREHOUSE, Absent, Sample
from life.world import World, rule


def _noticed(world: World, who: str, product: str, cartons: int) -> Sample:
    made = Sample(product, cartons, who)
    world.samples.append(made)
    return made


@rule("issue_sample_notice", CLIENT, _noticed)
def issue_sample_notice(world: World, who: str, product: str, cartons: int) -> Iterator[str]:
    if cartons <= 0:
        yield ""


def seen(who: str, sample: Sample) -> None:
    """The desk sees all of this region, the warehouse what it is to send."""
    if who not in DESK and not (who in WAREHOUSE and sample.approved and not sample.sent):
        raise Absent


def approved(world: World, who: str, sample: Sample, step: str) -> None:
    sample.approved = True


def unapproved(world: World, who: str, sample: Sample, step: str, version: int) -> Iterator[str]:
    yield from undeclined(world, who, sample, step, version)
    if who == sample.writer:
        yield "C11"


def declined(world: World, who: str, sample: Sample, step: str) -> None:
    sample.declined = True


def undeclined(world: World, who: str, sample: Sample, step: str, version: int) -> Iterator[str]:
    seen(who, sample)
    if who not in LEADERS:
        yield "M1"
    if sample.approved or sample.declined:
        yield ""
    if version != sample.version:
        yield "C11"


def _sent(world: World, who: str, sample: Sample, cartons: int) -> None:
    sample.sent = True
    world.stock[sample.product][-1] -= cartons


@rule("send_sample", WAREHOUSE, _sent)
def send_sample(world: World, who: str, sample: Sample, cartons: int) -> Iterator[str]:
    """Out of the youngest batch: only what is on the shelf and set aside for nobody."""
    if not sample.approved or sample.sent:
        raise Absent
    if cartons != sample.cartons or not 0 < cartons <= world.stock[sample.product][-1] or cartons > world.free(sample.product):
        yield ""


def _followed(world: World, who: str, sample: Sample) -> None:
    sample.followed = True


@rule("follow_up_sample", TALKERS, _followed)
def follow_up_sample(world: World, who: str, sample: Sample) -> Iterator[str]:
    here(who)
    if not sample.sent:
        yield ""
