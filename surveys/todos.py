"""What waves ask of the team."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import french, long_date, plural
from surveys import storage
from surveys.records import Wave
from surveys.rosters.cohort_storage import list_cohorts
from surveys.rosters.protection_storage import count_due, list_team
from surveys.rosters.rules import reads_names
from surveys.rules import is_fresh, needs_answers


def todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Waves about to close with few answers, for who runs them; waves just closed, for who reads results."""
    waves = storage.list_waves(db)
    found: list[Todo] = []
    if may(actor, Action.RUN_SURVEYS):
        found += [_few_answers(wave) for wave in waves if needs_answers(wave, today)]
    if may(actor, Action.VIEW_RESULTS):
        found += [_to_read(wave) for wave in waves if is_fresh(wave, today)]
    return found + _to_erase(db, actor, today)


def _to_erase(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Names of cohorts that are kept beyond their time, for those who read them."""
    if not may(actor, Action.RUN_SURVEYS):
        return []
    return [
        Todo(
            Urgency.WAITING,
            french(f"Effacer des noms : « {cohort.title} »"),
            f"{plural(due, 'nom a', 'noms ont')} passé le délai de conservation.",
            "Voir les noms",
            "cohorts.keeping",
            {"cohort_id": cohort.id},
        )
        for cohort in list_cohorts(db)
        if reads_names(actor, list_team(db, cohort.id)) and (due := count_due(db, cohort, today))
    ]


def _few_answers(wave: Wave) -> Todo:
    among = f" sur {plural(wave.invited, 'personne invitée', 'personnes invitées')}" if wave.invited else ""
    return Todo(
        Urgency.WAITING,
        french(f"Relancer les familles : « {wave.title} »"),
        f"{plural(wave.responses, 'réponse')}{among}. La collecte ferme le {long_date(wave.closes_on)}.",
        "Voir la vague",
        "surveys.wave",
        {"wave_id": wave.id},
    )


def _to_read(wave: Wave) -> Todo:
    return Todo(
        Urgency.WAITING,
        french(f"Lire les réponses : « {wave.title} »"),
        f"{plural(wave.responses, 'réponse')}. La collecte a fermé le {long_date(wave.ended_on)}.",
        "Voir la vague",
        "surveys.wave",
        {"wave_id": wave.id},
    )
