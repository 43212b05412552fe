"""`gatepass company`: an empty company with its head and its first administrator; `--serve` goes on to serve it."""

from __future__ import annotations

import argparse
from typing import Any

from gatepass.roles import SYSTEM
from gatepass.site.cli import _company, _passwords, language, serve, tell
from gatepass.words import Text

SUMMARY = Text("建立一家空公司和第一个管理员", "Found an empty company and its first administrator")
QUESTIONS = {
    "name": Text("公司名称", "Name of the company"),
    "short_name": Text("简称", "Short name"),
    "name_en": Text("英文名称", "English name"),
    "head": Text("总经理姓名", "Name of the head"),
    "head_username": Text("总经理登录名", "Sign-in name of the head"),
    "administrator": Text("管理员姓名", "Name of the administrator"),
    "administrator_username": Text("管理员登录名", "Sign-in name of the administrator"),
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
    parser.add_argument("--serve", action="store_true")
    serve.arguments(parser)


def run(options: argparse.Namespace) -> int:
    status = _company.on_company(lambda: _found(options), prepare=True)
    return serve.run(options) if status == 0 and options.serve else status


def _found(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from gatepass.enforcement.commands.chapters import found_rulebook
    from gatepass.people.accounts import found_company
    from gatepass.people.models import Company
    from gatepass.workcalendar.commands import change_office_hours

    if there := Company.objects.first():
        tell(Text("这里已经有公司：{name}", "There is already a company here: {name}").fill(name=there.name))
        return 0
    answers: dict[str, Any] = {name: getattr(options, name) or _ask(question) for name, question in QUESTIONS.items()}
    found_company(by=SYSTEM.person, password=_passwords.ask(), **answers)
    pairs = [stretch.partition("-") for stretch in options.hours.split(",")]
    change_office_hours(
        by=SYSTEM.person,
        since=timezone.localdate(),
        intervals=[{"opens": opens, "closes": closes} for opens, _, closes in pairs],
    )
    try:
        found_rulebook(options.in_force, timezone.localdate())
    except ValueError as wrong:
        tell(Text("施行日期没有看懂，今后由总经理定：{why}", "The day in force could not be read, the head sets it: {why}").fill(why=str(wrong)))
    tell(Text("公司已建立，两人用这个密码登录", "The company is founded; both sign in with this password"))
    return 0


def _ask(question: Text) -> str:
    answer = ""
    while not answer:
        answer = input(f"{question.said(language())}: ").strip()
    return answer
