"""The chapter on the diagnosis: what a committee validated, the figure of today beside each finding, who serves what."""

from impact.wording import french, join_words, plural
from impact_maps.indicators import CATALOGUE
from reports.composition.context import Context, Diagnosis
from reports.composition.document import Callout, Chapter, Table, WordTable
from reports.composition.words import Estimates, value_text

_FINDINGS = ("Constat", "Ce que c’est", "Indicateur qui le suit", "Aujourd’hui")
_ORIENTATIONS = ("Orientation", "Axes", "Actions qui la servent")
_ABSENT = "–"


def chapters(context: Context, estimates: Estimates) -> list[Chapter]:
    """One chapter when a committee validated a diagnosis by the end of the period, none otherwise."""
    told = context.diagnosis
    if told is None:
        return []
    title = "Le diagnostic et les orientations"
    tables = [*_by_axis(told, estimates), *([_orientations(told)] if told.orientations else [])]
    return [
        Chapter(
            key="diagnostic",
            short=title,
            title="Le diagnostic : ce que nous voyons, où nous allons",
            summary=french(_held(told)),
            finding=french(f"Validation du {told.validated_on} ({told.validated_by}) : {_held(told)}."),
            callouts=(Callout("Ce qu’un constat ne dit pas", tuple(_limits(told))),),
            tables=tuple(tables),
        )
    ]


def _held(told: Diagnosis) -> str:
    counts = ("constat", told.validated[0]), ("croisement", told.validated[1]), ("orientation", told.validated[2])
    return join_words([plural(count, name) for name, count in counts if count])


def _by_axis(told: Diagnosis, estimates: Estimates) -> list[WordTable]:
    axes = dict.fromkeys(finding.axis for finding in told.findings)
    return [
        WordTable(
            french(axis),
            Table(
                _FINDINGS,
                tuple(
                    (french(each.words), each.kind, *_measured(each.indicator, estimates))
                    for each in told.findings
                    if each.axis == axis
                ),
                words=True,
            ),
        )
        for axis in axes
    ]


def _measured(code: str, estimates: Estimates) -> tuple[str, str]:
    if code not in CATALOGUE:
        return _ABSENT, _ABSENT
    row = estimates.one(code)
    return CATALOGUE[code].title, _ABSENT if row is None else value_text(row)


def _orientations(told: Diagnosis) -> WordTable:
    rows = [
        (french(each.title), french(join_words(list(each.axes))), _actions(each.actions)) for each in told.orientations
    ]
    return WordTable("Les orientations, et les actions qui les servent", Table(_ORIENTATIONS, tuple(rows), words=True))


def _actions(actions: tuple[tuple[str, str], ...]) -> str:
    if not actions:
        return "Aucune pour l’instant"
    return french(" ; ".join(f"{title} ({state.lower()})" for title, state in actions))


def _limits(told: Diagnosis) -> list[str]:
    lines = [
        "Un constat est ce qu’un groupe de travail a dit, puis ce qu’un comité a validé. L’indicateur posé à côté dit où"
        " l’on en est ; il ne prouve ni le constat, ni l’effet d’une action."
    ]
    if told.has_moved:
        lines.append("Le diagnostic a été complété depuis sa validation : ces ajouts n’ont pas encore été validés.")
    if told.steering_left_out:
        left = plural(told.steering_left_out, "constat")
        lines.append(f"{left} servent à piloter entre nous et ne sont pas montrés ici.")
    return [french(line) for line in lines]
