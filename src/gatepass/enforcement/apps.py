from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "gatepass.enforcement"
    label = "enforcement"

    def ready(self) -> None:
        from gatepass.enforcement import clocks  # noqa: F401 (declares the system's command)
        from gatepass.enforcement.keeper import Enforcement
        from gatepass.journal.door import arm
        from gatepass.regulations import rulebook

        arm(Enforcement(rulebook.every_clause()))
