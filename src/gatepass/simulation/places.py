"""Where the customers are: regions of the company, their cities with markets and roads, and what dealers there call themselves."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class City:
    """A city with its area code, the districts its dealers sit in, and how many days a truck needs from Chengdu."""

    name: str
    full: str
    code: str
    districts: tuple[str, ...]
    days: int


def _cities(*rows: tuple[str, str, str, str, int]) -> tuple[City, ...]:
    return tuple(City(name, full, code, tuple(districts.split()), days) for name, full, code, districts, days in rows)


REGIONS: Final[dict[str, tuple[City, ...]]] = {
    "川渝": _cities(
        ("成都", "四川省成都市", "028", "金牛区 武侯区 郫都区 新都区 龙泉驿区", 1),
        ("重庆", "重庆市", "023", "九龙坡区 渝北区 沙坪坝区 南岸区 巴南区", 1),
        ("绵阳", "四川省绵阳市", "0816", "涪城区 游仙区", 1),
        ("南充", "四川省南充市", "0817", "顺庆区 高坪区", 1),
        ("宜宾", "四川省宜宾市", "0831", "翠屏区 叙州区", 1),
        ("万州", "重庆市万州区", "023", "百安坝街道 高笋塘街道", 1),
    ),
    "云贵": _cities(
        ("昆明", "云南省昆明市", "0871", "官渡区 盘龙区 西山区", 2),
        ("曲靖", "云南省曲靖市", "0874", "麒麟区", 2),
        ("贵阳", "贵州省贵阳市", "0851", "云岩区 南明区 花溪区", 2),
        ("遵义", "贵州省遵义市", "0851", "汇川区 红花岗区", 1),
    ),
    "西北": _cities(
        ("西安", "陕西省西安市", "029", "未央区 雁塔区 灞桥区", 2),
        ("宝鸡", "陕西省宝鸡市", "0917", "金台区", 2),
        ("兰州", "甘肃省兰州市", "0931", "城关区 七里河区", 3),
        ("乌鲁木齐", "新疆乌鲁木齐市", "0991", "新市区 头屯河区", 5),
    ),
    "华中": _cities(
        ("武汉", "湖北省武汉市", "027", "硚口区 东西湖区 江岸区", 2),
        ("宜昌", "湖北省宜昌市", "0717", "西陵区 伍家岗区", 2),
        ("长沙", "湖南省长沙市", "0731", "雨花区 芙蓉区 开福区", 2),
        ("郑州", "河南省郑州市", "0371", "金水区 二七区 管城区", 3),
    ),
    "华东": _cities(
        ("上海", "上海市", "021", "普陀区 宝山区 嘉定区", 4),
        ("杭州", "浙江省杭州市", "0571", "余杭区 拱墅区", 4),
        ("南京", "江苏省南京市", "025", "江宁区 雨花台区", 3),
        ("合肥", "安徽省合肥市", "0551", "包河区 瑶海区", 3),
    ),
    "华南": _cities(
        ("广州", "广东省广州市", "020", "白云区 番禺区", 4),
        ("深圳", "广东省深圳市", "0755", "龙岗区 宝安区", 4),
        ("南宁", "广西南宁市", "0771", "西乡塘区 兴宁区", 3),
    ),
    "华北": _cities(
        ("北京", "北京市", "010", "丰台区 朝阳区 大兴区", 4),
        ("天津", "天津市", "022", "西青区 北辰区", 4),
        ("石家庄", "河北省石家庄市", "0311", "长安区 裕华区", 4),
        ("太原", "山西省太原市", "0351", "小店区 迎泽区", 3),
    ),
}  # fmt: skip
WEIGHTS: Final[dict[str, int]] = {"川渝": 32, "云贵": 14, "西北": 13, "华中": 13, "华东": 12, "华南": 8, "华北": 8}
ROADS: Final = ("粮油市场路", "食品城南路", "物流大道", "农贸街", "商贸北路", "仓储路", "副食品街", "工贸大道")
MARKETS: Final = ("粮油副食批发市场", "食品城", "物流园", "农产品交易中心", "调味品市场")
FIRST: Final = "鑫源味香福隆顺丰盛和佳美川蜀兴旺泰恒永裕德润康宏达瑞锦华信诚"
SECOND: Final = "源味坊园丰达隆祥顺和兴盛泰昌瑞康宏润恒裕福来旺香"
TRADES: Final = ("商贸", "食品", "调味品", "副食", "粮油", "贸易", "供应链", "酒店用品")
FORMS: Final = ("有限公司", "有限公司", "有限公司", "有限责任公司", "经营部", "商行")
SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN: Final = (
    "学敏", "建国", "志强", "秀英", "海燕", "文斌", "晓丽", "永强", "国华", "春梅", "德明", "玉兰", "家豪", "丽娟", "俊杰", "雪梅", "振华",
    "桂芳", "立新", "小红", "光明", "淑珍", "伟民", "佳怡", "大伟", "成刚", "美玲", "长江", "卫东", "慧敏",
)  # fmt: skip


def person_name(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(GIVEN)


def mobile(random: Random, prefix: str = "138") -> str:
    """A number that looks like one and is nobody's: 138 0000 xxxx."""
    return f"{prefix}0000{random.randrange(10_000):04d}"


def landline(city: City, random: Random) -> str:
    return f"{city.code}-5550{random.randrange(10_000):04d}"


def shop_name(city: City, random: Random) -> tuple[str, str]:
    """A dealer's registered name and what people call him."""
    brand = random.choice(FIRST) + random.choice(SECOND)
    if len(set(brand)) < 2:
        brand = "蜀" + brand[0]
    if random.random() < 0.3:
        brand = city.name[0] + brand
    return f"{city.name}{brand}{random.choice(TRADES)}{random.choice(FORMS)}", f"{city.name}{brand}"


def street(city: City, random: Random) -> str:
    district = random.choice(city.districts)
    if random.random() < 0.5:
        return f"{city.full}{district}{random.choice(ROADS)} {random.randrange(1, 400)} 号"
    block, store = random.randrange(1, 30), random.randrange(1, 40)
    return f"{city.full}{district}{random.choice(MARKETS)} {random.choice('ABCD')} 区 {block} 栋 {store} 号库"
