"""The constant SQL of papers."""

from typing import Final

KEPT: Final = "select kind, subject_uid, count(*) from papers_paper where subject_uid = any(%(subjects)s) group by kind, subject_uid"
