"""How often somebody tried is counted by what the command is about, not by the first thing that it names."""

from __future__ import annotations

import pytest

from company import Staff, paid
from desks.test_refusals import as_
from gatepass.journal.clock import clock_at


@pytest.mark.requirement("D6")
def test_tries_of_arranging_a_vehicle_go_by_the_notices_whatever_the_vehicle(staff: Staff) -> None:
    first, second = (staff.run("issue_notice", "lin", order=paid(staff)).uid for _ in range(2))
    lin = as_(staff, "lin")

    def tried(vehicle: object, *notices: object) -> str:
        given = {"vehicle": vehicle, "driver": staff.driver, "day": staff.today().isoformat(), "notices": list(notices)}
        with clock_at(staff.at):
            return lin.post("/do/arrange_trip/", given).content.decode()

    assert "这是第 1 次" in tried(staff.vehicle, first)
    assert "这是第 2 次" in tried(staff.container, first)  # another vehicle, the same notice
    assert "这是第 1 次" in tried(staff.vehicle, second)  # the same vehicle, another notice
    assert "这是第 1 次" in tried(staff.vehicle, first, second)
    assert "这是第 2 次" in tried(staff.container, second, first)
