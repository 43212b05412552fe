from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "gatepass.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from gatepass.dispatch import consenting, papers, routes, sampling, unpaid_route  # noqa: F401 (declare what is signed)
        from gatepass.dispatch.unpaid import used_up
        from gatepass.journal.stopping import STOPS
        from gatepass.papers.readers import register

        if used_up not in STOPS:
            STOPS.append(used_up)
        register("notice", papers.may_read, live=papers.live, copies=papers.copies)
        register("picklist", papers.may_read_pick_list, live=papers.live_pick_list)
