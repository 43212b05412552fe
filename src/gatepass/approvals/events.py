"""What happens to a thing under signature where its room has no event of its own for it."""

from __future__ import annotations

from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


class OfMatter(Event):
    """An event about a thing under signature is about that thing, of the kind it names."""

    subject_kind: str
    subject: UUID

    def concerns(self) -> tuple[tuple[str, UUID], ...]:
        return tuple(dict.fromkeys((*super().concerns(), (self.subject_kind, self.subject))))

    def reference(self, kind: str) -> UUID | None:
        return self.subject if kind == self.subject_kind else super().reference(kind)


@event("matter.signed", Text("签批同意", "Signed"))
class MatterSigned(OfMatter):
    """signer and represented: who acts, and for whom; last: nothing more is to be signed; by_word: told by telephone."""

    route: str
    subject_kind: str
    subject: UUID
    step: str
    version: int
    digest: str
    signer: UUID
    represented: UUID | None = None
    last: bool = False
    by_word: bool = False


@event("matter.returned", Text("签批退回", "Returned"))
class MatterReturned(OfMatter):
    """Why stands with the signature: no words enter the journal."""

    route: str
    subject_kind: str
    subject: UUID
    step: str
    version: int
    digest: str


@event("matter.confirmed", Text("本人补签", "Word confirmed in person"))
class WordConfirmed(OfMatter):
    route: str
    subject_kind: str
    subject: UUID
    step: str
    version: int
    digest: str
