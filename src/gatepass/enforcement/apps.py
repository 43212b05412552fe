from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "gatepass.enforcement"
    label = "enforcement"

    def ready(self) -> None:
        from gatepass.enforcement import clocks, commands, routes  # noqa: F401 (declare what may be done)
        from gatepass.enforcement.keeper import Enforcement
        from gatepass.enforcement.queries.choices import CHOICES
        from gatepass.enforcement.queries.curing import cures
        from gatepass.enforcement.queries.deadlines import printed
        from gatepass.enforcement.queries.terms import term_in_force
        from gatepass.journal.door import arm
        from gatepass.look.choosing import know_choices
        from gatepass.look.terms import know_terms
        from gatepass.papers.deadlines import know_deadlines
        from gatepass.people.refusals import know_cures
        from gatepass.regulations import rulebook

        know_cures(cures)
        know_terms(term_in_force)
        know_choices(**CHOICES)
        know_deadlines(printed)
        arm(Enforcement(rulebook.every_clause()))
