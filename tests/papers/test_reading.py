"""Who reads a paper, and that every print is counted: through the addresses of the program."""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, connection, connections
from django.test import Client
from paper_samples import order, outbound
from pypdf import PdfReader

from gatepass.identity import new_id
from gatepass.journal import chaining
from gatepass.journal.clock import clock_at, now
from gatepass.papers import keeping, queries, readers
from gatepass.papers.models import Paper, Print
from gatepass.papers.packing import digest
from gatepass.papers.printing import printed
from gatepass.papers.shapes import Live, Sheet
from gatepass.people.models import Person
from gatepass.roles import SYSTEM, Sight
from masters import found

ENTRY = UUID(int=7)


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[UUID]]:
    """The subjects that may be read in this test; orders and outbound orders have a reader, nothing else has."""
    subjects: set[UUID] = set()
    monkeypatch.setattr(readers, "_readers", {})
    readers.register("order", lambda sight, subject: subject in subjects)
    readers.register(
        "outbound",
        lambda sight, subject: subject in subjects,
        live=lambda subject, version: Live(),
        copies=lambda sight, subject: {"sales", "carrier"},
    )
    yield subjects


@pytest.fixture
def clerk(client: Client) -> Client:
    person = Person.objects.create(username="lin", name="林晓燕")
    client.force_login(person)
    return client


def kept(sheet: Sheet) -> Paper:
    return keeping.keep(sheet, subject_kind="order", subject_uid=new_id(), entry=ENTRY)


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace(" ", "")


@pytest.mark.requirement("D18")
def test_the_first_of_a_day_carries_the_head_of_the_chain(client: Client, allowed: set[UUID]) -> None:
    found()
    client.force_login(Person.objects.get(username="lin"))
    chaining.chain()
    head = chaining.head()
    assert head is not None and head.said.startswith(f"{head.position} {head.hash[:4]} ")
    paper, other = kept(order()), kept(order())
    allowed |= {paper.subject_uid, other.subject_uid}
    said = head.said.replace(" ", "")
    assert f"链首{said}" in text(client.get(f"/papers/{paper.uid}.pdf").content)
    for again in (paper, other):
        assert "链首" not in text(client.get(f"/papers/{again.uid}.pdf").content)
    with clock_at(now() + timedelta(days=1)):
        assert f"链首{said}" in text(client.get(f"/papers/{other.uid}.pdf").content)


@pytest.mark.requirement("D2", "A17")
def test_every_pdf_is_counted_under_the_name_of_who_asked(clerk: Client, allowed: set[UUID]) -> None:
    paper = kept(order())
    allowed.add(paper.subject_uid)
    for nth in (1, 2, 3):
        answer = clerk.get(f"/papers/{paper.uid}.pdf")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert f"林晓燕，第{nth}次" in text(answer.content)
    assert list(Print.objects.order_by("nth").values_list("name", "copy", "nth")) == [
        ("林晓燕", "", 1),
        ("林晓燕", "", 2),
        ("林晓燕", "", 3),
    ]


def test_a_preview_is_pages_within_ours_and_counts_nothing(clerk: Client, allowed: set[UUID]) -> None:
    paper = kept(order(times=4))
    allowed.add(paper.subject_uid)
    page = clerk.get(f"/papers/{paper.uid}/")
    assert page.status_code == 200
    assert f"/papers/{paper.uid}.png?page=2" in page.content.decode()
    assert clerk.get(f"/papers/{paper.uid}.png?page=2").content.startswith(b"\x89PNG")
    for wrong in ("0", "99", "x", "²", "-1"):
        assert clerk.get(f"/papers/{paper.uid}.png", {"page": wrong}).status_code == 404
    assert not Print.objects.exists()


@pytest.mark.requirement("R7")
def test_without_leave_a_paper_is_as_absent_as_one_that_never_was(clerk: Client, allowed: set[UUID]) -> None:
    hidden, unregistered = (
        kept(order()),
        Paper.objects.create(**row_of(kept(dataclasses.replace(order(), version=2)), kind="waybill")),
    )
    allowed.add(unregistered.subject_uid)
    for ending in ("/", ".pdf", ".png"):
        absent = clerk.get(f"/papers/{new_id()}{ending}")
        assert absent.status_code == 404
        for paper in (hidden, unregistered):
            assert clerk.get(f"/papers/{paper.uid}{ending}").status_code == 404
    assert not Print.objects.exists()


def row_of(paper: Paper, **changes: Any) -> dict[str, Any]:
    fields = {
        each.attname: getattr(paper, each.attname) for each in Paper._meta.concrete_fields if each.attname != "id"
    }
    return fields | {"uid": new_id()} | changes


def test_who_is_not_signed_in_is_asked_to(client: Client, allowed: set[UUID]) -> None:
    paper = kept(order())
    allowed.add(paper.subject_uid)
    answer = client.get(f"/papers/{paper.uid}.pdf")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


@pytest.mark.requirement("C16", "A14")
def test_a_viewer_gets_only_the_copies_that_are_his(clerk: Client, allowed: set[UUID]) -> None:
    paper = kept(outbound())
    allowed.add(paper.subject_uid)
    assert clerk.get(f"/papers/{paper.uid}.pdf?copy=finance").status_code == 404
    both = PdfReader(io.BytesIO(clerk.get(f"/papers/{paper.uid}.pdf").content)).pages
    assert len(both) == 2
    assert "15,360.00" not in text(clerk.get(f"/papers/{paper.uid}.pdf?copy=carrier").content)
    assert sorted(Print.objects.values_list("copy", "nth")) == [("carrier", 1), ("carrier", 2), ("sales", 1)]


def test_a_paper_whose_data_was_tampered_with_is_not_printed(clerk: Client, allowed: set[UUID]) -> None:
    whole = kept(order())
    forged = Paper.objects.create(**row_of(whole, subject_uid=new_id(), data=whole.data | {"customer": "别人"}))
    allowed.add(forged.subject_uid)
    assert not forged.intact()
    answer = clerk.get(f"/papers/{forged.uid}.pdf")
    assert answer.status_code == 503
    assert "与定格时不一致" in answer.content.decode()
    assert not Print.objects.exists()


def test_a_paper_that_cannot_be_pressed_is_told_and_not_counted(clerk: Client, allowed: set[UUID]) -> None:
    whole = kept(order())
    data = {name: value for name, value in whole.data.items() if name != "composition"}
    broken = Paper.objects.create(**row_of(whole, subject_uid=new_id(), data=data, sha256=digest(data)))
    allowed.add(broken.subject_uid)
    answer = clerk.get(f"/papers/{broken.uid}.pdf")
    assert answer.status_code == 503
    assert "没有记打印次数" in answer.content.decode()
    assert not Print.objects.exists()


def test_prints_at_the_same_time_are_counted_without_gap_or_double(fresh: str, allowed: set[UUID]) -> None:
    paper = kept(order())
    allowed.add(paper.subject_uid)
    row = queries.paper(Sight(person=new_id(), name="林晓燕", powers=frozenset()), paper.uid)
    failures: list[Exception] = []

    def one() -> None:
        try:
            printed(row, person=SYSTEM.person, name="邓海", copies=("",), language="zh")
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(Print.objects.values_list("nth", flat=True)) == [1, 2, 3, 4]


def test_a_version_is_kept_once_and_never_changed(fresh: str) -> None:
    paper = kept(order())
    with pytest.raises(Error):
        keeping.keep(order(), subject_kind="order", subject_uid=paper.subject_uid, entry=ENTRY)
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("UPDATE papers_paper SET number = 'x'")
