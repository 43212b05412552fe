from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "gatepass.transport"
    label = "transport"

    def ready(self) -> None:
        from gatepass.dispatch.papers import carriage_from
        from gatepass.papers.readers import register
        from gatepass.people.blanking import holds
        from gatepass.transport import commands, locking, routes, sheets  # noqa: F401 (declares them)
        from gatepass.transport.aboard import carriage_of

        holds("driver", locking.on_the_way)
        carriage_from(carriage_of)
        register("outbound", sheets.may_read_outbound, live=sheets.live_outbound, copies=sheets.copies_for)
        register("waybill", sheets.may_read_waybill, live=sheets.live_waybill)
