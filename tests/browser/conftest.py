"""One browser for the tests of this folder, and the pages that they look at."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, made
from tests.installing import CannotInstallError

Opened = Callable[..., AbstractContextManager[chromium.Seen]]
Made = dict[made.Case, "Future[Path]"]
LARGE = made.Case("comparison", "zh")  # works as its English twin does
USED = [case for case in made.CASES if case != LARGE]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look at small pages first: the large ones are made meanwhile."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents and "[comparison" in item.nodeid)


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
def pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """All pages, each made once by a process for its kind."""
    results = tmp_path_factory.mktemp("results")
    with ExitStack() as stack:
        makers = {
            kind: stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
            for kind in made.MAKERS
        }
        yield {case: makers[case.kind].submit(made.written, case, results) for case in made.CASES}


@pytest.fixture(scope="session", params=made.CASES, ids=str)
def page(request: pytest.FixtureRequest, pages: Made) -> Path:
    """Each page in turn, to be looked at."""
    return pages[request.param].result()


@pytest.fixture(scope="session", params=USED, ids=str)
def used(request: pytest.FixtureRequest, pages: Made) -> Path:
    """Each page that works in a way of its own."""
    return pages[request.param].result()
