"""Estimates and a few facts about the community → the whole report."""

from collections.abc import Sequence
from dataclasses import replace

from impact.vocabulary import Audience
from impact.wording import french, join_words, long_date
from impact_maps.indicators import CATALOGUE
from reports.composition import national, plain_words
from reports.composition.context import Context
from reports.composition.covers import cover
from reports.composition.document import Chapter, Document, KeyFigure, Opinion
from reports.composition.found_design import found_design
from reports.composition.key_figures import figures_of_answers, key_figures
from reports.composition.ladder import Design, change_named, overstated
from reports.composition.limits import definitions, limits
from reports.composition.reissue import chapter
from reports.composition.sections import PLAIN, chapters, chosen, rows_of
from reports.composition.words import Estimates
from reports.records import Estimate, Remark
from reports.vocabulary import ReportKind

# How an outside evaluator signs.
OUTSIDE = "Évaluation extérieure"
# Every community has a directory: alone, it does not make a chapter on cooperation.
_OF_THE_DIRECTORY = ("cooperation.organisations_by_kind", "cooperation.missing_kinds")


def compose(context: Context, estimates: Sequence[Estimate]) -> Document:
    """The report in the order in which it is read."""
    kept = rows_of(context, estimates)
    known = Estimates(row for row in kept if _family_known(row, kept))
    built, silent = chapters(context, known)
    told = [replace(each, title=french(each.title)) for each in built]
    picture, legend = cover(context, known)
    told_limits, shown = limits(context, known, silent), _key_figures(context, known)
    design = found_design(known, mechanism=context.chain_supported > 0)
    return Document(
        issuer=context.name,
        territory=context.territory,
        title=context.report_kind.heading,
        subtitle=french(context.kind.label),
        period=french(context.period.label),
        audience=context.audience.label,
        issued_on=long_date(context.issued_on),
        stopped=french(f"Données arrêtées au {long_date(min(context.period.end, context.issued_on))}"),
        version=context.version,
        cover_svg=picture,
        cover_legend=legend,
        headline=_headline(told[:1] if PLAIN in chosen(context) else told),
        key_note=_key_note(context, shown),
        key_figures=tuple(shown),
        chapters=(*told, *chapter(context.changes)),
        limits=replace(told_limits, callouts=(plain_words.caution(),)) if PLAIN in chosen(context) else told_limits,
        definitions=tuple(definitions(known)),
        opinions=tuple(_opinion(remark, context.audience, design) for remark in context.remarks),
        protected=context.audience is not Audience.INTERNAL,
        one_page=context.report_kind.is_one_page,
        plain=PLAIN in chosen(context),
    )


def _key_figures(context: Context, estimates: Estimates) -> list[KeyFigure]:
    if PLAIN in chosen(context):
        return plain_words.key_figures(estimates)
    return (
        figures_of_answers(estimates)
        if context.report_kind is ReportKind.SURVEY
        else key_figures(estimates, context.earlier)
    )


def _family_known(row: Estimate, estimates: Sequence[Estimate]) -> bool:
    """Whether anything is known of the family: a PRE without workshops says nothing about workshops."""
    family = CATALOGUE[row.code].family
    known = (each for each in estimates if CATALOGUE[each.code].family is family and each.code not in _OF_THE_DIRECTORY)
    return any((each.value or each.masked) for each in known)


def _opinion(remark: Remark, audience: Audience, design: Design) -> Opinion:
    """Signed by name inside the house, by role in a copy that leaves it, where no name appears.

    People choose their words; what claims more than the data hold is told to the reader as theirs.
    """
    inside = audience in (Audience.INTERNAL, Audience.PARTNER)
    author = f"{remark.author}, {remark.author_role}" if inside else remark.author_role
    lines = tuple(french(line.strip()) for line in remark.words.splitlines() if line.strip())
    outside = remark.author_role.startswith(OUTSIDE)
    title = remark.kind.label.replace("de l’équipe", "de l’évaluation extérieure") if outside else remark.kind.label
    strong = overstated(remark.words, design)
    named = join_words([f"« {word} »" for word in strong])
    note = f". Les données de ce rapport ne vont pas jusqu’à {named} : elles disent « {change_named(design)} »."
    return Opinion(title, lines, french(f"{author}, {long_date(remark.written_on)}{note if strong else ''}"))


def _key_note(context: Context, shown: Sequence[KeyFigure]) -> str:
    note = f"Chiffres de la période : {context.period.label}."
    return french(note + f" France : {national.SOURCE}." if any(figure.comparison for figure in shown) else note)


def _headline(chapters: Sequence[Chapter]) -> str:
    """What the first two chapters with a figure sum up; what people wrote has its own pages."""
    told = [chapter for chapter in chapters if not chapter.texts] or list(chapters)
    return french(". ".join(chapter.summary for chapter in told[:2])) if told else "Rien à compter"
