"""`impact import questionnaire` and `impact import answers`: the same imports without pages."""

from argparse import Namespace

from impact.audit import SYSTEM
from impact.commands import open_community, tell
from impact.exceptions import NotFound, Unusable
from impact.instance import Instance
from impact.periods import local_today
from impact.sheets.reading import Sheets, read_sheets
from impact.wording import plural
from surveys.exchange.answers_in import read_first_sheet
from surveys.exchange.files import read_questionnaire
from surveys.exchange.storage import store_answers
from surveys.own_storage import add_own
from surveys.storage import get_wave


def import_questionnaire(place: Instance, arguments: Namespace) -> int:
    """Tell what is not taken up, then store the questionnaire unless it is only tried; status 1 when something is left."""
    db = open_community(place, arguments.community)
    try:
        taken = read_questionnaire(_sheets(arguments))
        for each in taken.left:
            tell(f"Ligne {each.line} : {each.message}" if each.line else each.message)
        told = f"« {taken.questionnaire.title} », {plural(len(taken.questionnaire.asked), 'question')}"
        if arguments.dry_run:
            tell(f"Rien n’est écrit. L’import ferait : {told}.")
        else:
            add_own(db, SYSTEM, taken.questionnaire)
            tell(f"Importé : {told}.")
    finally:
        db.close()
    return int(bool(taken.left))


def import_answers(place: Instance, arguments: Namespace) -> int:
    """Tell every line refused, then store the others unless it is only tried; status 1 when lines are refused."""
    if arguments.wave is None:
        raise Unusable("Dites dans quelle vague : --wave NUMÉRO (le dernier nombre de l’adresse de sa page).")
    db = open_community(place, arguments.community)
    try:
        try:
            wave = get_wave(db, arguments.wave)
        except NotFound:
            raise Unusable(f"Aucune vague ne porte le numéro {arguments.wave}.") from None
        reading = read_first_sheet(wave.questionnaire, wave.id, _sheets(arguments))
        for each in reading.refused:
            tell(f"Refus : ligne {each.line} : {each.message}")
        for each in reading.doubtful:
            tell(f"À vérifier : ligne {each.line} : {each.message}" if each.line else each.message)
        if reading.ignored:
            tell(f"Colonnes laissées de côté : {', '.join(reading.ignored)}")
        refused = plural(len(reading.refused), "ligne refusée", "lignes refusées")
        if arguments.dry_run:
            tell(f"Rien n’est écrit. L’import ferait : {plural(len(reading.entries), 'réponse')}, {refused}.")
        else:
            new = store_answers(db, SYSTEM, wave, reading, local_today())
            tell(f"Importé : {plural(new, 'réponse nouvelle', 'réponses nouvelles')}, {refused}.")
    finally:
        db.close()
    return int(bool(reading.refused))


def _sheets(arguments: Namespace) -> Sheets:
    try:
        return read_sheets(arguments.file.read_bytes())
    except OSError:
        raise Unusable(f"Le fichier {arguments.file} ne peut pas être lu.") from None
