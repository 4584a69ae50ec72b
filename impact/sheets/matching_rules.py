"""What columns and values most probably mean: proposed, then corrected by the person and remembered."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from impact.pathways.vocabulary import Sex
from impact.sheets.cells import Cell, read_answer, read_day, read_mandates, read_words, text_of
from impact.sheets.records import Plan
from impact.sheets.vocabulary import Answer, Column, Verdict
from impact.wording import fold

Rows = Sequence[Sequence[Cell]]
Memory = Mapping[tuple[str, str], str]
HEADINGS = ""
# Columns whose values are matched one by one.
MATCHED = (
    Column.SEX,
    Column.ORIGIN,
    Column.MOTIVES,
    Column.AGREEMENT,
    Column.DECISION,
    Column.REFERENT,
    Column.EXIT_REASON,
    Column.PROFILE,
    Column.PRIORITY_AREA,
)
REFUSE = "!"
_HEADINGS: dict[Column, str] = {
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
_BY_HEADING = {said: column for column, all_said in _HEADINGS.items() for said in all_said.split("|")}
_CLOSED: dict[Column, dict[str, str]] = {
    Column.SEX: {"f": Sex.GIRL, "fille": Sex.GIRL, "feminin": Sex.GIRL, "g": Sex.BOY, "garcon": Sex.BOY, "m": Sex.BOY,
        "masculin": Sex.BOY, "h": Sex.BOY},
    Column.DECISION: {"parcours": Verdict.PATHWAY, "parcours pre": Verdict.PATHWAY, "suivi": Verdict.PATHWAY,
        "prise en charge": Verdict.PATHWAY, "accepte": Verdict.PATHWAY, "refus": Verdict.REFUSED,
        "non retenu": Verdict.REFUSED, "non retenue": Verdict.REFUSED, "refus eps": Verdict.REFUSED,
        "refus de l equipe": Verdict.REFUSED, "refus famille": Verdict.FAMILY, "refus de la famille": Verdict.FAMILY,
        "refus parents": Verdict.FAMILY, "reorientation": Verdict.ELSEWHERE, "reoriente": Verdict.ELSEWHERE,
        "orientation autre": Verdict.ELSEWHERE, "orientation ailleurs": Verdict.ELSEWHERE,
        "en attente": Verdict.WAITING, "a revoir": Verdict.WAITING, "ajourne": Verdict.WAITING,
        "attente": Verdict.WAITING},
}  # fmt: skip
_CHOICES: dict[Column, list[tuple[str, str]]] = {
    Column.SEX: Sex.choices(),
    Column.DECISION: Verdict.choices(),
    Column.AGREEMENT: Answer.choices(),
    Column.PRIORITY_AREA: Answer.choices(),
}
# Words of the usage, by word of the lists that a PRE starts with.
_USAGE = {
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
_STOPPED = re.compile(r"(?:arr[êe]t[ée]e?|au)\s+(?:au\s+|le\s+)?(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
_TITLES = frozenset({"m", "mme", "mlle", "mr", "monsieur", "madame"})


def heading_key(heading: Cell) -> str:
    """A heading as it is remembered."""
    return fold(text_of(heading))


def propose_sheet(sheets: Sequence[tuple[str, Rows]]) -> int:
    """The sheet with most known headings."""
    return max(range(len(sheets)), key=lambda i: _known_headings(sheets[i][1][propose_heading_row(sheets[i][1]) - 1]))


def propose_heading_row(rows: Rows) -> int:
    """The number of the row with most known headings among the first thirty, 1 when there is none."""
    first = rows[:30]
    return 1 + max(range(len(first)), key=lambda i: (_known_headings(first[i]), -i), default=0)


def propose_day(rows: Rows, heading_row: int, today: date) -> date:
    """The day at which the table says it was stopped, above its headings; today otherwise."""
    for row in rows[: heading_row - 1]:
        for cell in row:
            found = _STOPPED.search(text_of(cell))
            day = read_day(found[1])[0] if found else None
            if day and day <= today:
                return day
    return today


def propose_columns(headings: Sequence[Cell], memory: Memory) -> dict[int, Column]:
    """Column by position, remembered first; a column is proposed once."""
    found: dict[int, Column] = {}
    for position, heading in enumerate(headings):
        key = heading_key(heading)
        said = memory.get((HEADINGS, key))
        column = Column(said) if said else None if said == "" else _BY_HEADING.get(key)
        if column and column not in found.values():
            found[position] = column
    return found


def said_values(rows: Rows, plan: Plan, column: Column, labels: Sequence[str] = ()) -> list[tuple[str, str, int]]:
    """Folded value, how it is written most often, how many cells: the values to match, most frequent first."""
    position = next((at for at, known in plan.columns.items() if known is column), None)
    if position is None:
        return []
    ways: dict[str, Counter[str]] = {}
    whole = {fold(label) for label in labels}
    for row in rows[plan.heading_row :]:
        for word in _values(row[position] if position < len(row) else None, column, whole):
            ways.setdefault(meaning_key(word), Counter())[word] += 1
    found = [(key, said.most_common(1)[0][0], said.total()) for key, said in ways.items()]
    return sorted(found, key=lambda each: (-each[2], each[0]))


def meaning_key(word: str) -> str:
    """A value as it is remembered: folded, or as it is when nothing is left of it."""
    return fold(word) or word.strip()


def propose_meanings(
    values: Sequence[tuple[str, str, int]], column: Column, labels: Sequence[str], memory: Memory
) -> dict[str, str]:
    """Meaning by folded value: remembered, in the lists, in usage, resembling; else itself for an open list."""
    if column is Column.REFERENT:
        proposed = propose_referents([(key, said) for key, said, _ in values], labels)
    else:
        proposed = {key: _propose(key, said, column, labels) for key, said, _ in values}
    return {key: memory.get((column.value, key), meaning) for key, meaning in proposed.items()}


def propose_referents(values: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, str]:
    """One name for « NOM Prénom », « prénom nom » and « Mme Nom »; the names of the directory come first."""
    people: dict[tuple[str, ...], str] = {tuple(sorted(fold(name).split())): name for name in names}
    untitled = {key: [word for word in key.split() if word not in _TITLES] for key, _ in values}
    for key, said in values:
        words = tuple(sorted(untitled[key]))
        if len(words) > 1 and words == tuple(sorted(key.split())) and said != said.upper():
            better = _tidy_name(said)
            if words not in people or (people[words] not in names and _reads_better(said, people[words])):
                people[words] = better
    proposed: dict[str, str] = {}
    for key, said in values:
        words = tuple(sorted(untitled[key]))
        same = [name for known, name in people.items() if known == words] or [
            name for known, name in people.items() if words and set(words) <= set(known)
        ]
        proposed[key] = same[0] if len(set(same)) == 1 else _tidy_name(said)
    return proposed


def offered(column: Column, labels: Sequence[str]) -> list[tuple[str, str]]:
    """What a value of this column may mean."""
    return _CHOICES.get(column) or [(label, label) for label in labels]


def _values(cell: Cell, column: Column, whole: Collection[str]) -> list[str]:
    if column is Column.MOTIVES:
        return read_words(cell, whole)
    if column is Column.REFERENT:
        return [name for name, _ in read_mandates(cell) or [] if name]
    return [text_of(cell)] if text_of(cell) else []


def _propose(key: str, said: str, column: Column, labels: Sequence[str]) -> str:
    if column in (Column.AGREEMENT, Column.PRIORITY_AREA):
        answer = read_answer(said)
        return answer.value if answer else REFUSE
    known = _CLOSED.get(column)
    if known is not None:
        by_label = {fold(label): value for value, label in _CHOICES[column]}
        return str(known.get(key) or by_label.get(key) or REFUSE)
    by_key = {fold(label): label for label in labels}
    if key in by_key:
        return by_key[key]
    for label, ways in _USAGE.get(column, {}).items():
        if key in ways.split("|") and label in by_key:
            return by_key[label]
    near = get_close_matches(key, by_key, n=1, cutoff=0.88)
    return by_key[near[0]] if near else said.strip()


def _known_headings(row: Sequence[Cell]) -> int:
    return len({_BY_HEADING[heading_key(cell)] for cell in row if heading_key(cell) in _BY_HEADING})


def _tidy_name(said: str) -> str:
    words = [word for word in said.split() if fold(word) not in _TITLES]
    if len(words) > 1 and words[0].isupper() and not words[-1].isupper():
        words = [*words[1:], words[0]]
    return " ".join(word.capitalize() if word.isupper() or word.islower() else word for word in words)


def _reads_better(said: str, kept: str) -> bool:
    return said == said.title() and kept != kept.title()
