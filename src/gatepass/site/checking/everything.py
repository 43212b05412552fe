"""All checks in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gatepass.site.checking import chain, duties, ledger, papers, proven, stock, witnessed
from gatepass.site.checking.finding import Books, Check, Finding

CHECKS: Final[tuple[Check, ...]] = (
    proven.guards, chain.journal, chain.chain, witnessed.heads, proven.rows, proven.acts, proven.salts,
    ledger.balances, ledger.backed, ledger.accounts, ledger.items, ledger.openings, ledger.cleared, ledger.claims, ledger.commitments,
    stock.cartons, stock.reservations, stock.shipped, stock.giveaways, duties.obligations, duties.occasions, duties.fines,
    papers.numbers, papers.approvals, papers.contents, papers.gate,
)  # fmt: skip


def check(url: str, told: Sequence[tuple[int, str]] = ()) -> Iterator[Finding]:
    """Everything that does not agree in the database of this address, at one moment. told: heads of the chain that stand on paper."""
    books = Books(url, told)
    try:
        for one in CHECKS:
            yield from one(books)
    finally:
        books.close()
