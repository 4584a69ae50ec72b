"""The words of a table of follow-up notes, one row per note."""

from impact.accounts.access import FieldClass
from impact.pathways.vocabulary import ContactKind
from impact.sheets.lexicon import Lexicon
from impact.sheets.situation_words import HEADINGS
from impact.sheets.vocabulary import FIELDS, Column
from impact.vocabulary import Term


class NoteColumn(Term):
    """What a column of a table of notes says; those of the child are called as in the follow-up table."""

    NUMBER = Column.NUMBER.value, Column.NUMBER.label
    FAMILY_NAME = Column.FAMILY_NAME.value, Column.FAMILY_NAME.label
    GIVEN_NAME = Column.GIVEN_NAME.value, Column.GIVEN_NAME.label
    BIRTH_DATE = Column.BIRTH_DATE.value, Column.BIRTH_DATE.label
    AUTHOR = "author", "Écrite par"
    CONTACT_ON = "contact_on", "Contact le"
    CONTACT_KIND = "contact_kind", "Moyen"
    WITH_WHOM = "with_whom", "Avec qui"
    MINUTES = "minutes", "Durée en minutes"
    NOTE_HOURS = "note_hours", "Durée en heures"
    FIELD_CLASS = "field_class", "Domaine"
    OBSERVED = "observed", "Ce qui est observé"
    APPRECIATION = "appreciation", "Ce qu’on en pense"
    NEXT_STEP = "next_step", "Suite à donner"
    NEXT_ON = "next_on", "Pour le"
    NEXT_DONE_ON = "next_done_on", "Faite le"


_HEADINGS: dict[Term, str] = {
    NoteColumn.NUMBER: HEADINGS[Column.NUMBER],
    NoteColumn.FAMILY_NAME: HEADINGS[Column.FAMILY_NAME]
    + "|enfant|eleve|nom prenom|nom et prenom|nom et prenom de l enfant|nom prenom de l enfant",
    NoteColumn.GIVEN_NAME: HEADINGS[Column.GIVEN_NAME],
    NoteColumn.BIRTH_DATE: HEADINGS[Column.BIRTH_DATE],
    NoteColumn.AUTHOR: "ecrite par|ecrit par|auteur|autrice|auteur e|redige par|redacteur|redactrice|saisi par|intervenant|"
    "intervenante|" + HEADINGS[Column.REFERENT],
    NoteColumn.CONTACT_ON: "contact le|date|date du contact|date de contact|jour|le|jour du contact|date de la note|"
    "date du suivi|date de l entretien|date entretien|date de la visite|date de l appel|date rdv|date du rendez vous",
    NoteColumn.CONTACT_KIND: "moyen|type de contact|type|nature|nature du contact|contact|modalite|forme|"
    "moyen de contact|mode de contact|type d entretien|type d intervention",
    NoteColumn.WITH_WHOM: "avec qui|avec|interlocuteur|interlocuteurs|personne rencontree|personnes rencontrees|"
    "personnes presentes|participants",
    NoteColumn.MINUTES: "duree en minutes|minutes|duree|duree mn|duree min|duree minutes|temps|temps en minutes|"
    "nb minutes|nombre de minutes",
    NoteColumn.NOTE_HOURS: "duree en heures|duree heures|duree h|heures|nb heures|nombre d heures|temps en heures|temps h",
    NoteColumn.FIELD_CLASS: "domaine|theme|thematique|de quoi parle la note|de quoi parle cette note",
    NoteColumn.OBSERVED: "ce qui est observe|faits|observations|observation|compte rendu|contenu|note|notes|texte|constat|"
    "constats|description|resume|commentaire|commentaires|remarques",
    NoteColumn.APPRECIATION: "ce qu on en pense|appreciation|votre appreciation|avis|analyse|ressenti|interpretation",
    NoteColumn.NEXT_STEP: "suite a donner|suite|suites|suites a donner|a faire|prochaine etape|prochaine action",
    NoteColumn.NEXT_ON: "pour le|echeance|a faire pour le|date de la suite|suite pour le|prochain rdv|prochain rendez vous",
    NoteColumn.NEXT_DONE_ON: "faite le|fait le|suite donnee le",
}
_WAYS: dict[Term, dict[Term, str]] = {
    NoteColumn.CONTACT_KIND: {
        ContactKind.HOME_VISIT: "visite|vad|domicile|a domicile|visite domicile|visite a la maison",
        ContactKind.INTERVIEW: "rdv|rendez vous|rencontre|entretien physique|entretien bureau|bureau|permanence|accueil",
        ContactKind.CALL: "tel|telephone|appel telephonique|entretien telephonique|coup de fil|contact telephonique|phone",
        ContactKind.SCHOOL: "ecole|college|etablissement|rencontre ecole|reunion ecole|equipe educative",
        ContactKind.MESSAGE: "sms|mail|courriel|email|e mail|courrier|lettre|texto|whatsapp",
        ContactKind.OTHER: "autres|divers",
    },
    NoteColumn.FIELD_CLASS: {
        FieldClass.SCHOOL: "scolarite|scolaire|college",
        FieldClass.SOCIAL: "famille|social|vie sociale|parentalite|loisirs|culture|logement",
        FieldClass.HEALTH: "soins|soin|medical|sante acces aux soins",
        FieldClass.JUSTICE: "justice|protection|protection de l enfance|ase",
    },
}
_FIELDS: dict[Term, str] = {
    NoteColumn.NUMBER: FIELDS[Column.NUMBER],
    NoteColumn.WITH_WHOM: "follow_up_note.with_whom",
    NoteColumn.MINUTES: "follow_up_note.minutes",
    NoteColumn.NOTE_HOURS: "follow_up_note.minutes",
    NoteColumn.APPRECIATION: "follow_up_note.appreciation",
    NoteColumn.NEXT_STEP: "follow_up_note.next_step",
    NoteColumn.NEXT_ON: "follow_up_note.next_step",
    NoteColumn.NEXT_DONE_ON: "follow_up_note.next_step",
}

NOTE_WORDS = Lexicon(
    columns=NoteColumn,
    needed=((NoteColumn.FAMILY_NAME, NoteColumn.NUMBER), (NoteColumn.CONTACT_ON,), (NoteColumn.OBSERVED,)),
    fields=_FIELDS,
    headings=_HEADINGS,
    matched=(NoteColumn.CONTACT_KIND, NoteColumn.FIELD_CLASS, NoteColumn.AUTHOR),
    closed={NoteColumn.CONTACT_KIND: ContactKind, NoteColumn.FIELD_CLASS: FieldClass},
    ways=_WAYS,
    usage={},
    people=NoteColumn.AUTHOR,
    adds_people=False,
    memory="note",
)
