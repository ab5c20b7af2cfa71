"""A real browser on this machine, which sees pages as readers do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from tests import installing

NAMES = ("chromium", "chromium-browser", "google-chrome")


def provide() -> None:
    """Install Chromium where it is missing and that was asked for; CannotInstallError when that fails."""
    installing.provide(_missing, ["chromium"], asked="INSTALL_BROWSER", command="make browser")


def launch(playwright: Playwright) -> Browser:
    """Start the browser that is installed, without a window."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(executable_path=_found(), args=["--no-sandbox"] if root else [])


@dataclass
class Seen:
    """A page in the browser, and all that it asked for and complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, *, script: bool = True) -> Iterator[Seen]:
    """A page, opened from its file with a window of this width (CSS pixels)."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    seen = Seen(context.new_page())
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    seen.page.on("requestfailed", lambda request: seen.faults.append(f"not loaded: {request.url[:80]}"))
    seen.page.on("pageerror", lambda error: seen.faults.append(str(error)))
    seen.page.on("console", lambda said: seen.faults.append(f"{said.type}: {said.text}"))
    seen.page.goto(path.as_uri())
    try:
        yield seen
    finally:
        context.close()


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _missing() -> list[str]:
    return [] if _found() else [NAMES[0]]
