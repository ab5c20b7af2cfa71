"""One browser for the tests of this folder, the pages that they look at, and pictures of these."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, made
from tests.installing import CannotInstallError

Opened = Callable[..., AbstractContextManager[chromium.Seen]]
PICTURES = pytest.StashKey[Path]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; tests that need it are skipped with one reason where there is none."""
    try:
        chromium.provide()
    except CannotInstallError as reason:
        pytest.skip(f"no browser here: {reason}")
    with sync_playwright() as playwright:
        one = chromium.launch(playwright)
        yield one
        one.close()


@pytest.fixture(scope="session")
def opened(browser: Browser) -> Opened:
    """Open a page: ``with opened(path, width) as seen``."""
    return partial(chromium.opened, browser)


@pytest.fixture(scope="session")
def results(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results that pages are made from."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session", params=made.CASES, ids=str)
def page(request: pytest.FixtureRequest, results: Path) -> Path:
    """Each page in turn, made once."""
    return made.written(request.param, results)


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept; named at the end of the tests."""
    folder = tmp_path_factory.mktemp("pictures")
    request.config.stash[PICTURES] = folder
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say where the pictures are."""
    if folder := config.stash.get(PICTURES, None):
        terminalreporter.write_line(f"Pictures of the pages: {folder}")
