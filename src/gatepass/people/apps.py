from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gatepass.people"
    label = "people"

    def ready(self) -> None:
        from gatepass.journal.who import know_people
        from gatepass.people import commands  # noqa: F401 (declares them)
        from gatepass.people.sight import sight

        know_people(sight)
