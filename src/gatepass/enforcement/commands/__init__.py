"""What people do about clauses: fines, parameters and amendments, refused work, reminders."""

from gatepass.enforcement.commands.amendments import (
    change_parameter,
    interpret_clause,
    put_in_force,
    put_out_of_force,
    set_holder,
    set_superior,
    withdraw_amendment,
)
from gatepass.enforcement.commands.chapters import release_duties, set_chapter
from gatepass.enforcement.commands.clock import confirm_clock
from gatepass.enforcement.commands.detailed import end_rule, lay_down_rule
from gatepass.enforcement.commands.findings import record_finding
from gatepass.enforcement.commands.fines import confirm_fine, propose_waiver
from gatepass.enforcement.commands.proposals import answer_amendment, propose_amendment
from gatepass.enforcement.commands.tidying import tidy_desk
from gatepass.enforcement.commands.works import refuse_work, remind

__all__ = [
    "answer_amendment",
    "change_parameter",
    "confirm_clock",
    "confirm_fine",
    "end_rule",
    "interpret_clause",
    "lay_down_rule",
    "propose_amendment",
    "propose_waiver",
    "put_in_force",
    "put_out_of_force",
    "record_finding",
    "refuse_work",
    "release_duties",
    "remind",
    "set_chapter",
    "set_holder",
    "set_superior",
    "tidy_desk",
    "withdraw_amendment",
]
