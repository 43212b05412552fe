"""The life of orders as a state machine against an oracle in plain Python: random commands by everybody, wrong ones too.

A seeded share runs with the tests. `make campaign-life SEED=1 STEPS=100000` walks on.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from databases import Clones

SEED = int(os.environ.get("SEED") or 2026)
STEPS = int(os.environ.get("STEPS") or 600)
ONE_WALK = 300
FOUNDED: dict[str, object] = {}


def _found() -> None:
    from company import found_company
    from life.walking import engage

    staff = found_company()
    engage(staff)
    FOUNDED["staff"] = staff


def walked(clones: Clones, seed: int, steps: int) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """One company, so many steps; what went through, what was refused, and how the reasons of refusals ended."""
    from copy import deepcopy

    from gatepass.site import database
    from life.walking import Walk

    name = clones.clone(clones.template("life", _found))
    clones.use(name)
    try:
        walk = Walk(deepcopy(FOUNDED["staff"]), Random(seed))  # type: ignore[arg-type]  # kept as object  # noqa: S311 - a seed is meant to repeat
        walk.trace.append(f"seed {seed}")
        for _ in range(steps):
            walk.step()
        walk.end(database.other(clones.url, name))
        print(*walk.curer.stuck, sep="\n")  # noqa: T201 - a campaign is read
        return walk.done, walk.refused, walk.curer.seen + Counter({"hands": walk.hands.looked})
    finally:
        clones.leave()
        clones.drop(name)


@pytest.mark.requirement("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11", "C4", "C18", "M1")
def test_the_program_and_a_plain_model_of_an_orders_life_agree_at_every_step(clones: Clones) -> None:
    seed, steps = SEED, 0
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    cured: Counter[str] = Counter()
    while steps < STEPS:
        through, stopped, ended = walked(clones, seed, ONE_WALK)
        done, refused, cured = done + through, refused + stopped, cured + ended
        seed, steps = seed + 1, steps + ONE_WALK
    print(f"{steps} steps, done {dict(done)}, refused {dict(refused)}, cures {dict(cured)}")  # noqa: T201 - a campaign is read
    assert done["release_vehicle"] and refused["M1"] and refused["D6"] and refused["absent"]
    assert cured["went through"] and cured["meant"] and cured["input"] and cured["hands"]
