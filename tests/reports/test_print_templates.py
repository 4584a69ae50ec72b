"""The printed report on a sample: archivable, accessible, and laid out without waste."""

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from impact.drawing import HALF, PRINT
from impact.laying_out import lay_out
from impact.printing import Attachment, Printed
from impact.wording import french, number, percent
from impact_maps.drawing import draw_print
from impact_maps.layout import UNMEASURED, Box, Link
from reports.charts import Bar, Cover, Dots, bars, coverage, dots, rule_with_comparison, trend
from reports.charts_of_answers import Answers, Change, change, likert
from reports.charts_over_time import Column, Step, attendance, survival

pytestmark = pytest.mark.pdf

TEMPLATES = Path(__file__).resolve().parents[2] / "reports" / "templates"
MOMENT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
SAMPLE = """\
{% extends "print/base.html" %}
{% import "print/macros.html" as sheet %}
{% block cover %}{{ sheet.cover("Réussite éducative de Bourg-Exemple", "Caisse des écoles", "Rapport d’évaluation 2025-2026",
  ["Programme de réussite éducative", "et cycle d’ateliers"], ["Destiné au comité de pilotage."], ["Édité le 14 septembre 2026"],
  dots, "Chaque point est un enfant : **28 sont sortis**, 103 étaient suivis.") }}{% endblock %}
{% block contents %}{% call sheet.contents(chapters) %}<div class="moitie"><div><h2>Comment lire</h2>{{ sheet.paragraphs([text]) }}</div>
  <div><h2>Les mots</h2>{{ sheet.paragraphs([text]) }}</div></div>{% endcall %}{% endblock %}
{% block chapters %}
{% call sheet.chapter("chiffres", "Les chiffres clés", "Un programme de taille moyenne.") %}{{ sheet.key_figures(
  ["Bourg-Exemple", "Ce qui est compté", "France", "Depuis quatre ans"], keys, "Point bleu : ici. **Sources :** dossiers.") }}{% endcall %}
{% call sheet.chapter("public", "Qui est accompagné ?", "**84 enfants sur 160** ont de 6 à 10 ans.", order="1") %}
  {{ sheet.figure(1, "Plus d’un enfant sur deux a entre 6 et 10 ans", "Répartition par âge.", ages, "84 enfants sur 160 ont de 6 à 10 ans.",
     "160 enfants.", "dossiers.", table={"header": ["Âge", "enfants", "part"], "rows": age_rows, "total": ["Ensemble", "160", "100 %"]}) }}
  {{ sheet.figure(2, "Six fois sur dix, l’école est l’un des motifs", "Plusieurs motifs possibles.", motives, scope="160 fiches.") }}
  <div class="duo"><div>{{ sheet.data_table(["", "Enfants", "Sorties"], [["Scolarité", "58", "21"], ["Soins", "30", "14"]], number=1,
     title="Sorties selon l’appui", total=["Ensemble", "88", "35"]) }}</div>
  {{ sheet.margin([{"title": "À lire avec prudence", "paragraphs": [text]}]) }}</div>
{% endcall %}
{% call sheet.chapter("duree", "Combien de temps dure l’appui ?", "La moitié des parcours durent **17 mois** ou moins.", "La durée", "2") %}
  {{ sheet.figure(3, "La moitié des parcours se terminent en 17 mois", "", durations) }}
  {{ sheet.figure(4, "Des progrès nets", "", changes) }}
  {{ sheet.paragraphs([text, text]) }}
{% endcall %}
{% call sheet.chapter("ateliers", "Le cycle d’ateliers", "**125 présences** en sept ateliers.", order="3") %}
  {{ sheet.figure(5, "De 33 à 7 présents", "", presence) }}
  <div class="moitie"><div>{{ sheet.figure(6, "12 personnes ne sont venues qu’une fois", "", half) }}</div>
  <div>{{ sheet.callout("Une baisse nette", [text]) }}{{ sheet.limits("À ne pas lire ainsi", ["que les ateliers fidélisent"]) }}</div></div>
  {{ sheet.figure(7, "Les parents sont partagés", "", opinions) }}
  {{ sheet.voices(["« Avant, je restais devant la grille. »", "« On m’a expliqué. »", "« Le mercredi, je travaille. »"]) }}
{% endcall %}
{% call sheet.chapter("chaine", "La chaîne de valeur", "La mesure s’arrête à **4 cases sur 5**.", order="4", kind="large") %}
  {{ sheet.figure(8, "Trait plein : mesuré", "Les flèches sont des hypothèses.", chain, source="dossiers.") }}{% endcall %}
{% call sheet.chapter("limites", "Ce que ces données ne permettent pas de dire", "Elles **ne mesurent pas l’effet**.", order="5") %}
  {{ sheet.figure(9, "Ce que chaque source couvre", "", sources) }}
  {{ sheet.data_table(["Commune", "Enfants", "Part"], many, number=2, title="Une longue liste", total=["Ensemble", "820", "100 %"]) }}
  <div class="moitie">{{ sheet.limits("On ne peut pas écrire", ["que le programme a produit ces progrès"]) }}
  {{ sheet.judgement("Recommandations", ["appeler les foyers silencieux"], signature="L’équipe, 11 septembre 2026") }}</div>
{% endcall %}
{% call sheet.chapter("annexe", "Définitions et méthodes", "Chaque mot qui porte un chiffre.", order="Annexe", kind="annexe") %}
  {{ sheet.definitions(terms) }}{% endcall %}
{% endblock %}
"""
TEXT = french(
    "Les parcours finis sont d’abord les plus courts : leur moyenne serait trop basse. La courbe tient compte des enfants "
    "encore suivis, pour la durée déjà connue, et compte chacun jusqu’à la date d’arrêt des données."
)


def figures() -> dict[str, object]:
    ages = [("2 à 5 ans", 22, 0.146), ("6 à 10 ans", 84, 0.524), ("11 à 16 ans", 54, 0.33)]
    steps = [Step(time, 1 - time / 36, max(0.9 - time / 36, 0), min(1.05 - time / 36, 1)) for time in range(31)]
    boxes = [Box(f"b{rank}", rank, f"Élément {rank}", str(rank), "enfants") for rank in range(4)]
    return {
        "dots": dots("160 points, un par enfant.", [Dots(28, "full"), Dots(29, "light"), Dots(103, "ring")]),
        "ages": bars(
            "Âge des enfants",
            [Bar(name, n / 160, percent(n / 160), str(n), share, percent(share, 1)) for name, n, share in ages],
            heading="enfants", mark_heading="France", ordinal=True,
        ),
        "motives": bars("Motifs", [Bar("École", 0.6, "60 %", "96"), Bar("Autre", None, "moins de 5 : masqué", "< 5")]),
        "durations": survival("Durée", steps, [(0, "238"), (12, "130"), (24, "40")], end=30, median=17, median_text="17 mois"),
        "changes": change("Changement", [Change("Confiance en soi", "96 paires", 11, 36, 49, 0.4, 0.25, 0.53, "+40")]),
        "presence": attendance("Présents", [Column(f"Atelier {n}", "mars", 40 - n, str(40 - n), 9) for n in range(1, 8)]),
        "half": bars("Assiduité", [Bar("1 atelier", 12, "12"), Bar("2 ateliers", 5, "5")], ordinal=True, size=HALF),
        "opinions": likert("Accord", [Answers("« On m’écoute. »", (2, 3, 4, 18, 38), ("2", "3", "4", "18", "38"), "5")]),
        "chain": draw_print(
            "Chaîne", ["Moyens", "Actions", "Résultats", "Changements", "Valeur"],
            [*boxes, Box("b4", 4, "Pour le territoire", "non mesuré", "", UNMEASURED)],
            [Link(f"b{rank}", f"b{rank + 1}") for rank in range(4)],
        ),
        "sources": coverage("Sources", [Cover("Dossiers", "parcours", 160, 160, "160 sur 160", "100 %")], size=PRINT),
    }  # fmt: skip


@cache
def sample() -> Printed:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    names = ["chiffres", "public", "duree", "ateliers", "chaine", "limites", "annexe"]
    row = {
        "number": "34", "unit": "%", "what": "ont 11 ans ou plus", "base": "54 enfants ; n = 160.", "comparison": "33 %",
        "comparison_picture": Markup(rule_with_comparison("Règle", 0.34, 0.33)),
        "trend": Markup(trend("27 puis 34 %", [0.27, 0.3, 0.34], ("27 %", "2022-23"), ("34 %", "2025-26"))),
    }  # fmt: skip
    html = environment.from_string(SAMPLE).render(
        document={
            "title": "Rapport d’évaluation 2025-2026",
            "author": "Réussite éducative de Bourg-Exemple",
            "description": "Exemple",
            "running": "Réussite éducative de Bourg-Exemple · Évaluation 2025-2026",
            "stopped": "Données arrêtées au 31 août 2026",
        },
        chapters=[
            {"id": name, "order": str(n), "title": name.title(), "summary": TEXT[:40]} for n, name in enumerate(names)
        ],
        keys=[{"number": "160", "what": "enfants et jeunes accompagnés"}, *[row] * 4],
        age_rows=[["2 à 5 ans", "22", "14 %"], ["6 à 10 ans", "84", "53 %"], ["11 à 16 ans", "54", "34 %"]],
        many=[[f"Commune {n}", number(20), percent(20 / 820)] for n in range(41)],
        terms=[{"term": f"Terme {n}", "text": TEXT} for n in range(20)],
        text=TEXT,
        **{name: Markup(svg) for name, svg in figures().items()},
    )
    attachment = Attachment("figures.csv", b"figure;valeur\n1;84\n", "Nombres des figures")
    return lay_out(html, attachments=[attachment], base=TEMPLATES / "print", moment=MOMENT)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_report_is_archivable_and_accessible(profile: page.ValidationProfile) -> None:
    assert [
        (each.rule_id, each.message) for each in page.validate_pdf_bytes(sample().content, profile=profile).failures
    ] == []


def test_only_our_fonts_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(sample().content)) as pdf:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for sheet in pdf.pages
            for font in sheet.resources.get("/Font", {}).values()
        }
    assert fonts == {"Impact", "Impact-Bold"}


def test_each_chapter_starts_a_page_and_none_is_wasted() -> None:
    starts = [
        sample().anchors[name].page
        for name in ("chiffres", "public", "duree", "ateliers", "chaine", "limites", "annexe")
    ]
    assert starts[0] == 2
    assert starts == sorted(set(starts))
    assert sample().pages <= 13


def test_a_box_that_does_not_fit_leaves_the_numbers_under_their_figure() -> None:
    """A long box follows a figure."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    html = environment.from_string(
        '{% extends "print/base.html" %}{% import "print/macros.html" as sheet %}{% block chapters %}'
        '{% call sheet.chapter("avis", "Les avis", "Un constat.") %}{{ sheet.figure(1, "Les motifs", "", drawn, table=told) }}'
        '<div class="encadre" id="boite">{{ sheet.paragraphs(lines) }}</div>{% endcall %}{% endblock %}'
    ).render(
        document=dict.fromkeys(("title", "author", "description", "running", "stopped"), "Essai"),
        drawn=Markup(figures()["ages"]),
        told={
            "header": ["Motif", "Nombre"],
            "rows": [["École", "96"], [Markup('<span id="nombres">Autre</span>'), "64"]],
        },
        lines=[TEXT] * 18,
    )
    printed = lay_out(html, base=TEMPLATES / "print", moment=MOMENT)
    assert [printed.anchors[name].page for name in ("nombres", "boite")] == [0, 1]
