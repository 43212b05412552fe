"""Who carries the goods: twenty carriers with vehicles, drivers and the cities they serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Haulier:
    """A carrier and the regions it serves; `signs_in`: the sign-in name of its first driver, where he has one."""

    code: str
    name: str
    regions: tuple[str, ...]
    drivers: tuple[str, ...]
    plates: tuple[str, ...]
    company: bool = True
    signs_in: str = ""


@dataclass(frozen=True, slots=True)
class Truck:
    """A type of vehicle: kilograms, litres."""

    kind: str
    load_kg: int
    space_dm3: int
    container: bool = False


TRUCKS: Final = (
    Truck("厢式 4.2 米", 5_000, 18_000),
    Truck("厢式 6.8 米", 10_000, 38_000),
    Truck("高栏 9.6 米", 18_000, 55_000),
    Truck("高栏 13 米", 30_000, 90_000),
    Truck("40 尺集装箱", 27_000, 67_000, container=True),
)


def _fleet() -> tuple[Haulier, ...]:
    rows = (
        ("川渝顺达货运", "川渝 云贵", "罗建平 邹伟", "luojp"),
        ("成都捷通物流", "川渝 西北", "钟涛 廖军", "zhongt"),
        ("蜀道通运输", "川渝 华中", "赖大勇 蒲强", "laidy"),
        ("渝新快运", "川渝", "龚平", ""),
        ("滇黔大件运输", "云贵", "段鸿 施伟", "duanh"),
        ("昆明鸿运货运", "云贵", "普正华", ""),
        ("秦岭物流", "西北 华北", "党军 屈峰", "dangj"),
        ("陇海运输", "西北", "苟卫国", ""),
        ("天山联运", "西北", "马志刚", ""),
        ("江汉联运物流", "华中 华东", "熊伟 夏明", ""),
        ("楚天货运", "华中", "余波", ""),
        ("中原通达", "华中 华北", "翟军", ""),
        ("长江专线", "华东", "顾明 陆平", ""),
        ("申蓉物流", "华东", "金海", ""),
        ("浙川货运", "华东", "楼建新", ""),
        ("粤川专线", "华南", "区伟 麦强", ""),
        ("岭南物流", "华南", "莫新", ""),
        ("京川快运", "华北 西北", "齐建军 佟伟", ""),
        ("津冀运输", "华北", "邢涛", ""),
        ("老周个体货车", "川渝", "周长顺", ""),
    )
    found = []
    for n, (name, regions, drivers, signs_in) in enumerate(rows, start=1):
        plates = tuple(f"川{'ABCG'[n % 4]}{(n * 7919 + k * 1301) % 90000 + 10000:05d}" for k in range(len(TRUCKS) if n < 20 else 1))
        found.append(Haulier(f"C{n:02d}", name, tuple(regions.split()), tuple(drivers.split()), plates, n < 20, signs_in))
    return tuple(found)


FLEET: Final = _fleet()
