from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "gatepass.approvals"
    label = "approvals"

    def ready(self) -> None:
        from gatepass.approvals import commands  # noqa: F401 (declares them)
