"""Languages, and the words that surround a questionnaire in each."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.wording import french
from surveys.languages.vocabulary import Direction


@dataclass(frozen=True)
class Language:
    """A language of the respondents: `tag` is what a page declares (BCP 47), `name` how its speakers call it."""

    code: str
    tag: str
    name: str
    direction: str = Direction.LEFT


@dataclass(frozen=True, eq=False)
class Interface:
    """The words of the respondents' pages in one language; `version` counts the savings of a community's own."""

    language: Language
    words: Mapping[str, str]
    version: int = 0

    def say(self, name: str, **values: object) -> str:
        """A word of the page; braces that name no value are left alone, since communities write these words."""
        text = self.words[name]
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return self.spaced(text)

    def spaced(self, text: str) -> str:
        """The text, with the spaces of French when it is French."""
        return french(text) if self.language.tag == "fr" else text
