"""Papers as somebody prints them, as text."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.test import Client
from pypdf import PdfReader

from company import Staff
from gatepass.journal.clock import clock_at
from gatepass.papers.models import Paper
from gatepass.people.models import Person


def printed(staff: Staff, who: str, kind: str, subject: UUID, language: str = "zh") -> str:
    """The text of the newest paper of a kind as somebody prints it now."""
    paper = Paper.objects.filter(kind=kind, subject_uid=subject).order_by("-version")[0]
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), "gatepass.people.sign_in.PersonBackend")
    with clock_at(staff.at):
        answer = client.get(f"/papers/{paper.uid}.pdf?language={language}")
    assert answer.status_code == 200, (kind, answer.status_code)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
