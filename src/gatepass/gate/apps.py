from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gatepass.gate"
    label = "gate"

    def ready(self) -> None:
        from gatepass.gate import (
            commands,  # noqa: F401 (declares them)
            routes,  # noqa: F401 (declares what is signed)
            sheets,
        )
        from gatepass.gate.pages import about_trip
        from gatepass.gate.reacting import no_longer_paid
        from gatepass.look.asides import ASIDES
        from gatepass.papers.readers import register
        from gatepass.receivables.reversals import REACTIONS

        if no_longer_paid not in REACTIONS:
            REACTIONS.append(no_longer_paid)
        ASIDES["issue_gate_pass"] = about_trip
        register("gatepass", sheets.may_read, live=sheets.live)
