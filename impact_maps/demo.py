"""The maps of the demonstration: taken up from a template, changed on the spot, measured in the community's own words."""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.audit import Actor
from impact.communities.storage import get_community, list_members
from impact.db import EncryptedDatabase
from impact.demo import PERSONAS
from impact.vocabulary import CommunityKind
from impact_maps import demo_words as words
from impact_maps.indicator import Direction, Unit
from impact_maps.own_storage import add_own, add_value
from impact_maps.pattern_storage import share, take_up
from impact_maps.patterns import find, library, written
from impact_maps.records import Assumption, BoxContent, Link, OwnIndicator, OwnValue, TreeLine
from impact_maps.revision_storage import last_number, name_revision
from impact_maps.storage import add_box, add_link, change_assumption, change_box, get_chain, start_chain
from impact_maps.tree_storage import list_lines, put_lines
from impact_maps.vocabulary import ImpactState, LinkState, OwnSource, Public, Rhythm, Stage

Said = Sequence[tuple[str, str, LinkState, int, str, str]]
Seen = Sequence[tuple[Public, str, str, ImpactState, int, str]]


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """The chain, the tree and the own indicators of this community."""
    kind = get_community(db).kind
    stories = {CommunityKind.PRE: _pre, CommunityKind.CITE: _cite, CommunityKind.COLLECTIVE: _cycle}
    if kind is CommunityKind.MEDIATION:
        start_chain(db, actor, words.MEDIATION_TITLE, words.MEDIATION_BOXES, words.MEDIATION_LINKS)
    else:
        stories[kind](db, actor, today)


def offer(shared: EncryptedDatabase, db: EncryptedDatabase, actor: Actor, slug: str, today: date) -> None:
    """The map of a community becomes a template for the others."""
    content = written(get_chain(db), list_lines(db), "Pour un PRE qui a déjà des ateliers entre parents et enfants.")
    share(shared, actor, slug, get_community(db).name, content, today)


def _pre(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    pattern = find(library(), "pre")
    take_up(db, actor, pattern)
    added = add_box(db, actor, BoxContent(Stage.ACTIVITIES, "Ateliers entre parents et enfants"))
    add_link(db, actor, Link(_id(db, "Écoles, associations et services partenaires"), added))
    add_link(db, actor, Link(added, _id(db, "Des enfants suivis")))
    own = _own_of_pre(db, actor, today)
    _hang(db, actor, "Les familles savent à qui s’adresser", own)
    _say(db, actor, words.PRE_SAID, today)
    name_revision(db, actor, last_number(db), "Présentée au comité de pilotage")
    put_lines(db, actor, _tree(pattern.tree, words.PRE_TREE, today))


def _cycle(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    pattern = find(library(), "cycle-ateliers")
    take_up(db, actor, pattern)
    _rename(db, actor, "Essayer des outils et en rendre compte", "Essais d’outils sur le terrain")
    own = _entered(
        db,
        actor,
        "retours-terrain",
        "Retours du terrain rapportés en atelier",
        "Essais d’outils racontés au groupe à l’atelier suivant, par celles et ceux qui les ont faits.",
        "outils essayés entre deux ateliers",
        (12, "Une moitié des présents, décidé à l’ouverture du cycle."),
        ((150, 3), (90, 5), (30, 8)),
        today,
    )
    _hang(db, actor, "Des outils repris dans les structures", own)
    _say(db, actor, words.CYCLE_SAID, today)
    put_lines(db, actor, _tree(pattern.tree, words.CYCLE_TREE, today))


def _cite(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    start_chain(db, actor, words.CITE_TITLE, words.CITE_BOXES, words.CITE_LINKS)
    own = _entered(
        db,
        actor,
        "comptes-rendus",
        "Comptes rendus demandés par action",
        "Nombre moyen de comptes rendus différents qu’une action doit remettre dans l’année.",
        "les actions financées dans l’année",
        (1, "Engagement pris par la troïka en comité de pilotage."),
        ((700, 3), (335, 2)),
        today,
    )
    _hang(db, actor, "un seul compte rendu pour une action", own)
    _say(db, actor, words.CITE_SAID, today)
    name_revision(db, actor, last_number(db), "Validée en comité de pilotage")
    put_lines(db, actor, _tree((), words.CITE_TREE, today))


def _own_of_pre(db: EncryptedDatabase, actor: Actor, today: date) -> int:
    for code, title, definition, source, figure, unit in (
        (
            "parents-ecoutes",
            "Parents qui se disent écoutés",
            "Réponses « plutôt d’accord » et « tout à fait d’accord » à la question sur l’écoute.",
            OwnSource.QUESTION,
            "satisfaction.top_two@satisfaction-parents/listening",
            Unit.SHARE,
        ),
        (
            "part-filles",
            "Part des filles parmi les enfants suivis",
            "Enfants suivis dans l’année dont le sexe noté est « fille ».",
            OwnSource.FOLLOW_UP,
            "pre.children_by_sex@girl",
            Unit.SHARE,
        ),
        (
            "venues-ateliers",
            "Personnes venues aux ateliers",
            "Personnes différentes présentes à au moins un atelier.",
            OwnSource.ATTENDANCE,
            "participation.people",
            Unit.COUNT,
        ),
    ):
        base = f"les personnes concernées : {title.lower()}"
        usual = (Rhythm.YEARLY, Direction.UP, None, None, "", None)
        add_own(db, actor, OwnIndicator(code, title, definition, unit, base, source, figure, "", True, *usual))
    return _entered(
        db,
        actor,
        "parents-reunion",
        "Parents présents aux réunions de rentrée",
        "Familles suivies dont un parent est venu à la réunion de rentrée de l’école.",
        "les familles suivies à la rentrée",
        (0.7, "Décidée avec les écoles, à partir des deux rentrées passées."),
        ((800, 0.48), (435, 0.55), (70, 0.61)),
        today,
        Unit.SHARE,
    )


def _entered(
    db: EncryptedDatabase,
    actor: Actor,
    code: str,
    title: str,
    definition: str,
    base: str,
    goal: tuple[float, str],
    values: Sequence[tuple[int, float]],
    today: date,
    unit: Unit = Unit.COUNT,
) -> int:
    people = unit is Unit.SHARE
    down = goal[0] < values[0][1]
    own = OwnIndicator(
        code,
        title,
        definition,
        unit,
        base,
        OwnSource.ENTERED,
        "",
        "Relevé tenu par la coordination",
        people,
        Rhythm.YEARLY,
        Direction.DOWN if down else Direction.UP,
        goal[0],
        date(today.year + 1, 8, 31),
        goal[1],
        _facilitator(db),
    )
    added = add_own(db, actor, own)
    for days, value in values:
        add_value(db, actor, added, OwnValue(today - timedelta(days), value, 64 if people else None, ""), today)
    return added


def _facilitator(db: EncryptedDatabase) -> int | None:
    names = {f"{each.given_name} {each.family_name}" for each in PERSONAS if each.key == "elodie"}
    return next((member.id for member in list_members(db) if member.name in names), None)


def _tree(lines: Sequence[TreeLine], seen: Seen, today: date) -> list[TreeLine]:
    told = {
        (public, objective, text): TreeLine(
            public, objective, text, state, today - timedelta(days) if days else None, said
        )
        for public, objective, text, state, days, said in seen
    }
    kept = [told.pop((line.public, line.objective, line.words), line) for line in lines]
    return [*kept, *told.values()]


def _id(db: EncryptedDatabase, label: str) -> int:
    return next(box.id for box in get_chain(db).boxes if box.content.label == label)


def _hang(db: EncryptedDatabase, actor: Actor, label: str, own_id: int) -> None:
    box = next(box for box in get_chain(db).boxes if box.content.label == label)
    content = BoxContent(box.content.stage, label, box.content.target, f"own.{own_id}")
    change_box(db, actor, box.id, content, box.version)


def _rename(db: EncryptedDatabase, actor: Actor, label: str, new: str) -> None:
    box = next(box for box in get_chain(db).boxes if box.content.label == label)
    change_box(db, actor, box.id, BoxContent(box.content.stage, new, box.content.target), box.version)


def _say(db: EncryptedDatabase, actor: Actor, said: Said, today: date) -> None:
    ids = {box.content.label: box.id for box in get_chain(db).boxes}
    for source, target, state, days, supposed, evidence in said:
        seen = today - timedelta(days) if evidence else None
        told = Assumption(supposed, state, seen, evidence)
        change_assumption(db, actor, Link(ids[source], ids[target]), told, 1, today)
