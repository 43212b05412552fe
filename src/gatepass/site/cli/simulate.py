"""`gatepass simulate --days N --orders-per-day M --seed S`: play a company in an empty database, through the ordinary commands."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from gatepass.site.cli import _company, fail, language, tell
from gatepass.words import Text, same

SUMMARY = Text("在空数据库里推演一家公司", "Play a company in an empty database")

THERE = Text("这里已经有公司：{name}。请另设 GATEPASS_DATA", "There is already a company here: {name}. Set GATEPASS_DATA to another folder")
PLAYED = Text("{orders} 张订单，{commands} 个动作，{refused} 次被拒", "{orders} orders, {commands} commands, {refused} of them refused")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=30, help=Text("天数", "days, Sundays included").said(language()))
    parser.add_argument("--orders-per-day", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1, help=Text("同一种子，同一流水", "one seed, one journal").said(language()))
    parser.add_argument("--dealers", type=int, default=300, help=Text("客户数", "customers").said(language()))
    parser.add_argument("--since", type=date.fromisoformat, help=Text("第一天，默认使最后一天是今天", "first day").said(language()))


def run(options: argparse.Namespace) -> int:
    if options.days < 1 or options.orders_per_day < 0 or options.dealers < 10:
        return fail(Text("天数至少 1，客户至少 10", "At least one day and ten customers"), 2)
    return _company.on_company(lambda: _play(options), prepare=True)


def _play(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from gatepass.people.models import Company
    from gatepass.simulation.play import simulate

    if there := Company.objects.first():
        return fail(THERE.fill(name=there.name), 2)
    first = options.since or timezone.localdate() - timedelta(days=options.days - 1)
    played = simulate(first, options.days, options.orders_per_day, options.seed, dealers=options.dealers, said=_said)
    tell(PLAYED.fill(orders=played.orders, commands=played.world.commands, refused=sum(played.world.refused.values())))
    return 0


def _said(commands: int) -> None:
    if commands % 1000 == 0:
        tell(same(f"  {commands}"))
