"""Every way to change something at the gate: passes, releases, authorities, vehicles that came back."""

from gatepass.gate.commands.authorities import give_authority, hand_over_copies, withdraw_authority
from gatepass.gate.commands.others import cancel_supplier_return, issue_return_pass, issue_sample_pass
from gatepass.gate.commands.passes import collect_copies, issue_gate_pass, void_gate_pass
from gatepass.gate.commands.releases import release_on_authority, release_vehicle, stop_vehicle
from gatepass.gate.commands.returning import record_came_back

__all__ = [
    "cancel_supplier_return", "collect_copies", "give_authority", "hand_over_copies", "issue_gate_pass", "issue_return_pass", "issue_sample_pass",
    "record_came_back", "release_on_authority",
    "release_vehicle", "stop_vehicle", "void_gate_pass", "withdraw_authority",
]  # fmt: skip
