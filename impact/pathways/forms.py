"""Forms of the follow-up."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from impact.accounts.access import FieldClass
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
    read_date,
)
from impact.identities import Identity
from impact.pathways.records import (
    Attendance,
    Consent,
    Decision,
    DomainReview,
    DomainScore,
    Exit,
    Meeting,
    Note,
    Objective,
    Orientation,
    Situation,
)
from impact.pathways.rules import CONSENT_CLASSES
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, Presence, Relation, Score, Sex

OBJECTIVES = (1, 2, 3)
_RESULTS = ObjectiveResult.choices()


class SituationForm(EditForm):
    """A situation received: the child, where it comes from, why."""

    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", longest=100)
    birth_day = LineField("Jour", longest=2)
    birth_month = LineField("Mois", longest=2)
    birth_year = LineField("Année", longest=4)
    sex = ChoiceField("Sexe", Sex.choices(), needed="Choisissez une réponse ; « non précisé » en est une.")
    received_on = DateField("Reçue le", [Needed("Écrivez le jour où la situation est arrivée.")])
    origin = ListField("Adressée par", needed="Choisissez qui a adressé l’enfant.")
    motive_1 = ListField("Premier motif", needed="Choisissez au moins un motif.")
    motive_2 = ListField("Deuxième motif")
    motive_3 = ListField("Troisième motif")
    context = TextField("Ce qui est demandé", longest=2000)
    confirm_age = TickField("L’âge est exact")
    known = ChoiceField("Est-ce le même enfant ?")

    birth_date: date | None = None

    def offer(self, motives: list[tuple[str, str]], origins: list[tuple[str, str]]) -> None:
        """Hand in the entries of the reference lists."""
        self.origin.choices = origins
        for field in (self.motive_1, self.motive_2, self.motive_3):
            field.choices = motives

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not (self.given_name.data or self.family_name.data):
            self.given_name.errors = ["Écrivez au moins un prénom ou un nom."]
            valid = False
        try:
            self.birth_date = read_birth([str(part.data or "") for part in self.birth_fields])
        except ValueError as error:
            self.birth_day.errors = [str(error)]
            valid = False
        return valid

    @property
    def birth_fields(self) -> tuple[LineField, LineField, LineField]:
        """Day, month, year."""
        return self.birth_day, self.birth_month, self.birth_year

    def child(self) -> Identity:
        """The child as typed."""
        return Identity(self.family_name.data or "", self.given_name.data or "", self.birth_date)

    def as_record(self) -> Situation:
        """What was typed; read after validation."""
        motives = [field.data for field in (self.motive_1, self.motive_2, self.motive_3) if field.data]
        return Situation(
            child=self.child(),
            sex=Sex(self.sex.data),
            received_on=self.received_on.data,
            origin=self.origin.data,
            motives=tuple(dict.fromkeys(motives)),
            context=self.context.data or "",
            version=self.version_read,
        )


class OrientationForm(EditForm):
    """The orientation sheet beyond the situation: who sends it, what was tried, what the family wishes."""

    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", [Needed("Écrivez le nom de la personne qui adresse l’enfant.")], longest=100)
    sender_role = LineField("Fonction", longest=100)
    institution = LineField("Institution", [Needed("Écrivez le nom de l’institution, ou « Famille ».")], longest=120)
    tried = TextField("Ce qui a déjà été essayé", longest=2000)
    informed_by = LineField("Les parents ont été informés par", longest=120)
    informed_on = DateField("Informés le")
    child_wish = TextField("Ce que l’enfant souhaite", longest=2000)
    parents_wish = TextField("Ce que les parents souhaitent", longest=2000)

    def as_record(self) -> Orientation:
        """What was typed; read after validation."""
        return Orientation(
            sender=Identity(self.family_name.data or "", self.given_name.data or ""),
            sender_role=self.sender_role.data or "",
            institution=self.institution.data or "",
            tried=self.tried.data or "",
            informed_by=self.informed_by.data or "",
            informed_on=self.informed_on.data,
            child_wish=self.child_wish.data or "",
            parents_wish=self.parents_wish.data or "",
            version=self.version_read,
        )


class ConsentForm(Form):
    """The agreement of a legal representative."""

    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", [Needed("Écrivez le nom de la personne qui donne l’accord.")], longest=100)
    relation = ChoiceField("Lien avec l’enfant", Relation.choices(), needed="Dites qui est cette personne.")
    given_on = DateField("Donné le", [Needed("Écrivez le jour de l’accord.")])
    means = ChoiceField("Comment", Means.choices(), needed="Dites si l’accord est écrit ou donné de vive voix.")
    scope = SeveralField(
        "L’accord couvre",
        [(field.value, field.label) for field in CONSENT_CLASSES],
        needed="Cochez au moins un domaine : sans lui, rien ne peut être écrit.",
    )
    text_version = LineField(
        "Texte présenté", [Needed("Écrivez quel texte a été lu ou signé, avec sa version.")], longest=120
    )

    def as_record(self) -> Consent:
        """What was typed; read after validation."""
        return Consent(
            given_by=Identity(self.family_name.data or "", self.given_name.data or ""),
            relation=Relation(self.relation.data),
            given_on=self.given_on.data,
            means=Means(self.means.data),
            scope=frozenset(FieldClass(value) for value in self.scope.data or ()),
            text_version=self.text_version.data or "",
        )


class WithdrawalForm(Form):
    """The day on which the agreement was withdrawn."""

    withdrawn_on = DateField("Retiré le", [Needed("Écrivez le jour du retrait.")])


class DecisionForm(Form):
    """What the support team decided."""

    outcome = ChoiceField("Décision de l’équipe", Outcome.choices(), needed="Choisissez la décision.")
    decided_on = DateField("Décidé le", [Needed("Écrivez le jour de la réunion.")])
    reason = TextField("Raison", longest=1000)

    def as_record(self) -> Decision:
        """What was typed; read after validation."""
        return Decision(self.decided_on.data, Outcome(self.outcome.data), self.reason.data or "")


class MeetingForm(EditForm):
    """A meeting of the support team."""

    held_on = DateField("Date de la réunion", [Needed("Écrivez le jour de la réunion.")])
    place = LineField("Lieu", [Needed("Écrivez où l’équipe se réunit.")], longest=120)
    next_on = DateField("Réunion suivante")
    invited = SeveralField("Institutions conviées")

    def as_record(self, meeting_id: int = 0) -> Meeting:
        """What was typed; read after validation."""
        day, place = self.held_on.data, self.place.data or ""
        return Meeting(day, place, self.next_on.data, id=meeting_id, version=self.version_read)

    def invited_ids(self) -> list[int]:
        """The institutions ticked."""
        return [int(value) for value in self.invited.data or ()]


class AgendaForm(Form):
    """The situations that the team will look at."""

    situations = SeveralField("Situations à l’ordre du jour")

    def chosen_ids(self) -> list[int]:
        """The situations ticked."""
        return [int(value) for value in self.situations.data or ()]


class MeetingPresenceForm(Form):
    """Who came; `presence_form` adds one field per institution invited."""

    def institution_fields(self) -> list[ChoiceField]:
        """One per institution, in their order."""
        return [field for field in self if field.name.startswith("presence_")]

    def as_record(self) -> dict[int, Presence]:
        """What was ticked, by institution; read after validation."""
        return {int(f.name.removeprefix("presence_")): Presence(f.data) for f in self.institution_fields()}


class MeetingDecisionForm(Form):
    """What the team decided of one situation at its meeting."""

    outcome = ChoiceField("Décision de l’équipe", Outcome.choices(), needed="Choisissez la décision.")
    review_on = DateField("À revoir le")
    reason = TextField("Raison", longest=1000)

    def as_record(self, held_on: date) -> Decision:
        """What was typed, dated of the meeting; read after validation."""
        return Decision(held_on, Outcome(self.outcome.data), self.reason.data or "")


class StartForm(Form):
    """The pathway, its referent and its first objectives."""

    started_on = DateField("Premier jour", [Needed("Écrivez le premier jour du parcours.")])
    review_on = DateField("Prochain bilan")
    referent_id = ListField("Référente ou référent", needed="Choisissez qui suivra l’enfant.")
    objective_1 = LineField("Premier objectif", [Needed("Écrivez au moins un objectif, convenu avec la famille.")])
    start_1 = LineField("Point de départ", [Needed("Écrivez d’où part l’enfant : sans lui, on ne voit pas le chemin.")])
    objective_2 = LineField("Deuxième objectif")
    start_2 = LineField("Point de départ du deuxième objectif")
    objective_3 = LineField("Troisième objectif")
    start_3 = LineField("Point de départ du troisième objectif")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for label, start in self.pairs()[1:]:
            if bool(label.data) != bool(start.data):
                missing = start if label.data else label
                missing.errors = ["Écrivez l’objectif et son point de départ, ou aucun des deux."]
                valid = False
        return valid

    def pairs(self) -> list[tuple[LineField, LineField]]:
        """Each objective's field with its starting point's."""
        return [(self[f"objective_{rank}"], self[f"start_{rank}"]) for rank in OBJECTIVES]

    def as_records(self) -> list[Objective]:
        """The objectives that were typed."""
        return [Objective(label.data, start.data or "") for label, start in self.pairs() if label.data]


class ObjectiveForm(Form):
    """One more objective."""

    label = LineField("Objectif convenu avec la famille", [Needed("Écrivez l’objectif.")])
    starting_point = LineField("Point de départ", [Needed("Écrivez d’où part l’enfant.")])

    def as_record(self) -> Objective:
        """What was typed; read after validation."""
        return Objective(self.label.data or "", self.starting_point.data or "")


class ReviewForm(EditForm):
    """The next review."""

    review_on = DateField("Prochain bilan")


class DomainReviewForm(Form):
    """A review; `domain_review_form` adds a score and a reason per domain."""

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


class ReferentForm(EditForm):
    """Who follows the child from now on."""

    referent_id = ListField("Référente ou référent", needed="Choisissez qui suivra l’enfant.")
    since = DateField("À partir du", [Needed("Écrivez le premier jour.")])


class NoteForm(EditForm):
    """A follow-up note: the facts, then, apart, what one thinks of them."""

    contact_kind = ChoiceField(
        "Comment s’est fait le contact ?", ContactKind.choices(), needed="Choisissez comment s’est fait le contact."
    )
    contact_on = DateField("Date", [Needed("Écrivez le jour du contact.")])
    minutes = NumberField("Durée en minutes", lowest=0, highest=1440)
    field_class = ChoiceField("De quoi parle cette note ?", needed="Choisissez de quoi parle la note.")
    observed = TextField(
        "Faits", [Needed("Écrivez au moins une phrase sur ce que vous avez vu ou entendu.")], longest=5000
    )
    appreciation = TextField("Votre appréciation", longest=3000)
    objective_id = ListField("Objectif concerné")
    next_step = LineField("Suite à donner", longest=300)
    next_on = DateField("Pour le")

    def offer(self, classes: Iterable[FieldClass], objectives: Sequence[Objective]) -> None:
        """Hand in what the agreement covers and the pathway's objectives."""
        self.field_class.choices = [(field.value, field.label) for field in classes]
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
            id=note_id,
            version=self.version_read,
        )


class ExitForm(Form):
    """The end of a pathway; `exit_form` adds one field per objective."""

    ended_on = DateField("Dernier jour", [Needed("Écrivez le dernier jour du parcours.")])
    reason = ListField("Motif de la sortie", needed="Choisissez le motif de la sortie.")
    relay = LineField("Relais")
    child_opinion = TextField("Ce qu’en dit l’enfant", longest=2000)
    parents_opinion = TextField("Ce qu’en disent les parents", longest=2000)
    referent_opinion = TextField("Ce qu’en dit la référente ou le référent", longest=2000)

    def result_fields(self) -> list[ChoiceField]:
        """One per objective, in their order."""
        return [field for field in self if field.name.startswith("result_")]

    def as_record(self) -> Exit:
        """What was typed; read after validation."""
        results = {
            int(field.name.removeprefix("result_")): ObjectiveResult(field.data) for field in self.result_fields()
        }
        return Exit(
            self.ended_on.data,
            self.reason.data,
            self.relay.data or "",
            results,
            self.child_opinion.data or "",
            self.parents_opinion.data or "",
            self.referent_opinion.data or "",
        )


class ReferenceItemForm(Form):
    """One more entry of a list."""

    label = LineField("Intitulé", [Needed("Écrivez l’intitulé, tel qu’il sera proposé.")], longest=80)
    source = LineField("Source", [Needed("Écrivez d’où vient ce mot : une enquête, une réunion, un texte.")])


def exit_form(objectives: Sequence[Objective], reasons: list[tuple[str, str]]) -> ExitForm:
    """The exit form of one pathway."""
    fields = {
        f"result_{known.id}": ChoiceField(known.label, _RESULTS, needed="Dites où en est cet objectif.")
        for known in objectives
    }
    form: ExitForm = type("ExitForm", (ExitForm,), fields)()
    form.reason.choices = reasons
    return form


def presence_form(attendance: Sequence[Attendance]) -> MeetingPresenceForm:
    """The attendance sheet of one meeting."""
    fields = {
        f"presence_{known.organisation_id}": ChoiceField(
            known.name, Presence.choices(), needed="Dites si cette institution est venue.", default=known.presence.value
        )
        for known in attendance
    }
    form: MeetingPresenceForm = type("PresenceForm", (MeetingPresenceForm,), fields)()
    return form


def read_birth(parts: Sequence[str]) -> date | None:
    """Day, month and year typed apart; None when all are empty; raises ValueError with what to correct."""
    if not any(parts):
        return None
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        raise ValueError("Écrivez le jour, le mois et l’année en chiffres : 14, 3 et 2017.")
    birth = read_date("/".join(parts))
    if birth.year < 1900:
        raise ValueError("Cette année est trop ancienne : corrigez l’année de naissance.")
    return birth
