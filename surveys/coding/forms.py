"""The book of codes, one answer that is read, one quote that is released."""

from impact.forms import EditForm, Form, LineField, Needed, SeveralField, TextField, TickField

_LABEL = "Nommez le thème. Exemple : Horaires"
_MEANING = "Dites ce qui en relève. Exemple : l’heure, le jour ou la durée des rendez-vous"


class ThemeForm(Form):
    """A code to add to the book."""

    label = LineField("Thème", [Needed(_LABEL)], longest=60)
    meaning = TextField("Ce qui en relève, et ce qui n’en relève pas", [Needed(_MEANING)], longest=400)


class ThemeEditForm(EditForm):
    """A code of the book."""

    label = LineField("Thème", [Needed(_LABEL)], longest=60)
    meaning = TextField("Ce qui en relève, et ce qui n’en relève pas", [Needed(_MEANING)], longest=400)


class ReadingForm(Form):
    """The themes of one answer; none is an answer too."""

    themes = SeveralField("De quoi cette personne parle-t-elle ?")


class QuoteForm(Form):
    """What may be quoted of one answer."""

    words = TextField("Ce qui sera cité", [Needed("Gardez au moins quelques mots.")], longest=2_000)
    sure = TickField("J’ai vérifié ces mots : ils ne disent pas de qui il s’agit")
