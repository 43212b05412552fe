from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "gatepass.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from gatepass.dispatch import papers, routes  # noqa: F401 (declares what is signed)
        from gatepass.papers.readers import register

        register("notice", papers.may_read, live=papers.live, copies=papers.copies)
        register("picklist", papers.may_read_pick_list, live=papers.live_pick_list)
