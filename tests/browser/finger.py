"""What a person does on a phone, with a finger; the same gestures as `Keyboard`."""

import re

from playwright.sync_api import Locator, Page


class Finger:
    """A person who taps; nothing may slip out of the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        """Tap a link or a button, wait for the page, which must hold in the width of the screen."""
        begins = _beginning(name)
        target = self.page.get_by_role("link", name=begins).or_(self.page.get_by_role("button", name=begins)).first
        with self.page.expect_navigation():
            target.tap()
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{self.page.url} scrolls sideways"

    def write(self, name: str, text: str) -> None:
        """Tap a field and replace what it holds."""
        field = self._field(name)
        field.tap()
        field.fill(text)

    def pick(self, name: str, option: str) -> None:
        """Choose an option of a drop-down list."""
        labels = self._field(name).locator("option").all_inner_texts()
        self._field(name).select_option(label=next(label for label in labels if label.strip().startswith(option)))

    def choose(self, first: str, wanted: str = "") -> None:
        """Tap one answer of several."""
        self._field(wanted or first).check()

    def unfold(self, name: str) -> None:
        """Tap what is folded."""
        self.page.locator("summary").filter(has_text=_beginning(name)).tap()

    def tick(self, name: str) -> None:
        """Tap a box."""
        self._field(name).check()

    def _field(self, name: str) -> Locator:
        return self.page.get_by_label(_beginning(name)).first


def _beginning(name: str) -> re.Pattern[str]:
    """Whatever spaces French puts between the words."""
    return re.compile(r"^\s*" + r"\s+".join(map(re.escape, name.split())))
