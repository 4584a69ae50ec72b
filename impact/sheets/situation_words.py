"""The words of the follow-up table, one row per situation."""

from impact.pathways.vocabulary import Sex
from impact.sheets.lexicon import Lexicon
from impact.sheets.vocabulary import FIELDS, Answer, Column, Verdict
from impact.vocabulary import Term

HEADINGS: dict[Term, str] = {
    Column.NUMBER: "n dossier|numero|numero de dossier|dossier|n|id|identifiant|n de dossier",
    Column.RECEIVED_ON: "date d orientation|date orientation|orientation|oriente le|date de reception|recu le|"
    "date de saisine|date de la demande|date du signalement|date d entree dans le dispositif",
    Column.FAMILY_NAME: "nom de l enfant|nom|nom enfant|nom de famille",
    Column.GIVEN_NAME: "prenom|prenom de l enfant|prenom enfant|prenoms",
    Column.SEX: "sexe|genre|f g|f m|fille garcon",
    Column.BIRTH_DATE: "ne e le|ne le|nee le|date de naissance|naissance|ddn|ne ne e le",
    Column.POSTCODE: "cp|code postal",
    Column.SCHOOL: "ecole college|ecole|etablissement|etablissement scolaire|college|nom de l ecole",
    Column.UAI: "uai|rne|code uai|uai de l etablissement",
    Column.CLASS: "classe|niveau|niveau scolaire|classe frequentee",
    Column.ORIGIN: "oriente par|origine|orienteur|adresse par|origine de l orientation|prescripteur|origine du reperage",
    Column.MOTIVES: "motif s|motifs|motif|motif d orientation|motifs d orientation|problematique|problematiques",
    Column.AGREEMENT: "accord parents|accord des parents|accord parental|accord famille|accord de la famille|accord",
    Column.MEETING_ON: "date eps|eps|date de l eps|equipe pluridisciplinaire|date equipe de soutien|passage en eps",
    Column.DECISION: "decision|decision eps|decision de l eps|suite donnee|statut",
    Column.REFERENT: "referent|referente|referent de parcours|referent e|suivi par|coordonnateur",
    Column.STARTED_ON: "debut parcours|debut du parcours|date de debut|debut|date d entree|entree|debut de parcours",
    Column.ENDED_ON: "fin parcours|fin du parcours|date de fin|fin|date de sortie|sortie|fin de parcours",
    Column.EXPECTED_ON: "fin prevue|date de fin prevue|fin previsionnelle|echeance",
    Column.EXIT_REASON: "motif de sortie|motif sortie|raison de sortie|motif de fin|cause de sortie",
    Column.PROFILE: "profil|profil d accompagnement|profil de suivi|profil du parcours|profil pre",
    Column.PRIORITY_AREA: "qpv o n|qpv|quartier prioritaire|habite en qpv|en qpv",
    Column.HOURS: "heures|nb heures|nombre d heures|heures d accompagnement|volume horaire",
    Column.OBSERVATIONS: "observations|observation|commentaire|commentaires|remarques|notes",
}
_CLOSED: dict[Term, type[Term]] = {
    Column.SEX: Sex,
    Column.DECISION: Verdict,
    Column.AGREEMENT: Answer,
    Column.PRIORITY_AREA: Answer,
}
_WAYS: dict[Term, dict[Term, str]] = {
    Column.SEX: {Sex.GIRL: "f|fille|feminin", Sex.BOY: "g|garcon|m|masculin|h"},
    Column.DECISION: {
        Verdict.PATHWAY: "parcours|parcours pre|suivi|prise en charge|accepte",
        Verdict.REFUSED: "refus|non retenu|non retenue|refus eps|refus de l equipe",
        Verdict.FAMILY: "refus famille|refus de la famille|refus parents",
        Verdict.ELSEWHERE: "reorientation|reoriente|orientation autre|orientation ailleurs",
        Verdict.WAITING: "en attente|a revoir|ajourne|attente",
    },
}
# Words of the usage, by word of the lists that a PRE starts with.
_USAGE: dict[Term, dict[str, str]] = {
    Column.ORIGIN: {
        "ecole maternelle ou elementaire": "ecole|directrice ecole|directeur ecole|directrice|enseignante|enseignant",
        "college": "college|principal|cpe",
        "famille": "famille|parents|mere|pere",
        "services sociaux": "as de secteur|service social|assistante sociale|mds|ase",
        "protection maternelle et infantile": "pmi",
        "association centre social": "association|centre social",
    },
    Column.MOTIVES: {
        "resultats scolaires": "difficultes scolaires|scolarite",
        "langage maitrise du francais": "langage|orthophonie",
        "absences decrochage": "absenteisme|absences|decrochage",
        "difficultes familiales ou educatives": "parentalite|famille",
        "sante acces aux soins": "sante|soins",
        "confiance en soi repli": "mal etre|repli",
    },
    Column.EXIT_REASON: {
        "objectifs atteints": "obj atteints|atteints",
        "relais vers les services de droit commun": "relais droit commun|droit commun",
        "arret voulu par la famille": "arret par la famille|arret famille",
        "plus de nouvelles de la famille": "perdu de vue|perdue de vue",
    },
}

SITUATION_WORDS = Lexicon(
    columns=Column,
    needed=((Column.RECEIVED_ON,), (Column.FAMILY_NAME,)),
    fields=FIELDS,
    headings=HEADINGS,
    matched=(
        Column.SEX,
        Column.ORIGIN,
        Column.MOTIVES,
        Column.AGREEMENT,
        Column.DECISION,
        Column.REFERENT,
        Column.EXIT_REASON,
        Column.PROFILE,
        Column.PRIORITY_AREA,
    ),
    closed=_CLOSED,
    ways=_WAYS,
    usage=_USAGE,
    people=Column.REFERENT,
    adds_people=True,
)
