"""Boxes and links of the value chain."""

from collections.abc import Iterable
from typing import Any

from impact.forms import ChoiceField, EditForm, Form, LineField, ListField, Needed
from impact.wording import french
from impact_maps.measures import key_of, parts_of
from impact_maps.records import Box, BoxContent, Chain
from impact_maps.rules import LONGEST_LABEL, get_box, linkable
from impact_maps.vocabulary import Stage, Target


class ConfirmForm(Form):
    """A button that changes something."""


class ChainForm(EditForm):
    """The chain's title."""

    title = LineField("Titre", [Needed("Donnez un titre. Exemple : De nos moyens à ce qui change")], longest=120)


class BoxForm(EditForm):
    """A box; the list of indicators is handed in by the view."""

    label = LineField("Libellé", [Needed("Écrivez ce que contient cet élément, en quelques mots.")], LONGEST_LABEL)
    stage = ChoiceField("Colonne", Stage.choices(), "Choisissez une colonne.")
    target = ListField("Pour qui la valeur est créée", Target.choices())
    indicator = ListField("Indicateur")

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The figures that may hang on the box; one that it already carries stays on offer."""
        known = list(choices)
        current = self.indicator.object_data
        if current and current not in dict(known):
            known.append((current, current))
        self.indicator.choices = known

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
