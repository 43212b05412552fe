"""Remembering how the columns of a file are matched. The imports themselves are commands of the modules."""

from __future__ import annotations

from typing import Annotated

from gatepass.imports.events import LayoutRemembered
from gatepass.imports.kinds import KINDS
from gatepass.imports.models import Layout
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text


@command(may=None, title=Text("记住表格的列", "Remember a layout"))
def remember_layout(
    case: Case,
    *,
    sheet: Annotated[str, Called(Text("表格种类", "kind of list"))],
    fingerprint: Annotated[str, Called(Text("表头指纹", "fingerprint of the headers"))],
    columns: Annotated[list[str], Called(Text("各列对应的项", "what each column holds"))],
) -> Ref:
    """Which column of such files holds which field; by who may import them. An empty name leaves a column out."""
    kind = KINDS.get(sheet)
    case.decide(
        LayoutRemembered(sheet=sheet, fingerprint=fingerprint, columns=tuple(columns)),
        reasons=_wrong(case, sheet, columns) if kind else [refusal("没有这种表格", "There is no such list", field="sheet")],
    )
    Layout.objects.update_or_create(
        kind=sheet, fingerprint=fingerprint[:64], defaults={"columns": columns, "at": case.at, "by": case.actor.person}
    )
    return Ref("layout", case.entry, sheet)


def _wrong(case: Case, sheet: str, columns: list[str]) -> list[Reason | None]:
    kind = KINDS[sheet]
    names = {one.name for one in kind.columns}
    chosen = [name for name in columns if name]
    missing = [one for one in kind.columns if one.required and one.name not in chosen]
    lacking = Text("还没有指明哪一列是“{column}”", "Say which column holds: {column}")
    return [
        refusal("您的岗位不能导入这种表", "Your position does not import such lists", clause="M1")
        if kind.command.may and not case.actor.may(kind.command.may) else None,
        refusal("没有这一项", "There is no such field", field="columns") if set(chosen) - names else None,
        refusal("同一项选了两列", "One field was chosen for two columns", field="columns") if len(set(chosen)) < len(chosen) else None,
        *(Reason(what=lacking.fill(column=one.label), field="columns") for one in missing),
    ]  # fmt: skip
