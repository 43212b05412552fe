"""`gatepass check` finds nothing after a simulation, and names every kind of tampering by the owner of the database."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter

import psycopg
import pytest

from checking.conftest import Copy
from gatepass.journal.chaining import Head
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Owes
from gatepass.site import cli
from gatepass.site.checking.amended import CHAPTERS
from gatepass.site.checking.everything import check
from gatepass.site.checking.terms import TERMS

TAMPERINGS = {
    "a journal entry's text": (
        "update journal_entry set text = replace(text, '\"fen\":', '\"fen\":9') where event = 'receipt.recorded'", "chain"),
    "a journal entry's payload": (
        "update journal_entry set payload = payload || '{\"fen\": 1}' where event = 'receipt.recorded'", "journal"),
    "a journal entry's moment": ("update journal_entry set at = at - interval '1 hour' where event = 'goods.left'", "journal"),
    "a journal entry removed": ("delete from journal_entry where id = (select max(id) - 20 from journal_entry)", "chain"),
    "a link removed": ("delete from journal_seal where position = 50", "chain"),
    "a balance": ("update receivables_balance set fen = fen + 1 where account = 'customer'", "ledger"),
    "a posting's amount": ("update receivables_posting set fen = fen + 100 where kind = 'goods'", "ledger"),
    "a posting removed with its balance": (
        """with gone as (delete from receivables_posting where kind = 'receipt' and credit = 'customer' returning credit_party, fen)
           update receivables_balance b set fen = b.fen + g.fen from gone g where b.party = g.credit_party and b.account = 'customer'
        """, "ledger"),
    "a posting made up": ("update receivables_posting set entry = gen_random_uuid() where kind = 'goods'", "ledger"),
    "what was received": ("update receivables_commitment set received_fen = received_fen - 1 where received_fen > 0", "dues"),
    "a sum to remit": ("update orders_part set fen = fen + 1 where kind = 'goods'", "dues"),
    "stock on hand": ("update stock_batch set on_hand = on_hand + 1 where code <> ''", "stock"),
    "a move of stock": ("update stock_move set cartons = cartons + 1 where kind = 'picked' and cartons < -1", "stock"),
    "a reservation": ("update stock_reservation set cartons = cartons + 100000", "stock"),
    "what was picked of it": ("update stock_reservation set picked = picked + 1 where picked > 0", "stock"),
    "what was shipped": ("update orders_orderline set shipped = shipped + 1 where shipped > 0", "orders"),
    "a giveaway": ("update orders_orderline set gift = gift + 1", "giveaways"),
    "a deadline": ("update enforcement_obligation set due_at = due_at + interval '1 hour' where clause = 'D2.2'", "obligations"),
    "a late answer called kept": ("update enforcement_obligation set closed_how = 'kept' where closed_how = 'late'", "obligations"),
    "a clock removed": (
        "delete from enforcement_obligation o where clause = 'D4.3'",
        "obligations"),
    "a clock's number": (
        "update enforcement_obligation set parameters = parameters || '{\"within\": \"2\"}' where clause = 'D1.2'", "obligations"),
    "a fine": ("update enforcement_fine set fen = fen + 1", "fines"),
    "a number": ("update orders_order set number = 'DH-2026-0999' where number = 'DH-2026-0003'", "numbers"),
    "a counter": ("update journal_counter set last = last - 1 where kind = 'DH'", "numbers"),
    "an approval by the writer": (
        "update approvals_signature a set person_id = n.written_by from dispatch_notice n where n.uid = a.subject and a.step = 'sales'",
        "approvals"),
    "an approval removed": ("delete from approvals_signature where step = 'finance' and route = 'notice'", "approvals"),
    "an approved notice": (
        "update approvals_version set data = data || '{\"unpaid_fen\": 1234567}'", "documents"),
    "a sent composition": ("update orders_composition set data = data || '{\"remit_fen\": 1}'", "documents"),
    "a release": ("update gate_release set cartons = cartons + 1", "gate"),
    "a release removed": ("delete from gate_release", "gate"),
}  # fmt: skip


def test_after_a_simulation_everything_agrees(copy: Copy) -> None:
    assert copy.found() == []


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found_and_named(copy: Copy, what: str) -> None:
    statement, where = TAMPERINGS[what]
    assert copy.tamper(statement) > 0
    found = copy.found()
    assert where in {finding.where for finding in found}


def test_the_first_entry_that_was_altered_is_named(copy: Copy) -> None:
    copy.tamper("update journal_entry set text = text || ' ' where id in (select id from journal_entry order by id offset 300 limit 5)")
    broken = [finding for finding in copy.found() if finding.where == "chain"]
    assert [finding.what.zh.split("环")[0] for finding in broken] == ["链在第 301 "]
    assert broken[0].ids


def test_the_command_line_says_it_in_words_and_in_json(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", copy.url)
    assert cli.main(["check"]) == 0
    copy.tamper("update stock_batch set on_hand = on_hand + 1 where id = (select min(id) from stock_batch)")
    capsys.readouterr()
    assert cli.main(["check", "--json"]) == 1
    found = {finding["where"]: finding for finding in map(json.loads, capsys.readouterr().out.splitlines())}
    assert set(found) == {"rows", "stock"}
    assert all(finding["ids"] for finding in found.values())


def test_a_head_on_paper_is_held_against_the_chain(copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", copy.url)
    with psycopg.connect(copy.url) as owner:
        row = owner.execute("select position, hash from journal_seal order by position desc limit 1").fetchone()
    assert row is not None
    good = Head(*row).said
    assert len(good.split(" ")) == 9 and cli.main(["check", "--head", good]) == 0
    assert cli.main(["check", "--head", good[:-1] + ("0" if good[-1] != "0" else "1")]) == 1
    assert "the head on paper" in capsys.readouterr().out.lower()
    assert cli.main(["check", "--head", "12 xyz"]) == 2


@pytest.mark.requirement("D18")
def test_the_check_keeps_nothing_of_what_it_reads_and_finds(copy: Copy) -> None:
    """Fifty thousand entries, each a finding of several kinds: what is kept at once stays below what a tenth of them would take."""
    copy.tamper("""
        insert into journal_entry (uid, act, at, command, event, by, payload, text)
        select gen_random_uuid(), gen_random_uuid(), at, 'x', 'order.taken', by, jsonb_build_object('order', gen_random_uuid()), '{}'
        from journal_entry, generate_series(1, 60) order by id limit 50000""")
    found: Counter[str] = Counter()
    tracemalloc.start()
    try:
        for finding in check(copy.url):
            found[finding.where] += 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found["journal"] >= 50_000 and found["chain"] >= 50_000
    assert most < 25_000_000, most


def test_the_check_knows_every_term_of_the_book() -> None:
    said = {clause.number: clause.says for clause in rulebook.every_clause() if isinstance(clause.says, Owes) and clause.until is None}
    assert set(said) == set(TERMS)
    assert {number.split(".")[0]: rulebook.chapter_of(number.split(".")[0]) for number in TERMS} == CHAPTERS
    for number, owes in said.items():
        term = TERMS[number]
        codes = {"opened": owes.once, "kept": owes.owes, "ended": owes.ends}
        events = {name: {event.code for event in kinds} for name, kinds in codes.items()}
        assert set(term.opened) == events["opened"], number
        assert set(term.kept) == events["kept"], number
        assert set(term.ended) | (events["opened"] & events["ended"]) == events["ended"], number
