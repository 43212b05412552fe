from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "gatepass.journal"
    label = "journal"

    def ready(self) -> None:
        from gatepass.journal.clock import now
        from gatepass.papers import readers

        readers.use_clock(now)  # papers lie below the journal and cannot ask it for the time
