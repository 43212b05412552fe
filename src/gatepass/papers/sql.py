"""The constant SQL of papers."""

from typing import Final

KEPT: Final = "select kind, subject_uid, count(*) from papers_paper where subject_uid = any(%(subjects)s) group by kind, subject_uid"
OF_SUBJECT: Final = "select uid, kind, number, version from papers_paper where subject_uid = %(subject)s order by made_at, id"
LATEST: Final = """
select distinct on (subject_uid) subject_uid, uid from papers_paper where kind = %(kind)s and subject_uid = any(%(subjects)s)
order by subject_uid, version desc
"""
PRINTED_SINCE: Final = """
select exists (select from papers_print r join papers_paper p on p.id = r.paper_id where p.kind = %(kind)s and r.at >= %(since)s)
"""
