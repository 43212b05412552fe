"""Keys for the API, one person's each. The key is made outside the command and shown once: only its hash enters."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import COMMANDS, Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import TokenIssued, TokenRevoked
from gatepass.people.models import Token
from gatepass.people.rows import empty, inactive, locked_person, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

LONGEST: Final = 366
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
    days: Annotated[int, Called(Text("有效天数", "days it lasts"))] = 90,
    reads: Annotated[bool, Called(Text("可以读", "may read"))] = True,
    acts: Annotated[bool, Called(Text("可以办事", "may act"))] = True,
    commands: Annotated[list[str] | None, Called(Text("只许这些命令（空：本人能办的都行）", "only these commands (empty: any)"))] = None,
) -> Ref:
    """A token for oneself and nobody else. `digest`: lower-case hex SHA-256 of a random token. It ends by itself."""
    owner = locked_person(case.actor.person)
    wrong = refusal("要令牌的 SHA-256（64 位十六进制）", "The SHA-256 of the token: 64 hexadecimal digits", field="digest")
    unknown = sorted(name for name in commands or () if name not in COMMANDS or COMMANDS[name].hidden)
    span = refusal("有效 1 到 366 天", "It lasts 1 to 366 days", field="days")
    nothing = Text("没有这些命令：{names}", "There are no such commands: {names}").fill(names=unknown)
    made = Token(
        uid=case.new_id(), person=owner, name=name, digest=digest, made_at=case.at, reads=reads, acts=acts,
        commands=commands or [], expires_at=case.at + timedelta(days=max(1, min(days, LONGEST))),
    )  # fmt: skip
    case.decide(
        TokenIssued(person=owner.uid, token=made.uid, until=made.expires_at),
        reasons=[
            inactive(owner),
            *empty(name=name),
            *too_long(name=(name, 60)),
            None if 1 <= days <= LONGEST else span,
            Reason(what=nothing, field="commands") if unknown else None,
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
