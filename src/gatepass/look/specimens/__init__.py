"""Invented figures for the page of specimens: one order, one desk, everything out of the ordinary. Demo only."""

from __future__ import annotations

from types import SimpleNamespace as Row
from typing import Any

from gatepass.look.fields import Field
from gatepass.look.specimens.desk import LONG_NAME, clocks, folders, statement, story, todos
from gatepass.look.specimens.forms import form
from gatepass.look.specimens.moments import NOW
from gatepass.look.specimens.refusals import guard_refusal, refusal
from gatepass.words import Text


def specimens() -> dict[str, Any]:
    """The context of look/specimen.html and look/specimen_phone.html."""
    return {
        "now": NOW,
        "clocks": clocks(),
        "folders": folders(),
        "todos": todos(),
        "story": story(),
        "lines": statement(),
        "refusal": refusal(),
        "guard_refusal": guard_refusal(),
        "form": form(),
        "signature": Field("signature", Text("客户签字", "Customer signs"), "signature"),
        "head": [
            (Text("承运单位", "Carrier"), False),
            (Text("适用", "Cases"), True),
            (Text("按时率", "In time"), True),
        ],
        "carriers": [
            [Text("川渝顺达货运", "Chuanyu Shunda"), 24, "96%"],
            [Text("滇川快运", "Dianchuan Express"), 19, "84%"],
        ],
        "saved_words": Text("已记下 14:38 与贵阳黔香园的联系", "Contact with Guiyang Qianxiangyuan recorded at 14:38"),
        "long_name": LONG_NAME,
        "page": Row(
            number=2,
            has_previous=True,
            has_next=True,
            previous_page_number=1,
            next_page_number=3,
            paginator=Row(num_pages=7),
        ),
    }
