"""The rulebook as a whole: nothing twice, nothing half, nothing that the program could not do."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from pydantic import ValidationError

from gatepass.enforcement.facts import SOURCES
from gatepass.journal.door import COMMANDS
from gatepass.journal.labels import LABELS
from gatepass.orders.events import OrderCancelled, OrderRestEnded
from gatepass.regulations import rulebook
from gatepass.roles import POWERS, Position
from gatepass.rules.clauses import Clause, Gate, Owes, Pays, Share
from gatepass.rules.events import REGISTRY, Event
from gatepass.words import placeholders

from .source import commands_named, emitted, requirements_with_tests

CLAUSES = tuple(rulebook.every_clause())
FAR = date(2199, 12, 31)
pytestmark = pytest.mark.requirement("D18")


def waited_for(clause: Clause) -> set[type[Event]]:
    """Every event that a clause waits for, ends with, or stands before."""
    match clause.says:
        case Owes(once=once, owes=owes, ends=ends):
            return {*once, *owes, *ends}
        case Gate(before=before):
            return set(before)
        case Pays(upon=upon):
            return set(upon)
    return set()


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: f"{c.number} version {c.version}")
def test_a_sentence_says_the_same_numbers_in_both_languages_and_has_each_of_them(clause: Clause):
    named = {parameter.name for parameter in clause.all_parameters()}
    assert clause.zh and clause.en
    assert placeholders(clause.zh) == placeholders(clause.en)
    assert placeholders(clause.zh) <= named, "a placeholder without a parameter"


def test_no_two_versions_of_a_sentence_are_in_force_on_one_day():
    clash = [
        (one.number, one.version, other.version)
        for one, other in combinations(CLAUSES, 2)
        if one.number == other.number and one.since <= (other.until or FAR) and other.since <= (one.until or FAR)
    ]
    assert clash == []


def test_versions_of_a_sentence_follow_each_other_without_a_gap():
    gaps = [
        new.number
        for old in CLAUSES
        for new in CLAUSES
        if (old.number, old.version + 1) == (new.number, new.version) and old.until != new.since - timedelta(days=1)
    ]
    assert gaps == []


def test_every_number_is_unique():
    versions = [(one.number, one.version) for one in CLAUSES]
    articles = [one.number for one in rulebook.every_article()]
    chapters = [one.number for one in rulebook.BOOK]
    assert [len(set(found)) for found in (versions, articles, chapters)] == [len(versions), len(articles), len(chapters)]


def test_every_sentence_stands_in_its_own_article():
    assert [c.number for a in rulebook.every_article() for c in a.clauses if c.article != a.number] == []


def test_what_supersedes_a_sentence_is_in_the_book():
    articles = {one.number for one in rulebook.every_article()}
    assert [c.number for c in CLAUSES if c.superseded_by and c.superseded_by not in articles] == []


def test_every_event_that_a_clause_waits_for_is_recorded_by_some_command():
    waited = {kind.__name__: clause.number for clause in CLAUSES for kind in waited_for(clause)}
    missing = {name: number for name, number in waited.items() if name not in emitted()}
    assert missing == {}, "events that no command records, with a clause that waits for each"


def test_every_fact_that_a_clause_needs_has_a_source():
    needed = {kind.__name__: c.number for c in CLAUSES if isinstance(c.says, Gate) for kind in c.says.needs if kind not in SOURCES}
    shares = {
        c.says.fine.of.__name__: c.number
        for c in CLAUSES
        if isinstance(c.says, Owes) and isinstance(c.says.fine, Share) and c.says.fine.of not in SOURCES
    }
    assert needed | shares == {}, "facts without a source, with a clause that needs each"


def test_every_position_that_a_clause_names_has_powers():
    named = {p for c in CLAUSES if isinstance(c.says, Owes) for p in (c.says.who, c.says.to, c.says.superior) if isinstance(p, Position)}
    assert [p.value for p in named if not POWERS.get(p)] == []


def test_every_act_that_fulfils_a_duty_is_a_command():
    missing = {c.says.act: c.number for c in CLAUSES if isinstance(c.says, Owes) and c.says.act not in COMMANDS}
    assert missing == {}, "acts that no command does, with a clause that names each"


def test_whoever_owes_something_has_the_power_to_do_it():
    helpless = [
        (c.number, c.says.who.value, c.says.act)
        for c in CLAUSES
        if isinstance(c.says, Owes) and isinstance(c.says.who, Position) and (command := COMMANDS.get(c.says.act)) is not None
        and command.may is not None and command.may not in POWERS[c.says.who]
    ]  # fmt: skip
    assert helpless == [], "clause, position, the command that it has no power for"


def test_every_cure_that_a_refusal_names_is_a_command():
    missing = {name: where for name, where in commands_named().items() if name not in COMMANDS}
    assert missing == {}, "commands that reasons name and nobody declares, with the file of one"


def test_every_input_of_a_command_is_named_in_both_languages():
    missing = sorted(
        {
            f"{name}.{field.name}"
            for name, command in COMMANDS.items()
            if not command.hidden
            for field in (*command.declaration.fields, *(c for f in command.declaration.fields for c in f.columns))
            if field.called is None and field.name not in LABELS
        }
    )
    assert missing == []


def test_every_command_and_event_has_words_in_both_languages():
    spoken = [*(c.title for c in COMMANDS.values()), *(e.text for e in REGISTRY.values())]
    assert [text for text in spoken if not (text.zh and text.en)] == []


def test_every_clause_that_does_something_has_a_test_that_fires_it_and_one_that_does_not():
    tests = requirements_with_tests()
    wanted = {c.requirement or c.article for c in CLAUSES if c.says is not None}
    few = {number: tests.get(number, 0) for number in sorted(wanted) if tests.get(number, 0) < 2}
    assert few == {}, "clauses with fewer than two tests"


@pytest.mark.parametrize("clause", [one for one in rulebook.every_clause() if isinstance(one.says, Owes)], ids=lambda one: one.number)
def test_what_closes_a_duty_names_it_or_ends_its_whole_order(clause: Clause) -> None:
    """An event about another part of the order (a notice that is voided) must not close what is owed about this one."""
    assert isinstance(clause.says, Owes)
    for kind in (*clause.says.owes, *clause.says.ends):
        names = {one.name for one in fields(kind)}
        whole = kind in clause.says.ends and kind in (OrderCancelled, OrderRestEnded)  # nothing more of the order is owed
        assert clause.says.per in names or whole, (clause.number, kind.__name__)


# Numbers that are no parameters: who is apart from whom is never to be set to another number.
FIXED = (
    "一项", "两项", "一人", "一单一次", "一条一车一货", "用一次", "一行", "一事一条", "一次", "下一工作日", "次一工作日", "一批", "一天", "某一",
    "两方", "一页", "一本", "另一", "一致", "一并", "一律", "最后一日", "一直", "百分比",
    "上一", "这一", "一条",
)  # fmt: skip


def test_every_number_and_every_time_of_day_in_a_sentence_is_a_parameter_of_it():
    bare = {}
    for clause in CLAUSES:
        zh = re.sub(r"\{\w+\}", "", clause.zh)
        for words in FIXED:
            zh = zh.replace(words, "")
        zh = re.sub(r"[A-Z]\d+(\.\d+)?", "", zh)
        if found := re.findall(r"\d+|[一二三四五六七八九十百两半]+", zh):
            bare[clause.number] = found
    assert bare == {}


def test_every_parameter_lies_between_bounds_that_leave_a_choice_and_starts_within_them():
    for clause in CLAUSES:
        for one in clause.all_parameters():
            assert one.least < one.most and one.fits(one.default) and one.whole(one.default), (clause.number, one.name)
            for said in (one.bounds, one.said(one.default)):
                assert said.zh and said.en
            assert one.read(one.said(one.default).zh.split(" ")[0]) == one.default, (clause.number, one.name)


@pytest.mark.requirement("D2", "A13")
@pytest.mark.parametrize("typed", ["1e3", "１ｅ３", "0x10", "1_000", "nan"])
def test_no_command_reads_a_number_from_what_nobody_writes_on_paper(typed: str) -> None:
    fields_of = {name: command.declaration.fields for name, command in COMMANDS.items()}
    asked = [(name, one.name) for name, listed in fields_of.items() for one in listed if one.type in (Decimal, int) and not one.many]
    assert len(asked) > 20
    for name, field in asked:
        with pytest.raises(ValidationError) as found:
            COMMANDS[name].declaration.validated({field: typed})
        assert any(error["loc"][0] == field and error["type"] != "missing" for error in found.value.errors()), (name, field)
