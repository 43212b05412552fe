"""What the program's role may do to the tables, drawn from the schema: nothing is deleted but what is technical, what is written for
good is never changed, and who wrote or signed is a known actor, named once. Needs Django.

The program may insert and read everywhere. Each list below names the exceptions with their reason; a test holds them against the schema.
"""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.db.models import Field, Model, UUIDField

from gatepass.site.proving import sql as proofs

# Sessions that end, jobs that are done, keys older than thirty days, what the chain has reached, attempts that no longer count; and the
# lines of an order that is not allocated yet, of a load that is not counted yet, which are entered anew.
DELETED: Final = proofs.DELETED
READ_ONLY: Final = ("django_migrations", "django_content_type", "auth_permission", "journal_actor", "journal_proof")

# Columns that no statement of the program may change once the row is there; the rest of such a table may still be filled in.
FIXED: Final = {
    "dispatch_noticeversion": ("*",),
    "orders_composition": ("uid", "order_id", "version", "at", "by", "remit_fen", "committed_fen", "data", "digest"),
    "orders_accountcheck": ("uid", "order_id", "requested_at"),
    "orders_link": ("uid", "composition_id", "digest", "made_at"),
    "dispatch_unpaidsignature": ("uid", "order_id", "fen", "pay_on", "asked_at"),
    "gate_gatepass": ("uid", "number", "kind", "code", "plate", "cartons", "load", "issued_by", "issued_at", "valid_until", "trip_id", "source"),
    "gate_authority": ("uid", "number", "guard", "issued_by", "issued_at", "since", "until"),
    "enforcement_fine": ("uid", "obligation_id", "clause", "subject", "holder_kind", "holder", "base_fen", "percent", "fen", "proposed_at"),
    "receivables_receipt": (
        "uid", "number", "customer", "fen", "account", "payer", "reference", "paid_on", "recorded_at", "recorded_by", "matched_fen",
        "difference_fen", "why",
    ),
    "receivables_voucher": ("uid", "number", "customer", "kind", "fen", "label", "papers", "prepared_by", "prepared_for", "prepared_at"),
    "people_post": ("uid", "kind"),
    "people_appointment": (
        "uid", "post_id", "person_id", "deputy", "stands_for_id", "rank", "since", "until", "entered_by", "entered_at",
    ),
    "receivables_item": (
        "uid", "entry", "customer", "kind", "fen", "at", "day", "aged", "label", "document_kind", "document", "order",
    ),
    "receivables_claim": ("item_id", "order", "at"),
    "receivables_reversal": ("uid", "customer", "document_kind", "document", "label", "fen", "reason", "prepared_by", "prepared_at"),
    "receivables_clearing": (
        "uid", "number", "kind", "customer", "item_id", "fen", "account", "payee", "reason", "papers", "prepared_by", "prepared_for", "prepared_at",
    ),
    "transport_pricecorrection": (
        "uid", "number", "consignment_id", "product", "cartons", "line_yuan", "old_yuan", "new_yuan", "fen", "reason", "prepared_by", "prepared_at",
    ),
    "receivables_openinglist": ("uid", "number", "prepared_by", "prepared_for", "prepared_at"),
    "receivables_opening": ("uid", "list_id", "customer", "fen", "day", "label"),
    "receivables_bankaccount": ("uid", "bank", "holder", "number"),
    "receivables_bankchange": ("uid", "account_id", "act", "naming", "replaces_id", "reason", "prepared_by", "prepared_at"),
    "people_token": ("uid", "person_id", "digest", "made_at"),
}  # fmt: skip

SIGNING: Final = ("by", "person", "represented", "acting_for", "guard", "written_for")
NO_SIGNER: Final = {
    "enforcement_obligation.opened_by": "a journal entry", "enforcement_obligation.closed_by": "a journal entry",
    "journal_key.by": "a key is technical, purged after thirty days",
}  # fmt: skip
CHANGING: Final = {
    "dispatch_notice.written_by": "who wrote the present version; each version keeps its own",
    "dispatch_notice.written_for": "likewise",
    "gate_authority.handed_over_to": "no signer",
    "transport_consignment.claimed_by": "a claim may be made anew until it is countersigned",
    "transport_waybill.credited_by": "of the freight credit that stands; the journal keeps who posted those that were taken back",
}  # fmt: skip


def tables() -> dict[str, type[Model]]:
    """Every table of the program's own models."""
    return {model._meta.db_table: model for model in apps.get_models() if model.__module__.startswith("gatepass.")}


def append_only() -> list[str]:
    """The tables of all models that carry `append_only = True`, and those of which every column is fixed."""
    named = [table for table, model in tables().items() if getattr(model, "append_only", False)]
    return sorted({*named, *(table for table, columns in FIXED.items() if columns == ("*",) and table in tables())})


def proven() -> dict[str, str]:
    """The tables whose rows are proven, with the names of their keys."""
    return {table: str(model._meta.pk.column) for table, model in tables().items() if table not in proofs.NOT_PROVEN}


def signers(table: str, model: type[Model]) -> list[str]:
    """The columns of a table that name who wrote or signed."""
    return [str(f.column) for f in model._meta.concrete_fields if _signs(f) and f"{table}.{f.column}" not in NO_SIGNER]


def once(table: str, model: type[Model]) -> list[str]:
    """The columns that may be filled in but never be changed afterwards."""
    return [column for column in signers(table, model) if f"{table}.{column}" not in CHANGING]


def changeable(table: str, model: type[Model]) -> list[str]:
    """The columns that the program may change."""
    fixed = {*FIXED.get(table, ()), str(model._meta.pk.column)}
    return [str(f.column) for f in model._meta.concrete_fields if str(f.column) not in fixed]


def _signs(field: Field[object, object]) -> bool:
    return isinstance(field, UUIDField) and (field.name.endswith("_by") or field.name in SIGNING)
