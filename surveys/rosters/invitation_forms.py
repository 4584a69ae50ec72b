"""Inviting people and writing to them."""

from impact.forms import EditForm, Form, LineField, ListField, Needed, TextField
from surveys.rosters.records import LetterText
from surveys.rosters.rules import check_letter
from surveys.rosters.vocabulary import Letter, Public

_LINES = "Collez la liste : une personne par ligne. Exemple : Prune Dupré ; prune@exemple.fr"


class InviteForm(Form):
    """A pasted list of people of one public."""

    public = ListField("Public", [(public.value, public.label) for public in Public], "Choisissez un public.")
    lines = TextField("Personnes à inviter", [Needed(_LINES)], longest=60_000)


class LetterForm(EditForm):
    """The text of an invitation or of a reminder."""

    subject = LineField("Objet du courriel", [Needed("Écrivez l’objet du courriel.")], longest=120)
    words = TextField("Texte du courriel ou de la lettre", [Needed("Écrivez le texte.")], longest=3_000)
    short = TextField("Texte du SMS", [Needed("Écrivez le texte du SMS.")], longest=300)

    def as_record(self, kind: Letter) -> LetterText:
        """What was typed; raises Refused at the text that lacks the link."""
        return check_letter(LetterText(kind, str(self.subject.data), str(self.words.data), str(self.short.data)))
