from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "gatepass.carriers"
    label = "carriers"

    def ready(self) -> None:
        from gatepass.carriers.blanking import still_a_driver
        from gatepass.people.blanking import holds

        holds("person", still_a_driver)
