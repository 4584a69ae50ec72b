"""A file of questions, or of answers."""

from typing import Any

from wtforms import FileField, HiddenField

from impact.exceptions import Refused
from impact.forms import Form, LineField, Needed, TextField

MOST_BYTES = 20_000_000


class FileForm(Form):
    """One file; what it is shows in its content."""

    file = FileField("Fichier")

    def read(self) -> tuple[str, bytes]:
        """Its name and its content; raises Refused without a file."""
        given: Any = self.file.data
        if not given or not given.filename:
            raise Refused("Choisissez un fichier.", "file")
        with given.stream:
            return str(given.filename).replace("\\", "/").rpartition("/")[2][:80], given.read()


class KeepForm(Form):
    """What an imported questionnaire is called; `definition` is what was read, `told` what was left."""

    definition = HiddenField()
    told = HiddenField()
    title = LineField("Titre", [Needed("Donnez un titre : les personnes le liront en premier.")], longest=120)
    purpose = TextField(
        "À quoi il sert", [Needed("Dites à quoi serviront les réponses : les personnes le liront.")], longest=400
    )
    public = LineField("À qui il s’adresse", [Needed("Dites à qui il s’adresse.")], longest=160)
