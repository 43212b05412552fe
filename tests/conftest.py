"""How the tests run: on a private PostgreSQL, as the program's own role, each on a database of its own.

    fresh      a clean, prepared, empty database; what a test commits is committed
    client     Django's test client on it
    live       the address of the program, served from this process on a free port
    page       a page of a real Chromium, desktop size; phone: the same at phone size
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page

    from databases import Clones, Run

RUN = pytest.StashKey["Run"]()
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-sentence", action="store_true", help="fail where a sentence of the book was never seen to fire, or never to let through"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Set up Django; under xdist the controller starts the one server for all workers."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "gatepass.site.settings",
        "GATEPASS_SECRET": "only for tests, where nothing is worth stealing",
        "GATEPASS_DATA": tempfile.mkdtemp(prefix="gatepass-tests-files-"),
        "DATABASE_URL": "postgresql:///no_database_without_the_fixture_fresh",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # playwright keeps an event loop in the thread of the tests
    }
    import django
    from django.test.utils import setup_test_environment

    Path(os.environ["GATEPASS_DATA"], "static").mkdir()  # WhiteNoise warns where there is none
    django.setup()
    setup_test_environment()
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True  # found when asked for; else each client of a test reads every static file again
    from counting import Told, count

    count()
    config.pluginmanager.register(Told())
    if getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        _run_of(config)


def pytest_configure_node(node: Any) -> None:
    run = _run_of(node.config)
    node.workerinput["server"], node.workerinput["program"] = run.url, run.program


def pytest_unconfigure(config: pytest.Config) -> None:
    if RUN in config.stash:
        config.stash[RUN].end()
    shutil.rmtree(os.environ["GATEPASS_DATA"], ignore_errors=True)


def _run_of(config: pytest.Config) -> Run:
    from databases import Run

    if RUN not in config.stash:
        config.stash[RUN] = Run()
    return config.stash[RUN]


@pytest.fixture(scope="session")
def clones(request: pytest.FixtureRequest) -> Clones:
    from databases import Clones

    worker = getattr(request.config, "workerinput", None)
    if worker is None:
        run = _run_of(request.config)
        return Clones(run.url, run.program, "test")
    return Clones(worker["server"], worker["program"], f"test_{worker['workerid']}")


def _company() -> object:
    from company import found_company

    return found_company()


def _house() -> object:
    from masters import found

    return found()


def _stage() -> object:
    from dispatch.stage import MORNING, build
    from gatepass.journal.clock import clock_at

    with clock_at(MORNING):
        return build()


def _gate() -> object:
    from gate.stage import stage

    return stage()


FOUNDED: dict[str, Callable[[], object]] = {"staff": _company, "house": _house, "stage": _stage, "made": _gate}


@pytest.fixture
def fresh(clones: Clones, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database for this test alone, everything in it committed; empty, or with the company that the test asks for. Gives its name."""
    asked = next((name for name in FOUNDED if name in request.fixturenames), None)
    from databases import EMPTY

    standing = clones.borrow(clones.template(asked, FOUNDED[asked]) if asked else EMPTY)
    yield standing.name
    clones.give_back(standing)


@pytest.fixture
def client(fresh: str) -> Client:
    from django.test import Client

    return Client()


@pytest.fixture
def live(fresh: str) -> Iterator[str]:
    """The address of the program on a free port of this machine, on the test's database."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Silent(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing: a failed test shows what it needs."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent, allow_reuse_address=False)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _chromium() -> str | None:
    """A Chromium of the system, else the one that playwright installed, else None."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = _chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: browser tests could not run (`make test` installs it where it can)")
    with tempfile.TemporaryDirectory(prefix="gatepass-fonts-") as folder, sync_playwright() as playwright:
        told = {**os.environ, "FONTCONFIG_FILE": _fonts(Path(folder))}
        running = playwright.chromium.launch(executable_path=path, args=QUIET, env=told)
        yield running
        running.close()


def _fonts(folder: Path) -> str:
    """The papers' Chinese font for the browser too: where a machine has none, widths would be measured on boxes."""
    from gatepass.papers.press import FONTS

    told = folder / "fonts.conf"
    told.write_text(
        f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include><dir>{FONTS}</dir>"
        f"<cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    return str(told)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, locale="zh-CN", has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def staff(fresh: str, clones: Clones) -> Any:
    """A small company of its own (tests/company.py)."""
    return clones.built("staff")


@pytest.fixture
def house(fresh: str, clones: Clones) -> Any:
    """A company founded by commands, with posts and people (tests/masters.py)."""
    return clones.built("house")
