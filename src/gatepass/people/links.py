"""One-time links: how a person gets his own password without anybody else ever knowing it.

The token is made outside the command and shown once to who keeps people; the code, where one is needed, likewise to the head. Only
hashes enter. Neither of the two can use a link of weight alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import LinkConfirmed, LinkIssued, LinkSpent, PasswordSet
from gatepass.people.models import Invitation, Person
from gatepass.people.passwords import of_person
from gatepass.people.rows import heavy, inactive, locked_person
from gatepass.roles import SYSTEM, Power
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal
from gatepass.words import Text

LASTS: Final = timedelta(days=3)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
Digest = Annotated[str, Called(Text("链接的 SHA-256", "SHA-256 of the link"))]
name_fields(link=("一次性链接", "one-time link"), code=("确认码", "code"))
once("one_open_invitation", refusal("刚发过一个链接，请刷新", "A link was just issued: reload", field="person"))
HEADS: Final = refusal(
    "此人的岗位要总经理确认链接", "The head confirms the link of whoever holds such a post", clause="M1",
    cure=Text("请总经理在“组织与岗位”确认", "The head confirms it under Organisation"),
)  # fmt: skip
OVER: Final = refusal("这个链接已用过、过期或收回", "This link was used, has expired or was withdrawn")
WRONG_CODE: Final = refusal("确认码不对", "The code is not right", field="code", cure=Text("向总经理再问一遍", "Ask the head for it again"))


def new_link() -> tuple[str, str]:
    """A fresh token for an address, to be shown once, and the digest that `issue_link` takes."""
    token = secrets.token_urlsafe(24)
    return token, digest_of(token)


def new_code() -> tuple[str, str]:
    """Eight digits to be told by voice, and the digest that `confirm_link` takes."""
    code = f"{secrets.randbelow(10**8):08}"
    return code, code_digest(code)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(code: str) -> str:
    """Slow on purpose: eight digits are soon tried."""
    return hashlib.pbkdf2_hmac("sha256", code.strip().encode(), b"gatepass one-time code", 200_000).hex()


def not_a_digest(digest: str, field: str = "digest") -> Reason | None:
    wrong = refusal("要 SHA-256（64 位十六进制）", "A SHA-256: 64 hexadecimal digits", field=field)
    return None if _DIGEST.fullmatch(digest) else wrong


def invite(case: Case, person: Person, digest: str, *, needs_code: bool) -> Invitation:
    """A link for this person; any before it ends. Call it inside a command, after its decision."""
    for old in Invitation.objects.select_for_update().filter(person=person, used_at=None, withdrawn_at=None):
        old.withdrawn_at = case.at
        old.save(update_fields=["withdrawn_at"])
    made = Invitation(
        uid=case.new_id(), person=person, digest=digest, made_by=case.actor.person, made_at=case.at, expires_at=case.at + LASTS,
        needs_code=needs_code,
    )  # fmt: skip
    made.save()
    return made


def begin_anew(case: Case, person: Person) -> None:
    """Who gets power and never proved that his password is his alone sets another, with a code: a way in that the administrator may have
    known ends here. Call it inside a command, after its decision."""
    if person.proven:
        return
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for link in Invitation.objects.select_for_update().filter(person=person, used_at=None, withdrawn_at=None, needs_code=False):
        link.withdrawn_at = case.at
        link.save(update_fields=["withdrawn_at"])


@command(may=Power.KEEP_PEOPLE, title=Text("发一次性链接", "Issue a one-time link"))
def issue_link(case: Case, *, person: Annotated[UUID, Of("person")], digest: Digest) -> Ref:
    """With the link the person sets his own password; it ends in three days, with its use, or with the next one.

    Where his posts have weight the head confirms it and gets a code, which he tells the person; the link alone opens nothing.
    """
    invited = locked_person(person)
    uid = case.new_id()
    case.decide(LinkIssued(person=person, link=uid), reasons=[inactive(invited), not_a_digest(digest)])
    made = invite(case, invited, digest, needs_code=case.actor.person != SYSTEM.person and heavy(invited, case.at))
    return Ref("link", made.uid, invited.name)


@command(may=Power.AMEND_RULEBOOK, title=Text("确认一次性链接", "Confirm a one-time link"))
def confirm_link(case: Case, *, link: Annotated[UUID, Of("link")], digest: Digest) -> Ref:
    """The head knows that the link is for this very person. `digest`: of the code, which he tells him and nobody else."""
    row = _open(link)
    own = refusal("自己发的链接不能自己确认", "Nobody confirms a link that he issued", clause="M1")
    needless = refusal("这个链接不用确认", "This link needs no confirmation")
    case.decide(
        LinkConfirmed(person=row.person.uid, link=link),
        reasons=[
            OVER if row.expires_at <= case.at else None, own if row.made_by in case.actor.people() else None,
            None if _weighs(row, case) else needless, not_a_digest(digest),
        ],
    )  # fmt: skip
    row.code_digest = digest
    row.confirmed_by, row.confirmed_at = row.confirmed_by or case.actor.person, row.confirmed_at or case.at
    row.save(update_fields=["code_digest", "confirmed_by", "confirmed_at"])
    return Ref("link", link, row.person.name)


@command(may=None, title=Text("用一次性链接设密码", "Set a password with a one-time link"), hidden=True)
def use_link(
    case: Case, *, link: Annotated[UUID, Of("link")], code: Annotated[str, Called(Text("确认码", "code"), secret=True)] = "",
    password: Annotated[str, Called(Text("新密码", "new password"), secret=True)],
) -> Ref:  # fmt: skip
    """By the person himself, who came with the link: the page has seen to it. What weighs needs its code."""
    row = _open(link)
    person = locked_person(row.person.uid)
    weighs = _weighs(row, case)
    case.decide(
        PasswordSet(person=person.uid),
        reasons=[
            OVER if row.expires_at <= case.at or case.actor.person != person.uid else None,
            HEADS if weighs and row.confirmed_at is None else None,
            None if not weighs or row.confirmed_at is None or _same(row, code) else WRONG_CODE,
            *of_person(person, password),
        ],
    )
    row.used_at = case.at
    row.save(update_fields=["used_at"])
    person.set_password(password)
    person.proven = weighs or row.made_by == SYSTEM.person
    person.save(update_fields=["password", "proven"])
    return Ref("person", person.uid, person.name)


@command(may=None, title=Text("收回试错太多的链接", "Withdraw a link after wrong codes"), hidden=True, always=True)
def spend_link(case: Case, *, link: Annotated[UUID, Of("link")]) -> Ref:
    """By the system, after as many wrong codes as are free (attempts.py): who guesses gets no further ones."""
    row = _open(link)
    case.decide(LinkSpent(person=row.person.uid, link=link))
    row.withdrawn_at = case.at
    row.save(update_fields=["withdrawn_at"])
    return Ref("link", link, row.person.name)


def _weighs(row: Invitation, case: Case) -> bool:
    """Whether this link takes the head's code: those of the system (founding, the machine's own terminal) never do."""
    return row.made_by != SYSTEM.person and (row.needs_code or heavy(row.person, case.at))


def _same(row: Invitation, code: str) -> bool:
    return hmac.compare_digest(row.code_digest, code_digest(code))


def _open(link: UUID) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("person").filter(uid=link).first()
    if found is None:
        raise NotFound("link")
    if found.used_at is not None or found.withdrawn_at is not None:
        raise Refused([OVER])
    return found
