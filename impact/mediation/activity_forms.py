"""Forms of activities and weeks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    ListField,
    Needed,
    NumberField,
    TextField,
    WatchedForm,
)
from impact.mediation.forms import EARLIEST
from impact.mediation.records import Activity
from impact.mediation.rules import possible_names
from impact.mediation.vocabulary import Axis
from impact.wording import short_date

LONGEST_DAY, MOST_PEOPLE, LONGEST_TOLD = 720, 2000, 500
_MINUTES = "Écrivez la durée en minutes. Exemple : 30."


class ActivityForm(WatchedForm, EditForm):
    """What a mediator did, in a minute."""

    posting_id = ChoiceField("Site", needed="Choisissez le site.")
    done_on = DateField("Jour", [Needed("Écrivez le jour. Exemple : 05/09/2026.")], earliest=EARLIEST)
    category = ChoiceField("Activité", needed="Choisissez l’activité.")
    axis = ChoiceField("Axe", Axis.choices(), needed="Choisissez l’axe.")
    minutes = NumberField("Durée, en minutes", [Needed(_MINUTES)], lowest=1, highest=LONGEST_DAY)
    people = NumberField("Personnes rencontrées", highest=MOST_PEOPLE)
    girls = NumberField("dont filles", highest=MOST_PEOPLE)
    boys = NumberField("dont garçons", highest=MOST_PEOPLE)
    request = ListField("Qui demande")
    follow_up = ListField("Suite donnée")
    told = TextField("En quelques mots, sans nom", longest=LONGEST_TOLD)
    known_words: tuple[str, ...] = ()

    def explain(self, names: Iterable[str]) -> None:
        """Hand in the words that are no name of a person although they begin with a capital."""
        self.known_words = tuple(names)
        # The words that every watched field carries speak of a child's file.
        field: Any = self.told
        field.watched = False

    def submitted(self) -> bool:
        """Sent, right, without a warned word nor what looks like somebody's name that nobody confirmed."""
        if not super().submitted():
            return False
        names = possible_names(self.told.data or "", self.known_words)
        if not names or self.keep_words.data:
            return True
        self.warned = tuple(names)
        said = ", ".join(f"« {name} »" for name in names)
        self.told.errors = [
            f"{said} : si c’est le nom de quelqu’un, écrivez « un élève », « une mère », « un professeur »."
        ]
        return False

    def as_record(self, activity_id: int = 0) -> Activity:
        """The activity as typed; who counted girls and boys alone has counted everybody."""
        girls, boys = self.girls.data, self.boys.data
        people = self.people.data
        if people is None and (girls is not None or boys is not None):
            people = (girls or 0) + (boys or 0)
        return Activity(
            activity_id,
            int(self.posting_id.data),
            self.done_on.data,
            str(self.category.data),
            Axis(self.axis.data),
            self.minutes.data,
            people,
            girls,
            boys,
            self.request.data or "",
            self.follow_up.data or "",
            self.told.data or "",
            self.version_read,
        )


PRESENCE = (("yes", "Présent, rien d’autre à noter"), ("no", "Absent"))
_WEEK = "semaine_"


class WeeksForm(Form):
    """Whether the mediator was there; `weeks_form` adds one question per post and week."""

    def weeks(self) -> list[ChoiceField]:
        """The questions."""
        return [field for field in self if field.name.startswith(_WEEK)]

    def as_said(self) -> dict[tuple[int, date], bool]:
        """The answers given, by posting and Monday."""
        found = {}
        for field in self.weeks():
            if field.data:
                posting_id, day = field.name.removeprefix(_WEEK).split("_")
                found[int(posting_id), date.fromisoformat(day)] = field.data == "yes"
        return found


def weeks_form(missing: Sequence[tuple[int, date]], sites: Mapping[int, str]) -> type[WeeksForm]:
    """A form with one question per week of which nothing is said; `sites` names the site of each posting."""
    fields = {
        f"{_WEEK}{posting_id}_{week.isoformat()}": ChoiceField(
            f"Semaine du {short_date(week)}, {sites[posting_id]}", PRESENCE
        )
        for posting_id, week in missing
    }
    return type("WeeksForm", (WeeksForm,), fields)
