"""The rows of the customers' account: the ledger, the documents that move it, the accounts to pay to."""

from gatepass.receivables.models.banks import BankAccount, BankChange
from gatepass.receivables.models.documents import Clearing, CutOver, Opening, OpeningList, Receipt, Reversal, Voucher
from gatepass.receivables.models.ledger import Account, Balance, Claim, Commitment, Item, Match, Posting, PostingKind

__all__ = [
    "Account", "Balance", "BankAccount", "BankChange", "Claim", "Clearing", "Commitment", "CutOver", "Item", "Match",
    "Opening", "OpeningList", "Posting", "PostingKind", "Receipt", "Reversal", "Voucher",
]  # fmt: skip
