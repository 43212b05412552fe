"""Complete files, the pending folder, the organisation, confidentiality, the calendar: A11, A17, C24, M1, R7, R9."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gatepass.customers.facts import FileState
from gatepass.orders.events import OrderTaken
from gatepass.production.events import DemandHandedOver
from gatepass.production.facts import Remarks
from gatepass.regulations.finding import found_by_a_superior
from gatepass.regulations.office.contacts import contact_in
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Forbids, Law, Requires
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Reason
from gatepass.words import Text

SINCE = date(2024, 3, 1)


def incomplete(event: OrderTaken, facts: Facts, law: Law) -> Reason | None:
    file = facts[FileState]
    wanted = law.value("A11.1", "complete", law.moment)
    if file.ordered_before or file.percent >= wanted:
        return None
    return Reason(
        what=Text("客户资料只完整 {percent}%，还缺：{missing}", "The customer's file is {percent}% complete, missing: {missing}").fill(
            percent=file.percent, missing=list(file.missing)
        ),
        cure=Text("补齐资料后才能接首单", "Complete the file before the first order"),
        who=Position.SALES_ADMIN,
        command="change_customer",
        given={"customer": str(event.customer)},
    )


def tells_where(event: DemandHandedOver, facts: Facts, law: Law) -> Iterable[Reason]:
    remarks = facts[Remarks]
    for text in remarks.texts:
        if contact_in(text, remarks.secrets):
            yield Reason(
                what=Text("备注里有电话或地址，不能交生产", "A remark holds a phone number or an address: it may not go to production"),
                cure=Text("删去电话和地址，只写货品要求", "Take it out, write only what concerns the goods"),
                field="remarks",
            )


A11 = Article(
    number="A11",
    title=Text("客户资料", "Complete customer file"),
    chapter="files",
    clauses=(
        Clause(
            number="A11.1",
            zh="客户资料完整到 {complete} 才能接首单；缺项以百分比列明。",
            en="The first order is taken only when the customer's file is {complete} complete; what is missing is shown as a percentage.",
            since=SINCE,
            parameters=(Parameter("complete", Text("完整度", "completeness"), Decimal(100), Unit.PERCENT, Decimal(0), Decimal(100)),),
            says=Requires(before=(OrderTaken,), needs=(FileState,), breach=incomplete, holds=Text("客户资料完整", "The customer's file is complete")),
        ),
    ),
)

A17 = Article(
    number="A17",
    title=Text("待处理文件夹", "Pending folder, cleared daily"),
    chapter="files",
    clauses=(
        Clause(
            number="A17.1",
            zh="每人当天要办的都在一页上，最急的在前；下班时没办完的，出现在上级桌上。",
            en="What somebody must do today is on one page, most urgent first; what is left at the end of the day is on his superior's desk.",
            since=SINCE,
        ),
        Clause(
            number="A17.2",
            zh="急件下班后也在桌上；每天整理一次桌面，记在清单上，谁没有整理上级看得到。",
            en="Urgent matters are on the desk after hours, too; the desk is tidied once a day, an item of the checklist, and a superior sees "
            "whose was not.",
            since=SINCE,
        ),
    ),
)

C24 = Article(
    number="C24",
    title=Text("备货计划保密", "No addresses or phones on stock-up plans"),
    chapter="files",
    clauses=(
        Clause(
            number="C24.1",
            zh="备货计划上只有客户名称和预计发货日，没有地址和电话；备注里带电话或地址的，不予交出。",
            en="On a stock-up plan a customer appears by name and expected date only; remarks that hold a phone number or an address are refused.",
            since=SINCE,
            says=Forbids(before=(DemandHandedOver,), needs=(Remarks,), breach=tells_where),
        ),
        found_by_a_superior(
            "C24.2",
            zh="设法绕过保密规定的，由上级查实，罚当事人 {least} 至 {most}。",
            en="Whoever gets round this pays {least} to {most}; a superior must find it.",
            since=SINCE,
            what=Text("绕过备货计划保密", "Confidentiality of stock-up plans got round"),
        ),
    ),
)

M1 = Article(
    number="M1",
    title=Text("组织与岗位", "Organisation and positions"),
    chapter="files",
    clauses=(
        Clause(
            number="M1.1",
            zh="权限随岗位走，一人可兼数岗；代行期间所办，记为代某人。",
            en="Powers follow the position, a person may hold several; what a deputy does is recorded as done for the one he stands in for.",
            since=SINCE,
        ),
    ),
)

R7 = Article(
    number="R7",
    title=Text("代行职责", "Deputising"),
    chapter="files",
    clauses=(
        Clause(
            number="R7.1",
            zh="出差、休假、空缺时按顺序代行，期满自动终止。",
            en="In travel, leave or vacancy deputies act in a named order; their powers end by themselves.",
            since=SINCE,
        ),
    ),
)

R9 = Article(
    number="R9",
    title=Text("工作日历", "Working calendar"),
    chapter="files",
    clauses=(
        Clause(
            number="R9.1",
            zh="全公司一本工作日历，所有时限按它计算并列出算法；起算当日不计，止于最后一日条文写明的时刻；未录放假通知的年份注明暂定。",
            en="One working calendar for the company: every clock uses it and shows its arithmetic. The "
            "day of the event does not count; terms end at "
            "the time of the last day that the clause names; a year whose holiday notice is not entered is marked provisional.",
            since=SINCE,
        ),
    ),
)
