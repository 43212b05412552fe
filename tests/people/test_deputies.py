"""Posts and deputies (M1, R7): powers follow the post; a deputy acts for a time, in the named order, and it is recorded as 'for'."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepass.identity import new_id
from gatepass.journal.models import Entry
from gatepass.people import queries
from gatepass.people.models import Appointment, Person, Post
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound
from masters import House, assigned, customer, reasons


def named(house: House, by: str = "he", person: str = "wu", post: str = "sun", **more: object) -> list[str]:
    given = {
        "post": more.pop("post_uid", None) or house.posts[post], "represented": house.people.get(post), "person": house.people[person],
        "since": house.at - timedelta(hours=1), "until": house.at + timedelta(days=3), "reason": "婚假",
    }  # fmt: skip
    return reasons("name_deputy", house, by, **(given | more))


@pytest.mark.requirement("M1", "R7")
def test_a_deputy_has_the_powers_of_the_post_and_what_he_does_is_recorded_as_for(house: House) -> None:
    assert not house.sees("wu").may(Power.KEEP_CUSTOMERS)
    assert named(house) == []
    assert house.sees("wu").may(Power.KEEP_CUSTOMERS)
    made = house.run("add_customer", "wu", code="K9", name="贵阳黔香阁商行", short_name="黔香阁")
    entry = Entry.objects.get(event="customer.added", payload__customer=str(made))
    assert (entry.by, entry.acting_for) == (house.people["wu"], house.people["sun"])


@pytest.mark.requirement("R7")
def test_the_powers_of_a_deputy_end_by_themselves(house: House) -> None:
    named(house)
    house.at += timedelta(days=3)
    assert not house.sees("wu").may(Power.KEEP_CUSTOMERS)
    assert "power" in reasons("add_customer", house, "wu", code="K9", name="贵阳黔香阁商行", short_name="黔香阁")[0]


@pytest.mark.requirement("R7")
def test_the_next_deputy_acts_only_where_the_one_before_him_is_away_too(house: House) -> None:
    named(house, person="wu", rank=1)
    named(house, person="feng", rank=2)
    assert house.sees("wu").may(Power.KEEP_CUSTOMERS)
    assert not house.sees("feng").may(Power.KEEP_CUSTOMERS)
    named(house, post="wu", person="lin")
    assert house.sees("feng").may(Power.KEEP_CUSTOMERS)


@pytest.mark.requirement("R7")
def test_holder_and_superior_name_a_deputy_and_a_stranger_does_not(house: House) -> None:
    assert named(house, by="sun") == []
    assert named(house, by="he", person="feng") == []
    assert named(house, by="yang", person="lin") == ["A deputy is named by the holder, his superior or the administrator"]


@pytest.mark.requirement("R7", "M1")
def test_what_the_administrator_enters_counts_when_whose_power_it_is_has_confirmed_it(house: House) -> None:
    assert named(house, by="admin") == []
    assert not house.sees("wu").may(Power.KEEP_CUSTOMERS)
    (row,) = Appointment.objects.filter(confirmed_at=None)
    for stranger in ("admin", "yang", "wu"):
        assert reasons("confirm_appointment", house, stranger, appointment=row.uid) != []
    assert reasons("confirm_appointment", house, "sun", appointment=row.uid) == []
    assert house.sees("wu").may(Power.KEEP_CUSTOMERS)
    assert "already" in reasons("confirm_appointment", house, "he", appointment=row.uid)[0]
    assert named(house, by="admin", person="feng", post="lin") == []
    (row,) = Appointment.objects.filter(confirmed_at=None)
    assert reasons("decline_appointment", house, "he", appointment=row.uid, reason="不合适") == []
    assert "already" in reasons("confirm_appointment", house, "lin", appointment=row.uid)[0]
    assert not house.sees("feng").may(Power.TAKE_ORDER)


@pytest.mark.requirement("R7", "M1")
def test_the_head_alone_hands_on_the_heads_powers_and_who_comes_from_outside_stands_in_for_nobody(house: House) -> None:
    post, chen = Post.objects.get(kind="head").uid, house.people["chen"]
    for by in ("admin", "he"):
        assert named(house, by=by, person="sun", represented=chen, post_uid=post) == ["The head's powers are handed on by the head alone"]
    assert named(house, by="chen", person="he", represented=chen, post_uid=post) == []
    assert house.sees("he").may(Power.WAIVE_FINE)
    Person.objects.filter(uid=house.people["feng"]).update(carrier=new_id())
    assert named(house, person="feng") == ["Carriers and drivers deputise for nobody"]


@pytest.mark.requirement("R7")
def test_everything_wrong_with_a_deputy_is_said_at_once(house: House) -> None:
    wrong = named(house, person="sun", until=house.at - timedelta(days=1), reason="", rank=0)
    assert {"Nobody is his own deputy", "It must end after it begins", "Ranks begin with 1"} <= set(wrong)
    assert "Nobody names himself a deputy" in named(house, by="he", person="he")
    assert "He does not hold this post" in named(house, represented=house.people["lin"])


@pytest.mark.requirement("R7")
def test_a_deputys_time_ends_early_by_whoever_may_name_him_or_by_himself(house: House) -> None:
    named(house)
    (row,) = queries.one(house.sees("admin"), house.people["wu"], house.at).stands_in
    assert reasons("end_deputy", house, "yang", deputy=row.uid) != []
    assert reasons("end_deputy", house, "wu", deputy=row.uid) == []
    assert not house.sees("wu").may(Power.KEEP_CUSTOMERS)
    assert "over" in reasons("end_deputy", house, "he", deputy=row.uid)[0]


@pytest.mark.requirement("M1")
def test_one_person_holds_several_posts_and_loses_one_set_of_powers_with_one_post(house: House) -> None:
    assigned(house, "sun", "lin")
    assert house.sees("lin").may(Power.KEEP_PRODUCTS) and house.sees("lin").may(Power.TAKE_ORDER)
    house.run("end_assignment", "admin", post=house.posts["sun"], person=house.people["lin"])
    assert not house.sees("lin").may(Power.KEEP_PRODUCTS) and house.sees("lin").may(Power.TAKE_ORDER)


@pytest.mark.requirement("M1")
def test_nobody_gives_himself_a_post_and_posts_do_not_report_in_a_circle(house: House) -> None:
    assert reasons("assign_post", house, "admin", post=house.posts["he"], person=house.people["admin"]) == [
        "Nobody assigns a post to himself"
    ]
    (sales,) = [d for d in queries.organisation(house.sees("admin"), house.at) if d.name == "销售部"]
    wrong = reasons(
        "change_post", house, "admin", post=house.posts["he"], title="销售经理", department=sales.uid, reports_to=house.posts["lin"]
    )
    assert wrong == ["These posts would report to each other in a circle"]


@pytest.mark.requirement("M1")
def test_the_chart_shows_who_reports_to_whom_and_the_powers_of_each_post(house: House) -> None:
    chart = queries.organisation(house.sees("lin"), house.at)
    rows = {post.uid: post for department in chart for post in department.posts}
    manager, salesman = rows[house.posts["he"]], rows[house.posts["yang"]]
    assert (manager.depth, salesman.depth) == (0, 1)
    assert manager.above is not None and manager.above.en == "head of the company"
    assert Power.APPROVE_SALES.text in manager.powers and Power.APPROVE_SALES.text not in salesman.powers


@pytest.mark.requirement("M1")
def test_a_region_narrows_what_the_holder_of_a_post_sees(house: House) -> None:
    from gatepass.customers import queries as customers

    near, far = customer(house), customer(house, "K002", "西安秦味坊食品有限公司", region="西北")
    assert customers.one(house.sees("yang"), near).row.uid == near
    with pytest.raises(NotFound):
        customers.one(house.sees("yang"), far)
    assert {row.uid for row in customers.customers(house.sees("lin"))} == {near, far}
