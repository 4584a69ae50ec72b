"""Reports as a person orders, watches and downloads them; indicators and results on the screen."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import app as assembly
from impact.demo import ESSONNE, PRE
from impact.instance import Instance
from impact.jobs import Jobs
from impact.wording import french
from reports import storage
from reports.vocabulary import ReportState

pytestmark = pytest.mark.whole

REPORTS = f"/communautes/{PRE}/rapports"
ORDER = f"{REPORTS}/composer"


@pytest.fixture
def app(demo_root: Path, tmp_path: Path) -> Flask:
    """The application on a private copy of the demonstration."""
    root = tmp_path / "instance"
    shutil.copytree(demo_root, root)
    return assembly.create_app(root, TESTING=True, SHOW_FAULTS=True)


FUNDER = {"kind": "annual", "audience": "funder", "period": "2025-2026"}


def issue(browser: Any, typed: dict[str, str]) -> str:
    """Begin a draft, read it through, have it issued: the page of the report."""
    begun = browser.send(ORDER, typed)
    assert begun.status_code == 303, begun.text
    draft = begun.headers["Location"]
    browser.send(f"{draft}/relire", {}, draft)
    page: str = browser.follow(f"{draft}/remettre", {}, draft)
    return page


def _place(app: Flask) -> Instance:
    place: Instance = app.extensions["instance"]
    return place


def _state(app: Flask, report_id: int) -> ReportState:
    db = _place(app).community(PRE)
    state = storage.get_report(db, report_id).state
    db.close()
    return state


@pytest.mark.pdf
def test_a_report_is_ordered_watched_and_downloaded(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    page = issue(amina, FUNDER)
    assert "En attente" in page
    assert "<progress" in page
    waiting = amina.client.get(f"{REPORTS}/1")
    assert waiting.headers["Refresh"] == f"2; url={REPORTS}/1"
    queue: Jobs = app.extensions["jobs"]
    assert queue.do_waiting() >= 1
    page = amina.get(f"{REPORTS}/1")
    assert "Télécharger le PDF" in page
    assert "Refresh" not in amina.client.get(f"{REPORTS}/1").headers
    pdf = amina.client.get(f"{REPORTS}/1/pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.mimetype == "application/pdf"
    assert browse("denis").client.get(f"{REPORTS}/1/pdf").data == pdf.data


def test_a_repeated_order_begins_one_draft(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    page = amina.client.get(ORDER).text
    token, once = (
        page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0] for name in ("csrf_token", "once")
    )
    data = {"csrf_token": token, "once": once, **FUNDER}
    answers = [amina.client.post(ORDER, data=data) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{REPORTS}/brouillons/1"] * 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"period": "dates"}, "Écrivez le premier jour de la période"),
        ({"period": "dates", "start": "01/09/2025"}, "Écrivez le dernier jour de la période"),
        ({"period": "dates", "start": "31/11/2025", "end": "31/08/2026"}, "Ce mois a 30 jours"),
        ({"period": "dates", "start": "01/09/2026", "end": "31/08/2026"}, "La fin vient avant le début"),
        ({"period": "dates", "start": "01/09/2050", "end": "31/08/2051"}, "n’a pas commencé"),
        ({"period": "dates", "start": "01/09/1950", "end": "31/08/2026"}, "10\xa0ans au plus"),
        ({"period": "2025"[:3]}, "Choisissez une réponse de la liste"),
        ({"kind": "roman"}, "Choisissez une réponse de la liste"),
        ({"audience": "journaliste"}, "Choisissez une réponse de la liste"),
    ],
)
def test_a_wrong_order_is_explained_and_kept(browse: Any, typed: dict[str, str], message: str) -> None:
    answer = browse("amina").send(ORDER, {**FUNDER, **typed})
    assert answer.status_code == 200
    assert message in answer.text
    assert "Le brouillon n’est pas encore commencé" in answer.text
    for name in ("start", "end"):
        assert f'value="{typed.get(name, "")}"' in answer.text


def test_a_facilitator_cannot_order_exact_figures(browse: Any) -> None:
    elodie = browse("elodie")
    assert 'value="internal"' not in elodie.get(ORDER)
    answer = elodie.send(ORDER, {**FUNDER, "audience": "internal"})
    assert "Choisissez une réponse de la liste" in answer.text


def test_a_funder_never_opens_an_internal_report(app: Flask, browse: Any) -> None:
    issue(browse("amina"), {**FUNDER, "audience": "internal"})
    denis = browse("denis")
    assert denis.client.get(f"{REPORTS}/1").data == denis.client.get(f"{REPORTS}/999").data
    assert "Aucun rapport" in denis.get(f"{REPORTS}/")


def test_a_killed_worker_takes_its_reports_up_again(app: Flask, browse: Any) -> None:
    issue(browse("amina"), FUNDER)
    queue: Jobs = app.extensions["jobs"]
    while queue.waiting():
        queue._queue.dequeue()
    queue._order_unfinished()
    assert ("issue_report", [PRE, 1]) in queue.waiting()


def test_the_team_reads_exact_figures_and_the_funder_protected_ones(browse: Any) -> None:
    url = f"/communautes/{PRE}/indicateurs/"
    exact, protected = browse("amina").get(url), browse("denis").get(url)
    assert "Chiffres exacts" in exact
    assert "masqué" not in exact
    assert "Chiffres protégés" in protected
    assert "masqué" in protected


def test_indicators_are_read_one_family_at_a_time(browse: Any) -> None:
    amina, url = browse("amina"), f"/communautes/{PRE}/indicateurs/"
    own, other = amina.get(url), amina.get(f"{url}?famille=cooperation")
    assert 'id="famille-pre"' in own
    assert "famille=cooperation" in own
    assert 'id="famille-pre"' not in other
    assert 'name="famille" value="cooperation"' in other
    assert 'id="famille-pre"' in amina.get(f"{url}?famille=inconnue")


def test_a_wrong_period_in_the_address_is_explained(browse: Any) -> None:
    page = browse("amina").get(f"/communautes/{PRE}/indicateurs/?periode=jamais", 422)
    assert "écrivez 2025-2026" in page


def test_the_table_holds_what_the_page_shows(browse: Any) -> None:
    elodie = browse("elodie")
    text = elodie.client.get(f"/communautes/{ESSONNE}/indicateurs/indicateurs.csv").data.decode("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    value = rows[0].index("value")
    attendance = [row[value] for row in rows if row[3] == "participation.presences_by_workshop"]
    assert [float(each) for each in attendance] == [33, 24, 24, 15, 9, 13, 7]


def test_definitions_say_base_source_and_version(browse: Any) -> None:
    page = browse("denis").get(f"/communautes/{PRE}/indicateurs/definitions")
    assert "Définition, version 1" in page
    assert "Source" in page


def test_results_of_a_wave_tell_who_answered_before_what_they_say(browse: Any) -> None:
    page = browse("amina").get(f"/communautes/{PRE}/questionnaires/vagues/1/resultats")
    assert page.index("Qui a répondu") < page.index("Réponses à chaque question")
    assert "41\xa0réponses" in page
    assert "118\xa0personnes invitées" in page


def test_an_unknown_wave_is_not_found(browse: Any) -> None:
    browse("amina").get(f"/communautes/{PRE}/questionnaires/vagues/999/resultats", 404)


def test_the_author_reads_why_a_figure_is_merged_or_hidden(browse: Any) -> None:
    page = browse("amina").get(f"{REPORTS}/apercu")
    assert french("« 11 à 16 ans » et « 17 ans et plus » sont réunis") in page
    assert "Masqué" in page
    assert browse("denis").client.get(f"{REPORTS}/apercu").status_code == 403


@pytest.mark.pdf
def test_a_file_is_recognised_to_the_byte(app: Flask, browse: Any) -> None:
    amina = browse("amina")
    issue(amina, FUNDER)
    app.extensions["jobs"].do_waiting()
    pdf = amina.client.get(f"{REPORTS}/1/pdf").data
    denis = browse("denis")
    right = denis.send(f"{REPORTS}/verifier", {"file": (io.BytesIO(pdf), "r.pdf")})
    assert "C’est bien le rapport remis" in right.text
    wrong = denis.send(f"{REPORTS}/verifier", {"file": (io.BytesIO(pdf[:-1]), "r.pdf")})
    assert "n’est pas un rapport remis ici" in wrong.text
    none = denis.send(f"{REPORTS}/verifier", {"file": (io.BytesIO(b""), "")})
    assert "Choisissez le fichier PDF" in none.text
    heavy = denis.client.post(f"{REPORTS}/verifier", data={"file": "0" * 3_000_000})
    assert heavy.status_code == 413
    assert "trop lourd" in heavy.text


def test_what_a_reader_could_work_out_is_told_before_a_report_leaves(browse: Any) -> None:
    url = f"/communautes/{PRE}/rapports/apercu"
    assert "Public, année scolaire 2025-2026" in browse("amina").get(
        f"{url}?periode=2025-2026&destinataire=public"
    ).replace("\xa0", " ")
    browse("amina").get(f"{url}?periode=hier", 422)
    browse("amina").get(f"{url}?destinataire=personne", 422)
    browse("denis").get(url, 403)
