"""One setting, GATEPASS_URL, and https in front works: forms, cookies, links, HSTS; without it no proxy is believed. Weak secrets are refused."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_programs import answer, free_port, gatepass_says, start, sweep, until

PROXY = {"Host": "gate.example", "X-Forwarded-Proto": "https"}


def asked(port: int, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, dict[str, str], str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, body or None, headers)
    came = line.getresponse()
    found = came.status, {name.lower(): value for name, value in came.getheaders()}, came.read().decode()
    line.close()
    return found


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A program that a proxy with https stands before."""
    data, port = tmp_path_factory.mktemp("proxy") / "data", free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GATEPASS_URL", "https://gate.example")
        process: Any = start(data, port)
    assert until(lambda: answer(port) == 404, 120)
    yield port
    process.terminate()
    process.wait(60)
    sweep(data)


def test_https_in_front_works_with_that_one_setting(behind: int) -> None:
    status, headers, page = asked(behind, "GET", "/sign-in/", PROXY)
    assert status == 200 and headers["strict-transport-security"].startswith("max-age=31536000")
    assert "Secure" in headers["set-cookie"]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    cookie = headers["set-cookie"].split(";")[0]
    sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Referer": "https://gate.example/sign-in/"}
    body = f"csrfmiddlewaretoken={token[1]}&name=nobody&password=wrong"
    assert asked(behind, "POST", "/sign-in/", PROXY | sent | {"Origin": "https://gate.example"}, body)[0] == 422
    assert asked(behind, "POST", "/sign-in/", PROXY | sent | {"Origin": "https://evil.example"}, body)[0] == 403
    assert asked(behind, "GET", "/sign-in/", {"Host": "evil.example"})[0] == 400
    assert asked(behind, "GET", "/sign-in/", {"Host": "127.0.0.1"})[0] == 200


def test_weak_secrets_are_refused_in_words(tmp_path: Path) -> None:
    for weak in ("secret", "changeme changeme changeme changeme", "a" * 64, "django-insecure-0123456789abcdefghijklmnop"):
        said = gatepass_says(tmp_path / "data", "serve", "--port", "1", GATEPASS_SECRET=weak)
        assert said.returncode == 2 and "GATEPASS_SECRET is weak" in said.stderr, weak
