"""What a person who never touches the mouse does on a page."""

import pytest
from playwright.sync_api import Page

MOST_TABS = 250
_NAME = """() => {
    const one = document.activeElement;
    const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
    return (label || one.getAttribute("aria-label") || one.innerText || "").replace(/\\s+/g, " ").trim();
}"""
_TAG = "() => document.activeElement.tagName.toUpperCase()"
_FIELD = "INPUT TEXTAREA"
_OPTION = "() => document.activeElement.selectedOptions[0].innerText.trim()"


class Keyboard:
    """A person who never touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str, tags: str = "A BUTTON SUMMARY INPUT SELECT TEXTAREA") -> None:
        """Tab until what has the focus begins with this name."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self._focused().startswith(name) and self.page.evaluate(_TAG) in tags.split():
                return
        pytest.fail(f"« {name} » cannot be reached by keyboard on {self.page.url}")

    def follow(self, name: str) -> None:
        """Reach a link or a button, press it, wait for the page."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        """Reach a field and replace what it holds."""
        self.reach(name, _FIELD)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def pick(self, name: str, option: str) -> None:
        """Reach a drop-down list and go down to an option."""
        self.reach(name, "SELECT")
        self.page.keyboard.press("Home")
        for _ in range(60):
            if str(self.page.evaluate(_OPTION)).startswith(option):
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no option « {option} » in « {name} »")

    def choose(self, first: str, wanted: str = "") -> None:
        """Reach a group of radio buttons by the one that takes the focus, then go to the one wanted."""
        self.reach(first, _FIELD)
        self.page.keyboard.press("Space")
        for _ in range(12):
            if self._focused().startswith(wanted or first):
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no choice « {wanted} »")

    def unfold(self, name: str) -> None:
        """Reach what is folded and open it."""
        self.reach(name, "SUMMARY")
        self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        """Reach a box and tick it."""
        self.reach(name, _FIELD)
        self.page.keyboard.press("Space")

    def _focused(self) -> str:
        return str(self.page.evaluate(_NAME))
