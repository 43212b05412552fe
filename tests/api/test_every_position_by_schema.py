"""The API by its own schema, as several positions: no answer 5xx, every answer as the schema says, nothing invalid accepted.

Seeded and bounded with the tests; `make campaign-api REQUESTS=200000 SEED=1` goes on.
"""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from company import Staff, keep_token
from gatepass.journal.door import COMMANDS
from gatepass.people.models import Person
from gatepass.people.tokens import new_token
from test_whole_way import through_the_gate

POSITIONS = ("lin", "zhou", "deng", "feng", "luo", "wu")
SEED = int(os.environ.get("SEED") or 2026)
WHOLE = "REQUESTS" in os.environ
EACH = max(2, int(os.environ.get("REQUESTS") or 0) // (len(POSITIONS) * 2 * len(COMMANDS)))


def operations() -> Iterator[Any]:
    import schemathesis

    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    schema.config.generation.update(allow_x00=True, codec="utf-8")
    for result in schema.get_all_operations():
        yield result.ok()


def things() -> dict[str, list[str]]:
    """Ids that exist, by the kind of thing."""
    from gatepass.journal.models import Reference

    found: dict[str, list[str]] = {}
    for kind, uid in Reference.objects.values_list("kind", "uid").distinct().order_by("kind", "uid"):
        found.setdefault(kind, []).append(str(uid))
    return found


def known_ids(name: str, body: Any, known: dict[str, list[str]], pick: Any) -> Any:
    """Two in three ids replaced by ones that exist, so that requests reach further than 'not found'."""
    command = COMMANDS.get(name)
    if command is None or not isinstance(body, dict):
        return body
    for field in command.declaration.fields:
        if field.of in known and field.name in body and pick.random() < 0.67:
            one = pick.choice(known[field.of])
            body[field.name] = [one] if field.many else one
    return body


def checked(operation: Any, mode: Any, token: str, known: dict[str, list[str]], answers: Counter[int]) -> None:
    """Some requests of one operation, right or wrong ones."""
    name = str(operation.definition.raw.get("operationId"))

    @seed(SEED)
    @settings(max_examples=EACH, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), pick=st.randoms(use_true_random=False))
    def ask(case: Any, pick: Any) -> None:
        case.body = known_ids(name, case.body, known, pick)
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        answers[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=[ignored_auth, positive_data_acceptance])
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"], (answer.status_code, answer.headers)

    ask()


@pytest.mark.requirement("M1", "D10")
@pytest.mark.parametrize("who", POSITIONS)
def test_every_answer_is_as_the_schema_says(staff: Staff, who: str) -> None:
    from schemathesis.generation import GenerationMode

    warnings.simplefilter("ignore")
    through_the_gate(staff)
    token, digest = new_token()
    keep_token(Person.objects.get(uid=staff.people[who]), digest, staff.at)
    known, answers = things(), Counter[int]()
    wrong: list[str] = []
    for number, operation in enumerate(operations()):
        if operation.method.upper() == "POST" and not WHOLE and (number + SEED) % len(POSITIONS) != POSITIONS.index(who):
            continue  # with the tests every position has its share of the commands, and reads everything
        for mode in GenerationMode:
            try:
                checked(operation, mode, token, known, answers)
            except (Exception, FailureGroup) as error:  # all of them are told together
                wrong.append(f"{operation.label} {mode.value}: {error}"[:1500])
    assert not wrong, "\n\n".join(wrong[:40]) + f"\n{len(wrong)} operations"
    assert answers[422] and not [status for status in answers if status >= 500], answers
    assert all(UUID(one) for ids in known.values() for one in ids)
