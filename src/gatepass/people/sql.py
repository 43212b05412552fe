"""The constant SQL of people."""

from typing import Final

SIGHT: Final = """
select p.name, p.carrier,
  (select coalesce(jsonb_agg(jsonb_build_array(o.kind, o.region)), '[]')
     from people_holding h join people_post o on o.id = h.post_id
    where h.person_id = p.id and h.since <= %(day)s and (h.until is null or h.until >= %(day)s)),
  (select coalesce(jsonb_agg(jsonb_build_array(o.kind, o.region, r.uid) order by d.rank), '[]')
     from people_deputy d join people_post o on o.id = d.post_id left join people_person r on r.id = d.represented_id
    where d.person_id = p.id and d.since <= %(at)s and d.until > %(at)s and (d.ended_at is null or d.ended_at > %(at)s)),
  (select coalesce(jsonb_object_agg(name, number), '{}') from journal_revision)
from people_person p where p.uid = %(person)s and p.active
"""
