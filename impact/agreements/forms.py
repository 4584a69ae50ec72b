"""Forms of texts, amendments, votes, signatures and decisions."""

from collections.abc import Sequence
from datetime import date

from impact.accounts.guards import today
from impact.agreements.records import Agreement, Amendment, Decision, Paragraph, Terms
from impact.agreements.vocabulary import Abstention, Choice, Electorate, TextKind, VotingRule
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
)

ACCEPT, REFUSE = "accept", "refuse"
_TITLE = Needed("Écrivez le titre du texte. Exemple : Charte de la communauté.")
_HEADING = Needed("Écrivez le titre de l’article. Exemple : Comment nous décidons.")
_BODY = Needed("Écrivez le texte de l’article.")
LONGEST_BODY = 5000


class AgreementForm(Form):
    """What a new text is."""

    kind = ChoiceField("Sorte de texte", TextKind.choices(), needed="Choisissez la sorte de texte.")
    title = LineField("Titre", [_TITLE])
    amends_id = ListField("Texte qu’il modifie ou complète")

    def as_record(self, today: date) -> Agreement:
        """The text as typed."""
        amends = int(self.amends_id.data) if self.amends_id.data else None
        return Agreement(0, TextKind(self.kind.data), str(self.title.data), amends, today)


class TitleForm(EditForm):
    """Another title."""

    title = LineField("Titre", [_TITLE])


class ParagraphForm(EditForm):
    """The words of an article."""

    heading = LineField("Titre de l’article", [_HEADING])
    body = TextField("Texte", [_BODY], longest=LONGEST_BODY)

    def as_record(self, article_id: int) -> Paragraph:
        """The words as typed."""
        return Paragraph(article_id, 0, str(self.heading.data), str(self.body.data), self.version_read)


class CommentForm(Form):
    """Something to say about an article."""

    body = TextField("Votre commentaire", [Needed("Écrivez votre commentaire.")], longest=2000)


class AmendmentForm(Form):
    """Other words, and why."""

    heading = LineField("Titre de l’article", [_HEADING])
    body = TextField("Texte que vous proposez", [_BODY], longest=LONGEST_BODY)
    reason = TextField("Pourquoi", [Needed("Écrivez en une phrase ce que cela change.")], longest=2000)

    def as_record(self, agreement_id: int, article_id: int | None, today: date) -> Amendment:
        """The amendment as typed; its author is the person who acts."""
        heading, body, reason = (str(field.data) for field in (self.heading, self.body, self.reason))
        return Amendment(0, agreement_id, article_id, "", today, heading, body, reason)


class AnswerForm(EditForm):
    """Accept or refuse, and why; the version is that of the article which was read."""

    verdict = ChoiceField(
        "Réponse",
        [(ACCEPT, "Accepter : ces mots entrent dans le texte"), (REFUSE, "Refuser")],
        needed="Choisissez d’accepter ou de refuser.",
    )
    answer = TextField("Raison", [Needed("Écrivez la raison : chacun la lira sous l’amendement.")], longest=2000)

    @property
    def is_accepted(self) -> bool:
        """Whether the amendment enters the text."""
        return str(self.verdict.data) == ACCEPT


class BallotForm(Form):
    """Everything that is declared before a vote opens."""

    electorate = ChoiceField("Qui vote", Electorate.choices(), needed="Choisissez qui vote.")
    organisations = SeveralField("Structures qui ont une voix")
    members = SeveralField("Personnes qui ont une voix")
    quorum = NumberField(
        "Quorum",
        [Needed("Écrivez combien de votes il faut pour que le vote soit valable.")],
        highest=10_000,
        above_zero=True,
    )
    rule = ChoiceField("Règle de décision", VotingRule.choices(), needed="Choisissez la règle de décision.")
    abstention = ChoiceField("Ce que veut dire une abstention", Abstention.choices(), needed="Choisissez son sens.")
    opens_on = DateField("Ouverture", [Needed("Écrivez le premier jour du vote. Exemple : 05/09/2026.")])
    closes_on = DateField("Clôture", [Needed("Écrivez le dernier jour du vote. Exemple : 26/09/2026.")])

    def offer(self, organisations: Sequence[tuple[str, str]], members: Sequence[tuple[str, str]]) -> None:
        """Who may be given a voice."""
        self.organisations.choices, self.members.choices = list(organisations), list(members)

    def as_record(self) -> Terms:
        """The terms as ticked and typed; the list that does not vote is left out."""
        electorate = Electorate(self.electorate.data)
        field = self.organisations if electorate is Electorate.ORGANISATIONS else self.members
        return Terms(
            rule=VotingRule(self.rule.data),
            quorum=int(self.quorum.data),
            electorate=electorate,
            abstention=Abstention(self.abstention.data),
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            entitled=tuple(int(value) for value in field.data or []),
        )


class VoteForm(Form):
    """One vote."""

    choice = ChoiceField("Adopter cette version ?", Choice.choices(), needed="Choisissez pour, contre ou abstention.")
    explanation = TextField("Un mot d’explication", longest=1000)


class SignForm(Form):
    """An organisation signs, by somebody, on a day."""

    organisation_id = ListField("Structure", needed="Choisissez la structure qui signe.")
    member_id = ListField("Personne qui signe pour elle")
    signed_on = DateField(
        "Jour de la signature", [Needed("Écrivez le jour de la signature. Exemple : 05/09/2026.")], latest=today
    )


class DecisionForm(EditForm):
    """A decision, and the disagreement that remains."""

    wording = TextField("Décision", [Needed("Écrivez ce qui est décidé, en une phrase.")], longest=2000)
    decided_on = DateField("Date", [Needed("Écrivez le jour de la décision. Exemple : 05/09/2026.")], latest=today)
    decided_by = LineField("Qui a décidé", [Needed("Écrivez qui a décidé. Exemple : le comité de pilotage.")])
    disagreement = TextField("Désaccord", longest=2000)
    disagreeing = LineField("Qui n’est pas d’accord")
    would_settle = TextField("Ce qui le trancherait", longest=2000)
    settled_on = DateField("Désaccord levé le", latest=today)

    def as_record(self, decision_id: int = 0) -> Decision:
        """The decision as typed."""
        return Decision(
            id=decision_id,
            decided_on=self.decided_on.data,
            wording=str(self.wording.data),
            decided_by=str(self.decided_by.data),
            disagreement=self.disagreement.data or "",
            disagreeing=self.disagreeing.data or "",
            would_settle=self.would_settle.data or "",
            settled_on=self.settled_on.data,
            version=self.version_read,
        )
