"""What the forms about the book let one choose: articles, sentences, their numbers, chapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gatepass.enforcement.queries import fines
from gatepass.enforcement.queries.book import article, law_on
from gatepass.journal import clock
from gatepass.look.choosing import Lister
from gatepass.look.fields import Choice
from gatepass.regulations import rulebook
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same
from gatepass.workcalendar.queries import current

SHORT: Final = 40


def _articles(sight: Sight, given: Mapping[str, Any]) -> list[Choice]:
    return [Choice(one.number, same(f"{one.number} ") + one.title) for one in rulebook.every_article()]


def _sentences(sight: Sight, given: Mapping[str, Any]) -> list[Choice]:
    """Every sentence by its number and the beginning of what it says today."""
    on = current().local(clock.now()).date()
    rules, at = law_on(on)
    numbers = dict.fromkeys(one.number for one in rulebook.every_clause())
    newest = (rulebook.versions(number)[-1] for number in numbers)
    return [Choice(one.number, same(f"{one.number} ") + _short(one.sentence(rules, at))) for one in newest]


def _parameters(sight: Sight, given: Mapping[str, Any]) -> list[Choice]:
    """The numbers of the sentence that the form names; of all sentences where it names none yet."""
    wanted = str(given.get("clause", ""))
    clauses = rulebook.versions(wanted)[-1:] or tuple(rulebook.every_clause())
    names: dict[str, list[str]] = {}
    texts: dict[str, Text] = {}
    for clause in clauses:
        for one in clause.all_parameters():
            texts.setdefault(one.name, one.text)
            if clause.number not in names.setdefault(one.name, []):
                names[one.name].append(clause.number)
    if len(clauses) == 1:
        return [Choice(name, text) for name, text in texts.items()]
    return [Choice(name, text + same(f" ({', '.join(names[name])})")) for name, text in texts.items()]


def _chapters(sight: Sight, given: Mapping[str, Any]) -> list[Choice]:
    return [Choice(str(one.number), same(f"{one.number} ") + one.title) for one in rulebook.BOOK]


def _foundable(sight: Sight, given: Mapping[str, Any]) -> list[Choice]:
    on = current().local(clock.now()).date()
    return [Choice(number, same(f"{number} ") + what) for number, what in fines.foundable(sight, on=on)]


def said_today(sight: Sight, number: str) -> Text | None:
    """A sentence as it stands today, the article's title for an article; None for what the book does not have."""
    try:
        page = article(sight, number, on=current().local(clock.now()).date())
    except NotFound:
        return None
    found = next((one for one in page.sentences if one.number == number), None)
    return found.text if found else page.title


def _short(text: Text) -> Text:
    return Text(*(side if len(side) <= most else f"{side[:most]}…" for side, most in ((text.zh, SHORT), (text.en, 2 * SHORT))))


CHOICES: Final[Mapping[str, Lister]] = {
    "article": _articles, "sentence": _sentences, "parameter": _parameters, "chapter": _chapters, "foundable": _foundable,
}  # fmt: skip
