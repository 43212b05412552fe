"""The demo opens on a working day at mid-morning, whenever it is started, and its clock never goes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gatepass.people.models import Company
from gatepass.site import filling

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, wall: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{wall}").replace(tzinfo=SHANGHAI)


@pytest.fixture
def demo(fresh: str) -> Company:
    return Company.objects.create(name="演示", short_name="演示", name_en="Demo", demo=True)


@pytest.mark.parametrize(
    ("stopped", "opens"),
    [
        (("2026-03-11", "16:40"), ("2026-03-12", "10:15")),
        (("2026-03-11", "02:00"), ("2026-03-11", "10:15")),
        (("2026-03-13", "10:15"), ("2026-03-14", "10:15")),
        (("2026-03-14", "23:59"), ("2026-03-16", "10:15")),
        (("2026-03-15", "12:00"), ("2026-03-16", "10:15")),
    ],
    ids=["an afternoon", "a night", "the very moment of opening, Friday", "a Saturday night", "a Sunday"],
)
def test_it_goes_on_at_the_next_working_morning(
    demo: Company, stopped: tuple[str, str], opens: tuple[str, str]
) -> None:
    demo.stopped_at = at(*stopped)
    demo.save()
    assert filling.opens_at() == at(*opens)


def test_killed_twice_in_a_row_it_still_goes_forward(demo: Company) -> None:
    demo.stopped_at = at("2026-03-11", "16:40")
    demo.save()
    first, second = filling.opens_at(), filling.opens_at()
    assert second == first + timedelta(days=1)


def test_a_company_that_is_no_demo_is_left_alone(
    demo: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.demo = False
    demo.save()
    assert filling.main(tmp_path / "clock") == 2
    assert "is not a demo company" in capsys.readouterr().err
    assert not (tmp_path / "clock").exists()
