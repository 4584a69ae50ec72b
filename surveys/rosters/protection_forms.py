"""Who reads the names of a cohort, how long, and what is forgotten."""

from impact.forms import EditForm, Form, Needed, NumberField, SeveralField


class TeamForm(EditForm):
    """The members who follow a cohort."""

    members = SeveralField("Qui suit cette cohorte", needed="Choisissez au moins une personne.")


class KeepingForm(EditForm):
    """How long names are kept."""

    keep_months = NumberField(
        "Mois de conservation des noms après le dernier signe",
        [Needed("Indiquez un nombre de mois. Exemple : 24")],
        lowest=1,
        highest=120,
    )


class ErasingForm(Form):
    """People whose names are forgotten."""

    people = SeveralField("Personnes à effacer", needed="Choisissez au moins une personne.")
