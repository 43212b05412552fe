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
        from gatepass.gate.reacting import passes_that_wait
        from gatepass.journal.stopping import STOPS
        from gatepass.look.asides import ASIDES
        from gatepass.papers.readers import register

        if passes_that_wait not in STOPS:
            STOPS.append(passes_that_wait)
        ASIDES["issue_gate_pass"] = about_trip
        register("gatepass", sheets.may_read, live=sheets.live)
