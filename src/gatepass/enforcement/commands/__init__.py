"""What people do about clauses: fines, parameters and amendments, refused work, reminders."""

from gatepass.enforcement.commands.amendments import answer_amendment, change_parameter, propose_amendment
from gatepass.enforcement.commands.detailed import end_rule, lay_down_rule
from gatepass.enforcement.commands.findings import record_finding
from gatepass.enforcement.commands.fines import confirm_fine, propose_waiver
from gatepass.enforcement.commands.tidying import tidy_desk
from gatepass.enforcement.commands.works import refuse_work, remind

__all__ = [
    "answer_amendment",
    "change_parameter",
    "confirm_fine",
    "end_rule",
    "lay_down_rule",
    "propose_amendment",
    "propose_waiver",
    "record_finding",
    "refuse_work",
    "remind",
    "tidy_desk",
]
