"""D18: the rulebook itself: effect, versions, supersession."""

from __future__ import annotations

from datetime import date

from gatepass.rules.clauses import Article, Clause
from gatepass.words import Text

SINCE = date(2026, 1, 1)

D18 = Article(
    number="D18",
    title=Text("制度生效与废止", "Effect and supersession"),
    chapter="rulebook",
    clauses=(
        Clause(
            number="D18.1",
            zh="本制度各章自公司选定之日起施行（日期写在章名旁），与之抵触的旧规定同时废止；施行之前的事不按它判定。",
            en="Each chapter takes effect on the day that the company chose for it (beside its title) and abolishes earlier rules that "
            "contradict it; nothing before that day is judged by it.",
            since=SINCE,
        ),
        Clause(
            number="D18.2",
            zh="条文按版本注明起止日期，事情按发生时有效的版本判定。",
            en="Every clause has versions with dates; what happened is judged by the version in force when it happened.",
            since=SINCE,
        ),
        Clause(
            number="D18.3",
            zh="本制度由总经理解释和修订；各部门可提修订建议，并可在条文之下订立细则。",
            en="Only the head of the company interprets and amends this regulation; departments may propose amendments and have detailed rules of "
            "their own under a clause.",
            since=SINCE,
        ),
    ),
)
