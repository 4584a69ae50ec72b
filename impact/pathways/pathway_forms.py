"""Forms of a pathway, from its opening to its exit."""

from collections.abc import Iterable, Sequence
from typing import Any

from impact.accounts.access import FieldClass, readers
from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    SeveralField,
    TextField,
    TickField,
    WatchedForm,
)
from impact.pathways.records import (
    DomainReview,
    DomainScore,
    Exit,
    Line,
    Note,
    Objective,
)
from impact.pathways.vocabulary import MOST_MINUTES, NOTE_LENGTHS, ContactKind, ObjectiveResult, Score
from impact.wording import french, join_words

OBJECTIVES = (1, 2, 3)
_RESULTS = ObjectiveResult.choices()
# An exit says each of these, or that it could not be had.
_NOT_TOLD = {
    "relay": "Le relais : personne ne prend la suite",
    "child_opinion": "L’avis de l’enfant",
    "parents_opinion": "L’avis des parents",
    "referent_opinion": "L’avis de la référente ou du référent",
}
_LEVELS = [(value, french(label)) for value, label in Score.choices()]


class StartForm(WatchedForm):
    """The pathway, its referent and its first objectives."""

    subject = "objective"
    elsewhere = {f"level_{rank}": "objective.starting_level" for rank in OBJECTIVES}
    started_on = DateField("Premier jour", [Needed("Écrivez le premier jour du parcours.")])
    review_on = DateField("Prochain bilan")
    referent_id = ListField("Référente ou référent", needed="Choisissez qui suivra l’enfant.")
    profile = ListField("Profil d’accompagnement")
    objective_1 = LineField("Premier objectif", [Needed("Écrivez au moins un objectif, convenu avec la famille.")])
    start_1 = LineField("Point de départ", [Needed("Écrivez d’où part l’enfant : sans lui, on ne voit pas le chemin.")])
    level_1 = ListField("Où en est l’enfant aujourd’hui", _LEVELS)
    objective_2 = LineField("Deuxième objectif")
    start_2 = LineField("Point de départ du deuxième objectif")
    level_2 = ListField("Où en est l’enfant pour le deuxième objectif", _LEVELS)
    objective_3 = LineField("Troisième objectif")
    start_3 = LineField("Point de départ du troisième objectif")
    level_3 = ListField("Où en est l’enfant pour le troisième objectif", _LEVELS)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for label, start, _ in self.parts()[1:]:
            if bool(label.data) != bool(start.data):
                missing = start if label.data else label
                missing.errors = ["Écrivez l’objectif et son point de départ, ou aucun des deux."]
                valid = False
        return valid

    def parts(self) -> list[tuple[LineField, LineField, ListField]]:
        """Each objective's field with those of its starting point and level."""
        return [(self[f"objective_{rank}"], self[f"start_{rank}"], self[f"level_{rank}"]) for rank in OBJECTIVES]

    def as_records(self) -> list[Objective]:
        """The objectives that were typed."""
        return [
            Objective(label.data, start.data or "", starting_level=int(level.data) if level.data else None)
            for label, start, level in self.parts()
            if label.data
        ]


class ObjectiveForm(WatchedForm):
    """One more objective."""

    subject = "objective"
    label = LineField("Objectif convenu avec la famille", [Needed("Écrivez l’objectif.")])
    starting_point = LineField("Point de départ", [Needed("Écrivez d’où part l’enfant.")])
    starting_level = ListField("Où en est l’enfant aujourd’hui", _LEVELS)

    def as_record(self) -> Objective:
        """What was typed; read after validation."""
        level = int(self.starting_level.data) if self.starting_level.data else None
        return Objective(self.label.data or "", self.starting_point.data or "", starting_level=level)


class ReviewForm(WatchedForm, EditForm):
    """The next review, the end that is expected, and the profile of support."""

    subject = "pathway"
    review_on = DateField("Prochain bilan")
    expected_end_on = DateField("Fin prévue du parcours")
    profile = ListField("Profil d’accompagnement")
    profile_since = DateField("Ce profil vaut depuis le")


class DomainReviewForm(WatchedForm):
    """A review; `domain_review_form` adds a score and a reason per domain."""

    subject = "domain_score"
    reviewed_on = DateField("Date du bilan", [Needed("Écrivez le jour du bilan.")])
    review_on = DateField("Prochain bilan")

    def domain_fields(self) -> list[tuple[str, ChoiceField, TextField]]:
        """Code, score and reason of each domain, in their order."""
        codes = [field.name.removeprefix("score_") for field in self if field.name.startswith("score_")]
        return [(code, self[f"score_{code}"], self[f"reason_{code}"]) for code in codes]

    def as_record(self) -> DomainReview:
        """The domains that were given a score, or a reason only; read after validation."""
        scores = tuple(
            DomainScore(code, int(score.data), reason.data or "")
            for code, score, reason in self.domain_fields()
            if score.data
        )
        return DomainReview(self.reviewed_on.data, scores)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for _, score, reason in self.domain_fields():
            if reason.data and not score.data and not score.errors:
                score.errors = ["Choisissez une note, ou effacez ce que vous avez écrit dessous."]
                valid = False
        return valid


def domain_review_form(domains: Sequence[tuple[str, str]]) -> DomainReviewForm:
    """The review form of these domains."""
    fields: dict[str, Any] = {}
    for code, label in domains:
        fields[f"score_{code}"] = ChoiceField(label, Score.choices())
        fields[f"reason_{code}"] = TextField(f"{label} : ce qui fait choisir cette note", longest=1000)
    form: DomainReviewForm = type("DomainReviewForm", (DomainReviewForm,), fields)()
    return form


class HandOverForm(Form):
    """Who is asked to follow the child, and from when."""

    referent_id = ListField("Référente ou référent", needed="Choisissez qui suivra l’enfant.")
    since = DateField("À partir du", [Needed("Écrivez le premier jour.")])
    agreed = TickField("La personne a déjà accepté : elle suit l’enfant dès maintenant")


class HandOverAnswerForm(WatchedForm):
    """The answer of the person who is asked."""

    subject = "hand_over"
    reason = TextField("Si vous refusez, pourquoi", longest=500)


class NoteForm(WatchedForm, EditForm):
    """A follow-up note: the facts, then, apart, what one thinks of them."""

    subject = "follow_up_note"
    contact_kind = ChoiceField(
        "Comment s’est fait le contact ?", ContactKind.choices(), needed="Choisissez comment s’est fait le contact."
    )
    contact_on = DateField("Date", [Needed("Écrivez le jour du contact.")])
    with_whom = LineField("Avec qui", longest=NOTE_LENGTHS["with_whom"])
    minutes = NumberField("Durée en minutes", lowest=0, highest=MOST_MINUTES)
    field_class = ChoiceField(
        "De quoi parle cette note ?", needed="Choisissez de quoi parle la note : cela dit qui la lira."
    )
    observed = TextField(
        "Faits",
        [Needed("Écrivez au moins une phrase sur ce que vous avez vu ou entendu.")],
        longest=NOTE_LENGTHS["observed"],
    )
    appreciation = TextField("Votre appréciation", longest=NOTE_LENGTHS["appreciation"])
    objective_id = ListField("Objectif concerné")
    also = SeveralField("Cette note sert aussi à")
    next_step = LineField("Suite à donner", longest=NOTE_LENGTHS["next_step"])
    next_on = DateField("Pour le")

    def offer(
        self, classes: Iterable[FieldClass], objectives: Sequence[Objective], siblings: Sequence[Line] = ()
    ) -> None:
        """Hand in what the agreement covers, the pathway's objectives and the siblings that a new note may serve."""
        self.also.choices = [(str(line.situation_id), line.name) for line in siblings]
        self.field_class.choices = [(field.value, f"{field.label}. {_read_by(field)}") for field in classes]
        self.objective_id.choices = [(str(objective.id), objective.label) for objective in objectives]

    def as_record(self, note_id: int = 0) -> Note:
        """What was typed; read after validation."""
        return Note(
            contact_on=self.contact_on.data,
            contact_kind=ContactKind(self.contact_kind.data),
            minutes=self.minutes.data,
            objective_id=int(self.objective_id.data) if self.objective_id.data else None,
            field_class=FieldClass(self.field_class.data),
            observed=self.observed.data or "",
            appreciation=self.appreciation.data or "",
            next_step=self.next_step.data or "",
            next_on=self.next_on.data,
            with_whom=self.with_whom.data or "",
            id=note_id,
            version=self.version_read,
        )


def _read_by(field: FieldClass) -> str:
    return f"La liront : {join_words([role.label[:1].lower() + role.label[1:] for role in readers(field)])}"


class ExitForm(WatchedForm):
    """The end of a pathway; `exit_form` adds one field per objective."""

    subject = "pathway_exit"
    ended_on = DateField("Dernier jour", [Needed("Écrivez le dernier jour du parcours.")])
    reason = ListField("Motif de la sortie", needed="Choisissez le motif de la sortie.")
    relay = LineField("Relais vers les services de droit commun")
    child_opinion = TextField("Ce qu’en dit l’enfant", longest=2000)
    parents_opinion = TextField("Ce qu’en disent les parents", longest=2000)
    referent_opinion = TextField("Ce qu’en dit la référente ou le référent", longest=2000)
    missing = SeveralField("Ce qui n’a pas pu être recueilli", list(_NOT_TOLD.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for name in self.asked():
            told, ticked = bool(self[name].data), name in (self.missing.data or ())
            if not told and not ticked:
                self[name].errors = ["Écrivez-le, ou cochez plus bas que cela n’a pas pu être recueilli."]
            elif told and ticked:
                self.missing.errors = [f"{_NOT_TOLD[name]} : c’est écrit plus haut, ne le cochez pas."]
            valid = valid and told != ticked
        return valid

    def asked(self) -> list[str]:
        """The relay and the opinions, but for the fields switched off: each is told, or said to be missing."""
        return [name for name in _NOT_TOLD if not getattr(self[name], "off", False)]

    def result_fields(self) -> list[ChoiceField]:
        """One per objective, in their order."""
        return [field for field in self if field.name.startswith("result_")]

    def as_record(self) -> Exit:
        """What was typed; read after validation."""
        results = {
            int(field.name.removeprefix("result_")): ObjectiveResult(field.data) for field in self.result_fields()
        }
        levels = {
            int(field.name.removeprefix("level_")): int(field.data)
            for field in self
            if field.name.startswith("level_") and field.data
        }
        return Exit(
            self.ended_on.data,
            self.reason.data,
            self.relay.data or "",
            results,
            self.child_opinion.data or "",
            self.parents_opinion.data or "",
            self.referent_opinion.data or "",
            levels,
        )


def exit_form(objectives: Sequence[Objective], reasons: list[tuple[str, str]]) -> ExitForm:
    """The exit form of one pathway."""
    fields: dict[str, Any] = {}
    for known in objectives:
        fields[f"result_{known.id}"] = ChoiceField(known.label, _RESULTS, needed="Dites où en est cet objectif.")
        if known.starting_level:
            fields[f"level_{known.id}"] = ListField(f"Niveau atteint : {known.label}", _LEVELS)
    form: ExitForm = type("ExitForm", (ExitForm,), fields)()
    form.reason.choices = reasons
    for name in _NOT_TOLD:
        form[name].flags.needed = True
    return form


class ReopeningForm(WatchedForm):
    """A pathway that was over and starts again."""

    subject = "pathway_exit"
    reopened_on = DateField("Rouvert le", [Needed("Écrivez le premier jour de la reprise.")])
    reason = TextField("Pourquoi le parcours reprend", [Needed("Écrivez pourquoi le parcours reprend.")], longest=1000)
