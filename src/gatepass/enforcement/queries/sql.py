"""The constant SQL of duties: what they are about as people name it, and whose they are."""

from typing import Final

# What somebody owes: as a position's holder or deputy, in person, or as a carrier. A duty of a named person belongs to him and to who
# deputises for him; when he no longer holds the position, to all who do. See `scope.asking` for the parameters.
_MINE: Final = """(
    b.holder_position = any(%(positions)s)
        and (b.holder is null or b.holder = any(%(people)s) or b.holder <> all(%(present)s))
    or b.holder_position = '' and b.holder_kind = 'person' and b.holder = any(%(people)s)
    or b.holder_kind = 'carrier' and b.holder = %(carrier)s
)"""
_SEEN: Final = f"""(
    %(everything)s or {_MINE} or b.clause = any(%(waited)s) or b.customer in (select uid from customers_customer where region = any(%(regions)s))
)"""
_SELECT: Final = """
select b.*,
    coalesce(case b.kind
        when 'notice' then (select number from dispatch_notice where uid = b.subject)
        when 'waybill' then (select number from transport_waybill where uid = b.subject)
        when 'doubt' then (select n.number from dispatch_doubt d join dispatch_notice n on n.id = d.notice_id where d.uid = b.subject)
        when 'change' then (select n.number from dispatch_change h join dispatch_notice n on n.id = h.notice_id where h.uid = b.subject)
        when 'consignment' then
            (select n.number from transport_consignment t join dispatch_notice n on n.id = t.notice_id where t.uid = b.subject)
        when 'demand' then (select order_number from production_demand where uid = b.subject)
        when 'authority' then (select number from gate_authority where uid = b.subject)
        when 'plan' then (select day::text from production_shippingday where uid = b.subject)
        when 'sample' then (select number from dispatch_sample where uid = b.subject)
    end, o.number, '') as document,
    coalesce(o.number, '') as order_number,
    coalesce(c.name, (select u.name from customers_customer u where u.id = o.customer_id), '') as customer_name,
    coalesce(k.name, '') as carrier_name,
    (select max(at) from enforcement_reminder where obligation_id = b.id) as reminded_at,
    (select w.opened_at from enforcement_obligation w where w.clause = 'D1.3' and w.subject = b.uid limit 1) as refused_at
"""
_FROM: Final = """
from enforcement_obligation b
    left join orders_order o on o.uid = b."order"
    left join customers_customer c on c.uid = b.customer
    left join carriers_carrier k on k.uid = b.holder
"""
_BY_TIME: Final = "order by b.due_at, b.id"

OPEN: Final = f"""{_SELECT}{_FROM}
where {_SEEN} and (b."order" = any(%(orders)s) or b.subject = any(%(subjects)s)) and b.closed_at is null {_BY_TIME}
"""
OF_ORDER: Final = f"""{_SELECT}, {_SEEN} as seen {_FROM} where b."order" = %(order)s {_BY_TIME}"""
ONE: Final = f"{_SELECT}{_FROM} where {_SEEN} and b.uid = %(uid)s"
OF_IDS: Final = f"{_SELECT}{_FROM} where b.id = any(%(ids)s)"
SEEN_OF_IDS: Final = f"{_SELECT}{_FROM} where b.id = any(%(ids)s) and {_SEEN} order by b.id"
OF_CLAUSES: Final = f"{_SELECT}{_FROM} where {_SEEN} and b.clause = any(%(clauses)s) and b.closed_at is null {_BY_TIME} limit %(most)s"
OF_DEPARTMENT: Final = f"""{_SELECT}{_FROM}
where {_SEEN} and b.holder_position = any(%(department)s) and {_MINE} is not true and b.closed_at is null {_BY_TIME} limit %(most)s
"""

# What others owe to my positions, or for the orders that I took and that are under way.
_WAITING: Final = f"""(
    (b.clause = any(%(owed)s) or b."order" in (
        select t.uid from orders_order t where t.taken_by = %(person)s and t.shipped_at is null and t.cancelled_at is null))
    and {_MINE} is not true
)"""
# Duties of the posts that report to mine, or whose superior I am by the clause: overdue, or of a day that has closed.
_LEFT_OPEN: Final = f"""(
    (b.holder_position = any(%(below)s) and (b.holder is null or b.holder = any(%(theirs)s)) or b.superior = any(%(positions)s))
    and b.due_at <= %(until)s and {_MINE} is not true
)"""
DESK: Final = f"""
(select d.*, 'mine' as part from ({_SELECT}{_FROM} where {_MINE} and b.closed_at is null {_BY_TIME} limit %(most)s) d)
union all
(select d.*, 'waiting' from ({_SELECT}{_FROM} where {_WAITING} and b.closed_at is null {_BY_TIME} limit %(most)s) d)
union all
(select d.*, 'left_open' from ({_SELECT}{_FROM} where {_LEFT_OPEN} and b.closed_at is null {_BY_TIME} limit %(most)s) d)
"""
COUNTS: Final = f"""
select count(*) filter (where {_MINE}), count(*) filter (where {_MINE} and b.due_at <= %(at)s),
    count(*) filter (where {_MINE} and b.due_at > %(at)s and b.due_at <= %(midnight)s),
    count(*) filter (where {_WAITING}), count(*) filter (where {_LEFT_OPEN})
from enforcement_obligation b where b.closed_at is null and ({_MINE} or {_WAITING} or {_LEFT_OPEN})
"""
# Duties of signing are counted by who may sign (gatepass.approvals), not by whose position it is.
MINE: Final = f"select count(*) from enforcement_obligation b where {_MINE} and b.closed_at is null and b.clause <> all(%(signing)s)"
