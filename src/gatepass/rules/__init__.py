"""The language of clauses: events, facts, five verbs, reasons, and a pure judge. No Django, no clock, no database."""
