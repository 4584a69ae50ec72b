"""The demonstration's events: webinars in the collective, forums and class sequences in the cité éducative."""

from datetime import date, timedelta
from random import Random

from impact.audit import Actor
from impact.communities.storage import get_community, list_members, list_organisations
from impact.db import EncryptedDatabase, gate
from impact.events import network_storage
from impact.events.records import Count, Event, Heads, Offer, Resource, Series
from impact.events.storage import add_class, add_event, add_series, get_event, record_count
from impact.events.vocabulary import Relevance, SeriesKind
from impact.vocabulary import CommunityKind, OrganisationKind

_K = OrganisationKind
_TARGET = {_K.NATIONAL_EDUCATION: 30, _K.LOCAL_AUTHORITY: 30, _K.ASSOCIATION: 30, _K.OTHER: 10}
# Title, day, then registered, excused, on the spot, from afar: national education, authorities, associations, others.
_WEBINARS = (
    ("La parole des élèves", "2022-01-18", ((14, 2, 0, 9), (19, 1, 0, 16), (13, 0, 0, 11), (6, 0, 0, 4))),
    ("Du péri-scolaire à la classe", "2022-02-15", ((12, 3, 0, 7), (20, 2, 0, 15), (11, 1, 0, 8), (4, 0, 0, 3))),
    ("Écrans et sommeil", "2022-03-15", ((15, 1, 0, 11), (17, 2, 0, 12), (12, 2, 0, 9), (5, 1, 0, 4))),
    ("Parents, école, quartier", "2022-04-12", ((10, 1, 0, 7), (16, 0, 0, 13), (11, 1, 0, 9), (4, 0, 0, 4))),
    ("Ce que nous retenons", "2022-05-17", ((9, 2, 4, 2), (15, 1, 8, 4), (12, 1, 7, 3), (5, 0, 2, 2))),
)
_FORUMS = (
    ("Forum du nord", "2022-03-10", ((18, 2, 15, 0), (21, 1, 18, 0), (29, 1, 26, 0), (14, 2, 12, 0))),
    ("Forum de l’est", "2022-03-24", ((13, 2, 11, 0), (16, 1, 14, 0), (25, 2, 22, 0), (12, 1, 11, 0))),
    ("Forum du sud", "2022-04-07", ((11, 1, 9, 0), (14, 0, 13, 0), (20, 1, 18, 0), (10, 1, 9, 0))),
    ("Forum de l’ouest", "2022-04-21", ((15, 1, 13, 0), (18, 2, 15, 0), (24, 1, 22, 0), (16, 1, 14, 0))),
)
# Who offers, title, details, then what members say: essential, useful, little, none.
_OFFERS = (
    ("Maison des Tilleuls", "Une salle le mercredi", "Vingt places, un tableau, de 14 à 17 heures.", "euuluu"),
    ("Club des Étangs", "Deux éducateurs à la sortie", "Sur demande, une semaine à l’avance.", "eeuul"),
    ("Centre social La Brouette", "Un atelier sur le sommeil", "Une heure trente, pour dix parents.", "ulnu"),
    ("Département des Sources", "Un transport pour les stages", "Le mardi et le jeudi, depuis la gare.", "eue"),
)
_CITE_OFFERS = (
    ("Crèche La Farandole", "Une visite de la crèche", "Le jeudi matin, douze enfants et leurs parents.", "eeue"),
    ("Mission Girouette", "Un conseiller au quartier", "Sans rendez-vous, le mercredi de 14 à 17 heures.", "euue"),
    ("Fournil des Ailes", "Quatre stages par an", "En boulangerie, avec un tuteur qui prend le temps.", "uelu"),
)
_CITE_RESOURCES = (
    ("Le carnet de passage, version 2", "De la crèche à l’école", "Quatre pages, dont une en images."),
    ("Le calendrier commun", "Temps de l’enfant", "Comités, visites, forums : une page par trimestre."),
    ("Trame d’une séquence en classe", "Métiers", "Une heure, un métier, trois questions préparées par les élèves."),
)
# Title, objective, place of the day to come.
_NETWORK_DAY = (
    "Journée du réseau",
    "Se retrouver une fois l’an, offres et besoins sur la table.",
    "Maison des Tilleuls",
)
_CITE_DAY = (
    "Journée de la cité éducative",
    "Montrer aux familles ce qui a changé, et l’écrire avec elles.",
    "Hôtel de ville",
)
_OPINIONS = {"e": Relevance.ESSENTIAL, "u": Relevance.USEFUL, "l": Relevance.LITTLE, "n": Relevance.NONE}
_RESOURCES = (
    ("Liste des premiers signes, version 1", "Premiers signes", "Une page, à garder près du téléphone."),
    ("Qui appeler, et quand", "Premiers signes", "Le rôle de chacun, écrit en atelier."),
    ("Affiche du café des parents", "Parents", "À imprimer ; le matériel est au dos."),
)
_KINDS = (_K.NATIONAL_EDUCATION, _K.LOCAL_AUTHORITY, _K.ASSOCIATION, _K.OTHER)
_SEQUENCES = (
    ("Ce que je sais faire", "2022-01-10"),
    ("Les métiers d’ici", "2022-02-07"),
    ("Rencontrer une entreprise", "2022-03-07"),
    ("Se présenter", "2022-05-09"),
)
_CLASSES = tuple(
    f"{level} {letter}, {school}"
    for school in ("collège du Ruisseau", "collège des Saules")
    for level, letters in (("4e", "ABCD"), ("3e", "ABCDE"))
    for letter in letters
)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add the events that suit the community's kind, in one transaction; nothing to a PRE."""
    kind = get_community(db).kind
    with gate(db):
        if kind is CommunityKind.COLLECTIVE:
            _fill_by_institution(db, actor, today, _webinars(), _WEBINARS, "En ligne")
            _plan(db, actor, today, *_NETWORK_DAY)
            _share(db, actor, today, _OFFERS, _RESOURCES)
        elif kind is CommunityKind.CITE:
            _fill_by_institution(db, actor, today, _forums(), _FORUMS, "Salle des Moulins")
            _fill_sequences(db, actor, today)
            _plan(db, actor, today, *_CITE_DAY)
            _share(db, actor, today, _CITE_OFFERS, _CITE_RESOURCES)


def _share(
    db: EncryptedDatabase,
    actor: Actor,
    today: date,
    offers: tuple[tuple[str, str, str, str], ...],
    resources: tuple[tuple[str, str, str], ...],
) -> None:
    """Offers, what members say of them, resources; the agenda is open."""
    organisations, people = list_organisations(db), list_members(db)
    named = {organisation.name: organisation.id for organisation in organisations}
    for rank, (name, title, words, opinions) in enumerate(offers):
        offered_on = today - timedelta(days=40 + 45 * rank)
        offer = Offer(0, named.get(name, organisations[0].id), title, words, offered_on)
        offer_id = network_storage.add_offer(db, actor, offer)
        for person, letter in zip(people[rank:], opinions, strict=False):
            network_storage.say_relevance(db, actor, offer_id, person.id, _OPINIONS[letter])
    for title, theme, words in resources:
        network_storage.add_resource(db, actor, Resource(0, title, words, "", theme, today - timedelta(days=30)))
    network_storage.open_agenda(db, actor)


def _webinars() -> Series:
    objective = "Que l’école, la ville et les associations se parlent d’une même voix aux enfants."
    return Series(0, SeriesKind.WEBINAR, "Cohérence éducative : cinq webinaires", objective, _TARGET)


def _forums() -> Series:
    return Series(
        0, SeriesKind.FORUM, "Quatre forums de territoire", "Faire naître des groupes près de chez soi.", _TARGET
    )


def _fill_by_institution(
    db: EncryptedDatabase,
    actor: Actor,
    today: date,
    series: Series,
    dates: tuple[tuple[str, str, tuple[tuple[int, int, int, int], ...]], ...],
    place: str,
) -> None:
    series_id = add_series(db, actor, series)
    for title, day, numbers in dates:
        added = add_event(db, actor, Event(0, series_id, title, date.fromisoformat(day), place))
        heads = {kind: Heads(*counted) for kind, counted in zip(_KINDS, numbers, strict=True)}
        record_count(db, actor, Count(added, heads, {}, get_event(db, added).version), today)


def _plan(db: EncryptedDatabase, actor: Actor, today: date, title: str, objective: str, place: str) -> None:
    series_id = add_series(db, actor, Series(0, SeriesKind.DAY, title, objective))
    added = add_event(db, actor, Event(0, series_id, title, _thursday_to_come(today), place))
    heads = {_K.ASSOCIATION: Heads(12), _K.NATIONAL_EDUCATION: Heads(7, 1), _K.LOCAL_AUTHORITY: Heads(9)}
    record_count(db, actor, Count(added, heads, {}, 1), today)


def _thursday_to_come(today: date) -> date:
    """A Thursday three weeks ahead or more, after the winter holidays when it falls in them."""
    day = today + timedelta(days=21 + (3 - today.weekday()) % 7)
    return day + timedelta(days=21) if day.month == 12 and day.day > 19 else day


def _fill_sequences(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    chance = Random(11)
    title = "Séquences en classe avec les métiers du territoire"
    series_id = add_series(db, actor, Series(0, SeriesKind.SEQUENCE, title, "Quatre séquences pour chaque classe."))
    sizes = {
        add_class(db, actor, series_id, name, size): size for name in _CLASSES for size in (21 + chance.randrange(6),)
    }
    for title, day in _SEQUENCES:
        added = add_event(db, actor, Event(0, series_id, title, date.fromisoformat(day), "Dans les classes"))
        present = {known: size - chance.randrange(5) for known, size in sizes.items()}
        record_count(db, actor, Count(added, {}, present, 1), today)
