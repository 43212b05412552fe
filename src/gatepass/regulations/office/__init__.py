"""The duty list of the sales office, as far as the way to the gate needs it."""

from __future__ import annotations

from typing import Final

from gatepass.regulations.office.account import A13, A14, C2, C6, D17, R1, R8
from gatepass.regulations.office.catalogues import C17, C20
from gatepass.regulations.office.desk import C4, C5, C11, C12, C16, C18, C19, C21
from gatepass.regulations.office.files import A11, A17, C24, M1, R7, R9
from gatepass.rules.clauses import Chapter
from gatepass.words import Text

OFFICE: Final[tuple[Chapter, ...]] = (
    Chapter(number=7, title=Text("客户内勤职责", "Duties of the client admin"), articles=(C2, C4, C5, C6, C11, C12, C16, C18, C19, C21, D17)),
    Chapter(
        number=8, title=Text("资料、组织与日历", "Files, organisation, calendar"), articles=(A11, A13, A14, A17, C17, C20, C24, M1, R1, R7, R8, R9)
    ),
)
