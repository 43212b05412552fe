from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "gatepass.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from gatepass.dispatch import consenting, papers, routes, sampling  # noqa: F401 (declare what is signed)
        from gatepass.dispatch.amending import pending_fen
        from gatepass.orders.talking import PENDING
        from gatepass.papers.readers import register

        if pending_fen not in PENDING:
            PENDING.append(pending_fen)
        register("notice", papers.may_read, live=papers.live, copies=papers.copies)
        register("picklist", papers.may_read_pick_list, live=papers.live_pick_list)
