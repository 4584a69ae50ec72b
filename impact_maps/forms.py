"""Boxes and links of the value chain."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField

from impact.forms import ChoiceField, DateField, EditForm, Form, LineField, ListField, Needed, TextField
from impact.wording import french
from impact_maps.measures import key_of, parts_of
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link
from impact_maps.rules import LONGEST_LABEL, get_box, linkable
from impact_maps.vocabulary import LinkState, Stage, Target


class ConfirmForm(Form):
    """A button that changes something."""


class NameForm(Form):
    """The name of a version."""

    name = LineField("Nom de cette version", longest=80)


class ShareForm(Form):
    """What a community says of the map that it offers."""

    about = TextField(
        "Pour qui, pour quoi faire", [Needed("Dites en une phrase à qui ce modèle peut servir.")], longest=300
    )


class FileForm(Form):
    """A spreadsheet to read."""

    file = FileField("Classeur XLSX", [Needed("Choisissez un fichier.")])

    @property
    def content(self) -> bytes:
        """What was sent."""
        return bytes(self.file.data.read())


class PutForm(EditForm):
    """What a file would make of the maps, as it was shown."""

    chain = HiddenField()
    tree = HiddenField()


class ChainForm(EditForm):
    """The chain's title."""

    title = LineField("Titre", [Needed("Donnez un titre. Exemple : De nos moyens à ce qui change")], longest=120)


class MeasuredForm(EditForm):
    """What an indicator may hang on; the list of indicators is handed in by the view."""

    indicator = ListField("Indicateur")

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The figures that may hang there; one that is there already stays on offer."""
        known = list(choices)
        current = self.indicator.object_data
        if current and current not in dict(known):
            known.append((current, current))
        self.indicator.choices = known


class BoxForm(MeasuredForm):
    """A box of the chain."""

    label = LineField("Libellé", [Needed("Écrivez ce que contient cet élément, en quelques mots.")], LONGEST_LABEL)
    stage = ChoiceField("Colonne", Stage.choices(), "Choisissez une colonne.")
    target = ListField("Pour qui", Target.choices())

    def as_content(self) -> BoxContent:
        """What was typed."""
        code, category = parts_of(self.indicator.data or "")
        target = Target(self.target.data) if self.target.data else None
        return BoxContent(Stage(self.stage.data), str(self.label.data), target, code, category)


class LinkForm(Form):
    """Where a box leads; the list of boxes is handed in by the view."""

    leads_to = ListField("Ajouter un lien vers", needed="Choisissez l’élément auquel celui-ci mène.")

    def offer(self, boxes: Iterable[Box]) -> None:
        """The boxes further right."""
        self.leads_to.choices = [
            (str(box.id), french(f"{box.content.stage.label} – {box.content.words}")) for box in boxes
        ]


class AssumptionForm(EditForm):
    """What a link supposes, and what is known of it."""

    words = TextField("Ce que nous supposons", longest=500)
    state = ChoiceField("État de l’hypothèse", LinkState.choices(), "Choisissez un état.")
    assessed_on = DateField("Observé le")
    evidence = TextField("Ce qui a été observé, et d’où cela vient", longest=2_000)
    answer = TextField("Ce que nous décidons d’en faire", longest=2_000)

    def as_assumption(self, member_id: int | None) -> Assumption:
        """What was typed, said by this member."""
        return Assumption(
            words=str(self.words.data or ""),
            state=LinkState(self.state.data),
            assessed_on=self.assessed_on.data,
            evidence=str(self.evidence.data or ""),
            answer=str(self.answer.data or ""),
            assessed_by=member_id,
        )


def assumption_form(chain: Chain, link: Link, **options: Any) -> AssumptionForm:
    """The form of a link of the chain."""
    known = chain.assumption(link.source, link.target)
    return AssumptionForm(
        words=known.words,
        state=known.state.value,
        assessed_on=known.assessed_on,
        evidence=known.evidence,
        answer=known.answer,
        version=str(known.version),
        **options,
    )


def box_form(chain: Chain, box_id: int, indicators: Iterable[tuple[str, str]], **options: Any) -> BoxForm:
    """The form of a box of the chain; raises NotFound when it is not in it."""
    box = get_box(chain, box_id)
    content = box.content
    form = BoxForm(
        label=content.label,
        stage=content.stage.value,
        target=content.target.value if content.target else "",
        indicator=key_of(content.indicator, content.category),
        version=str(box.version),
        **options,
    )
    form.offer(indicators)
    return form


def link_form(chain: Chain, box_id: int, **options: Any) -> LinkForm:
    """The form that leads from a box of the chain; raises NotFound when it is not in it."""
    form = LinkForm(**options)
    form.offer(linkable(chain, get_box(chain, box_id)))
    return form
