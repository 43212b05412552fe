"""The constant SQL of carriers."""

from typing import Final

AGREED: Final = """
select r.* from carriers_rate r join carriers_carrier c on c.id = r.carrier_id
where c.uid = %(carrier)s and r.since <= %(day)s and (r.until is null or r.until >= %(day)s) order by r.id
"""
