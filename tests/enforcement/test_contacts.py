"""Phones and addresses in remarks for production, however they are written (C24, rule 39)."""

from __future__ import annotations

import pytest

from company import Staff, confirmed
from gatepass.rules.reasons import Refused

HIDDEN = (
    "13800004412", "１３８ ００００ １１１１", "138\u200b00001111", "一三八零零零零一一一一", "壹叁捌零零零零壹壹壹壹", "幺三八洞洞洞洞幺幺幺幺",
    "l38OOOO1111", "kunming_138oooo1111", "批次 13800001111", "打 023-68123456", "61234567", "送到九龙坡区华岩B区", "华岩路 8 号",
)  # fmt: skip
HARMLESS = ("批号 26113001 的先用", "2026-11-24 前备齐", "20261124", "条码 6901234567892", "12345678 件", "红标 1000 件，另 200 箱", "两箱三袋")


def handed_over(staff: Staff, remark: str) -> object:
    order = confirmed(staff, code="200101", cartons=10)
    return staff.run("hand_over_demand", "lin", order=order, remarks=[{"product": staff.products["200101"], "remark": remark}])


@pytest.mark.requirement("C24")
def test_no_phone_and_no_address_goes_to_production_however_it_is_written(staff: Staff) -> None:
    order = confirmed(staff, code="200101", cartons=10)
    for remark in HIDDEN:
        with pytest.raises(Refused) as refused:
            staff.run("hand_over_demand", "lin", order=order, remarks=[{"product": staff.products["200101"], "remark": remark}])
        assert [reason.clause for reason in refused.value.reasons] == ["C24"], remark


@pytest.mark.requirement("C24")
@pytest.mark.parametrize("remark", HARMLESS)
def test_days_lots_barcodes_and_quantities_go_through(staff: Staff, remark: str) -> None:
    assert handed_over(staff, remark)
