"""Who comes to a door before anybody knows him: his address, his device by its cookie, what browser he says he has."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gatepass.words import Text

COOKIE: Final = "gatepass_device"
LASTS: Final = timedelta(days=400)
_TOKEN: Final = re.compile(r"[\w-]{43}")
BROWSERS: Final = (("Edg", "Edge"), ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))
BOTH: Final = Text("{browser}，{system}", "{browser} on {system}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """address: of IPv6 the network of his house, "" where none is told; device: SHA-256 of the cookie, "" without one."""

    address: str
    device: str
    browser: str


def visitor(request: HttpRequest) -> Visitor:
    cookie = request.COOKIES.get(COOKIE, "")
    return Visitor(_address(request), digest_of(cookie) if _TOKEN.fullmatch(cookie) else "", browser_of(request.headers.get("User-Agent", "")))


def know_device(request: HttpRequest, answer: HttpResponse) -> str:
    """Give the device its cookie, or the same for as long again; gives the digest that attempts keep."""
    cookie = request.COOKIES.get(COOKIE, "")
    token = cookie if _TOKEN.fullmatch(cookie) else secrets.token_urlsafe(32)
    age = int(LASTS.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return digest_of(token)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def browser_of(agent: str) -> str:
    """The browser and the system that it says it runs on, as names to recognise it by: `Firefox/Linux`; what is unknown stays empty."""
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return "/".join(found) if any(found) else ""


def _address(request: HttpRequest) -> str:
    """That of the connection; with https in front, the last one that the proxy has added."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HTTPS:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or told
    try:
        found = ip_address(told)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
    return str(found)
