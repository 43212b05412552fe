"""Keys for the API, one person's each. The key is made outside the command and shown once: only its hash enters."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Annotated, Final
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import TokenIssued, TokenRevoked
from gatepass.people.models import Token
from gatepass.people.rows import empty, inactive, locked_person, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
name_fields(token=("令牌", "token"), digest=("令牌的 SHA-256", "SHA-256 of the token"))
once("people_token_digest_key", refusal("这个令牌已登记", "This token is already registered", field="digest"))


def new_token() -> tuple[str, str]:
    """A fresh random token, to be shown once, and the digest that `issue_token` takes."""
    token = f"gp_{secrets.token_urlsafe(32)}"
    return token, digest_of(token)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@command(may=None, title=Text("发接口令牌", "Issue an API token"))
def issue_token(
    case: Case,
    *,
    name: Annotated[str, Called(Text("用途", "what for"))],
    digest: str,
    person: Annotated[UUID | None, Of("person")] = None,
) -> Ref:
    """A token for oneself, or by who keeps people for somebody else. `digest`: lower-case hex SHA-256 of a random token."""
    owner = locked_person(person or case.actor.person)
    wrong = refusal("要令牌的 SHA-256（64 位十六进制）", "The SHA-256 of the token: 64 hexadecimal digits", field="digest")
    made = Token(uid=case.new_id(), person=owner, name=name, digest=digest, made_at=case.at)
    case.decide(
        TokenIssued(person=owner.uid, token=made.uid),
        reasons=[
            _others(case, owner.uid),
            inactive(owner),
            *empty(name=name),
            *too_long(name=(name, 60)),
            None if _DIGEST.fullmatch(digest) else wrong,
        ],
    )
    made.save()
    return Ref("token", made.uid, name)


@command(may=None, title=Text("收回接口令牌", "Revoke an API token"))
def revoke_token(case: Case, *, token: Annotated[UUID, Of("token")]) -> Ref:
    row = Token.objects.select_for_update(of=("self",)).select_related("person").filter(uid=token).first()
    if row is None or _others(case, row.person.uid):
        raise NotFound("token")
    gone = refusal("这个令牌已收回", "This token was already revoked")
    case.decide(TokenRevoked(person=row.person.uid, token=token), reasons=[gone if row.revoked_at else None])
    row.revoked_at = case.at
    row.save(update_fields=["revoked_at"])
    return Ref("token", token, row.name)


def _others(case: Case, owner: UUID) -> Reason | None:
    if owner == case.actor.person or case.actor.may(Power.KEEP_PEOPLE):
        return None
    return refusal("只能办自己的令牌", "Only one's own token", clause="M1", field="person")
