"""`gatepass company`: an empty company with its head and its first administrator; `--serve` goes on to serve it.

Answers come from options, from a file (`--answers FILE`, or GATEPASS_ANSWERS: lines of `name = text`) or from the terminal.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from gatepass.roles import SYSTEM
from gatepass.site.cli import _company, _passwords, fail, language, serve, tell
from gatepass.site.cli.backup import PUBLIC
from gatepass.words import Text, same

SUMMARY = Text("建立一家空公司和第一个管理员", "Found an empty company and its first administrator")
ACCOUNT = {"bank": "bank", "bank_holder": "holder", "bank_number": "number"}
PASSWORDS = ("head_password", "administrator_password")
MISSING = Text(
    "没有终端可问，还缺：{names}。写进文件（每行 名 = 内容），用 --answers 或 GATEPASS_ANSWERS 指出；密码不写就发一次性链接",
    "There is no terminal to ask, and these are missing: {names}. Write them into a file (lines of name = text) named by --answers or "
    "GATEPASS_ANSWERS; without passwords one-time links are given",
)
UNKNOWN = Text("答案文件里不认识：{names}", "The file of answers has unknown names: {names}")
QUESTIONS = {
    "name": Text("公司名称", "Name of the company"),
    "short_name": Text("简称", "Short name"),
    "name_en": Text("英文名称", "English name"),
    "phone": Text("公司电话（印在单据上，客户有疑问打这个）", "Phone of the company (on papers: whom customers ask)"),
    "head": Text("总经理姓名", "Name of the head"),
    "head_username": Text("总经理登录名", "Sign-in name of the head"),
    "administrator": Text("管理员姓名", "Name of the administrator"),
    "administrator_username": Text("管理员登录名", "Sign-in name of the administrator"),
    "bank": Text("收款账户：开户行", "Account that customers pay to: bank"),
    "bank_holder": Text("收款账户：户名", "Account that customers pay to: holder"),
    "bank_number": Text("收款账户：账号", "Account that customers pay to: number"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    for name, question in QUESTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=question.said(language()))
    hours = Text("办公时间", "Office hours").said(language())
    parser.add_argument("--hours", default="8:30-12:00,13:30-18:00", help=hours)
    in_force = Text(
        "制度从哪天起施行：一个日期，或按章 1=2026-12-01,7=2027-01-01；默认今天",
        "From which day the rulebook is in force: one day, or by chapter 1=2026-12-01,7=2027-01-01; today by default",
    ).said(language())
    parser.add_argument("--in-force", default="", help=in_force)
    parser.add_argument("--answers", type=Path, default=os.environ.get("GATEPASS_ANSWERS"), help="a file with lines of name = text")
    parser.add_argument("--serve", action="store_true")
    serve.arguments(parser)


def run(options: argparse.Namespace) -> int:
    try:
        written = _written(Path(options.answers)) if options.answers else {}
    except OSError as error:
        return fail(same(str(error)), 2)
    if unknown := sorted(written.keys() - {*QUESTIONS, *PASSWORDS, "hours", "in_force"}):
        return fail(UNKNOWN.fill(names=unknown), 2)
    status = _company.on_company(lambda: _found(options, written), prepare=True)
    return serve.run(options) if status == 0 and options.serve else status


def _written(file: Path) -> dict[str, str]:
    """Answers of a file: a name and a text in each line, empty lines and those with # left out. Raises OSError."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {name.strip().replace("-", "_"): text.strip() for name, _, text in (line.partition("=") for line in lines)}


def _found(options: argparse.Namespace, written: dict[str, str]) -> int:
    from django.utils import timezone

    from gatepass.people.accounts import found_company
    from gatepass.people.links import new_link
    from gatepass.people.models import Company
    from gatepass.receivables.banks import first_bank_account
    from gatepass.workcalendar.commands import change_office_hours

    if there := Company.objects.first():
        tell(Text("这里已经有公司：{name}", "There is already a company here: {name}").fill(name=there.name))
        return 0
    answers: dict[str, Any] = {name: getattr(options, name) or written.get(name, "") for name in QUESTIONS}
    missing = [name for name, answer in answers.items() if not answer]
    if missing and not sys.stdin.isatty():
        return fail(MISSING.fill(names=", ".join(missing)), 2)
    answers |= {name: _ask(QUESTIONS[name]) for name in missing}
    links = {}
    for role in ("head", "administrator"):
        password = written.get(f"{role}_password") or os.environ.get(f"GATEPASS_{role.upper()}_PASSWORD") or _passwords.ask(answers[role])
        links[role], digest = ("", "") if password else new_link()
        answers |= {f"{role}_password": password, f"{role}_link": digest}
    account = _account(answers)
    found_company(by=SYSTEM.person, **answers)
    first_bank_account(by=SYSTEM.person, **account)
    pairs = [stretch.partition("-") for stretch in (written.get("hours") or options.hours).split(",")]
    change_office_hours(
        by=SYSTEM.person,
        since=timezone.localdate(),
        intervals=[{"opens": opens, "closes": closes} for opens, _, closes in pairs],
    )
    _in_force(written.get("in_force") or options.in_force)
    _told({answers[role]: token for role, token in links.items()})
    return 0


def _told(links: dict[str, str]) -> None:
    """What is to be kept elsewhere: the public key of backups, and the one-time links of those who gave no password."""
    from django.conf import settings

    from gatepass.site import signing

    tell(Text("公司已建立，总经理和管理员各用各的登录", "The company is founded; head and administrator each sign in as themselves"))
    tell(PUBLIC.fill(key=signing.public(settings.DATA)))
    for name, token in links.items():
        if token:
            _passwords.show_link(name, token, settings.URL)


def _account(answers: dict[str, Any]) -> dict[str, Any]:
    """The account that customers pay to, taken out of the answers. Raises Refused, before anything is founded, where it cannot be one."""
    from gatepass.receivables.banks import written_account
    from gatepass.rules.reasons import Refused

    account = {name: answers.pop(key) for key, name in ACCOUNT.items()}
    if wrong := [one for one in written_account(**account).wrong() if one]:
        raise Refused(wrong)
    return account


def _in_force(day: str) -> None:
    """The rulebook begins on the day given; one that cannot be read is left to the head."""
    from django.utils import timezone

    from gatepass.enforcement.commands.chapters import found_rulebook

    try:
        found_rulebook(day, timezone.localdate())
    except ValueError as wrong:
        tell(Text("施行日期没有看懂，今后由总经理定：{why}", "The day in force could not be read, the head sets it: {why}").fill(why=str(wrong)))


def _ask(question: Text) -> str:
    answer = ""
    while not answer:
        answer = input(f"{question.said(language())}: ").strip()
    return answer
