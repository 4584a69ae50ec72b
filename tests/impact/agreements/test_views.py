"""The pages of texts, votes and decisions, as each persona meets them."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from impact.agreements import demo, storage, vote_storage
from impact.agreements.decision_storage import list_decisions
from impact.agreements.records import Agreement, Paragraph, Terms
from impact.agreements.vocabulary import Abstention, Choice, EditionState, Electorate, TextKind, VotingRule
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_organisation, list_members
from impact.cooperation.meeting_storage import add_meeting, get_meeting, record_meeting
from impact.cooperation.records import Meeting
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE
from impact.instance import Instance
from impact.jobs import Jobs
from impact.vocabulary import OrganisationKind
from impact.workshops import demo as workshops_demo

ROOT = "/communautes/pre-demonstration/textes"
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
HOSTILE = ("NULL", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "%s {0.__class__}")


@pytest.fixture
def charter(db: EncryptedDatabase, amina: Actor) -> int:
    added = storage.add_agreement(db, amina, Agreement(0, TextKind.CHARTER, "Charte", None, TODAY - 30 * DAY))
    storage.add_paragraph(db, amina, added, "Décider", "Le silence vaut accord.")
    return added


@pytest.fixture
def ballot_id(db: EncryptedDatabase, amina: Actor, charter: int) -> int:
    voices = tuple(member.id for member in list_members(db))
    opened, closed = TODAY - 5 * DAY, TODAY + 5 * DAY
    terms = Terms(VotingRule.SIMPLE, 2, Electorate.MEMBERS, Abstention.NEUTRAL, opened, closed, voices)
    return vote_storage.declare_ballot(db, amina, charter, terms, opened)


def voice(db: EncryptedDatabase, ballot_id: int, name: str) -> int:
    voters = vote_storage.list_entitled(db, vote_storage.get_ballot(db, ballot_id), TODAY)
    return next(voter.id for voter in voters if voter.name.startswith(name))


def declared(db: EncryptedDatabase, **changes: Any) -> dict[str, Any]:
    members = [str(member.id) for member in list_members(db)]
    made = {"electorate": "members", "members": members, "quorum": "2", "rule": "two_thirds", "abstention": "neutral"}
    return {**made, "opens_on": "20/11/2026", "closes_on": "30/11/2026", **changes}


def test_a_text_is_written_article_by_article(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    assert "Aucun texte pour l’instant" in elodie.get(f"{ROOT}/")
    page = elodie.follow(f"{ROOT}/nouveau", {"kind": "protocol", "title": "Protocole d’appel"})
    assert "n’a pas encore d’article" in page
    (text,) = storage.list_agreements(db)
    typed = {"heading": "Qui appelle", "body": "L’établissement."}
    assert "L’établissement." in elodie.follow(f"{ROOT}/{text.id}/articles/ajouter", typed)
    assert "Protocole, version 1" in elodie.get(f"{ROOT}/")
    assert text.kind is TextKind.PROTOCOL


def test_what_is_missing_is_said_at_its_field(browse: Any, db: EncryptedDatabase, charter: int) -> None:
    elodie = browse("elodie")
    for url, typed, message in (
        (f"{ROOT}/nouveau", {"title": "Gardé"}, "Choisissez la sorte de texte."),
        (f"{ROOT}/{charter}/articles/ajouter", {"heading": "Gardé"}, "Écrivez le texte de l’article."),
        (f"{ROOT}/{charter}/articles/ajouter", {"heading": "Gardé", "body": "x" * 5001}, "caractères au plus"),
        (f"{ROOT}/{charter}/amender", {"heading": "Gardé", "body": "b"}, "Écrivez en une phrase"),
        (f"{ROOT}/decisions/nouvelle", {"decided_by": "Gardé", "decided_on": "20/11/2026"}, "Écrivez ce qui est"),
    ):
        answer = elodie.send(url, typed)
        assert answer.status_code == 200
        assert answer.text.count(message) == 2, message
        assert 'value="Gardé"' in answer.text
    assert len(storage.list_paragraphs(db, 1)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_words(browse: Any, db: EncryptedDatabase, charter: int, text: str) -> None:
    elodie = browse("elodie")
    page = elodie.follow(f"{ROOT}/{charter}/articles/ajouter", {"heading": text, "body": text})
    assert storage.list_paragraphs(db, 1)[1].body == text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"\b49\b", page)


def test_two_people_editing_a_paragraph_see_both(browse: Any, db: EncryptedDatabase, charter: int) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/{charter}/articles/1/modifier"
    elodie.follow(url, {"heading": "Décider", "body": "Mots d’Élodie."})
    answer = elodie.send(url, {"heading": "Décider", "body": "Mots d’Amina.", "version": "1"})
    assert answer.status_code == 409
    assert "Mots d’Élodie." in answer.text
    assert "Mots d’Amina." in answer.text
    assert storage.list_paragraphs(db, 1)[0].body == "Mots d’Élodie."


def test_a_member_comments_and_amends_and_reads_the_answer(browse: Any, db: EncryptedDatabase, charter: int) -> None:
    basile, elodie = browse("basile"), browse("elodie")
    article = f"{ROOT}/{charter}/articles/1"
    assert "Basile Tournelac" in basile.follow(article, {"body": "Trop dur."})
    typed = {"heading": "Décider", "body": "Le silence ne vaut rien.", "reason": "Parce que"}
    assert "Amendement en discussion" in basile.follow(f"{article}/amender", typed)
    assert "attend une réponse" in elodie.get(f"{ROOT}/")
    assert "Amendement à" in elodie.get("/")
    answer = f"{ROOT}/{charter}/amendements/1"
    assert "<del>" in elodie.get(answer)
    assert "Écrivez la raison" in elodie.send(answer, {"verdict": "accept"}).text
    page = elodie.follow(answer, {"verdict": "accept", "answer": "Juste."})
    assert "Le silence ne vaut rien." in page
    assert "Juste." in basile.get(article)
    assert basile.client.get(answer).status_code == 403


@pytest.mark.parametrize("verdict", ["accept", "refuse"])
def test_the_answer_to_a_proposed_article_stays_with_its_reason(browse: Any, charter: int, verdict: str) -> None:
    elodie, basile = browse("elodie"), browse("basile")
    typed = {"heading": "Se quitter", "body": "On part avec un préavis.", "reason": "Rien n’est dit du départ."}
    basile.follow(f"{ROOT}/{charter}/amender", typed)
    elodie.follow(f"{ROOT}/{charter}/amendements/1", {"verdict": verdict, "answer": "Dit en réunion."})
    assert "Dit en réunion." in basile.get(f"{ROOT}/{charter}")


def test_a_new_title_that_an_amendment_proposes_is_shown(browse: Any, charter: int) -> None:
    typed = {"heading": "Décider à plusieurs", "body": "Le silence ne vaut rien.", "reason": "Parce que"}
    browse("basile").follow(f"{ROOT}/{charter}/articles/1/amender", typed)
    assert "Titre proposé\u00a0: Décider à plusieurs" in browse("elodie").get(f"{ROOT}/{charter}")


def test_an_answer_to_changed_words_asks_to_read_again(
    browse: Any, db: EncryptedDatabase, amina: Actor, charter: int
) -> None:
    browse("basile").follow(
        f"{ROOT}/{charter}/articles/1/amender", {"heading": "Décider", "body": "Autre.", "reason": "Parce que"}
    )
    storage.change_paragraph(db, amina, charter, Paragraph(1, 0, "Décider", "Entre-temps.", 1))
    answer = browse("elodie").send(
        f"{ROOT}/{charter}/amendements/1", {"verdict": "accept", "answer": "Oui", "version": "1"}
    )
    assert answer.text.count("L’article a changé entre-temps") == 2
    assert 'name="version" type="hidden" value="2"' in answer.text


def test_versions_are_numbered_and_read_side_by_side(
    browse: Any, db: EncryptedDatabase, amina: Actor, charter: int
) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/{charter}/numeroter", {}, page=f"{ROOT}/{charter}")
    assert "Numéroter et continuer" not in elodie.get(f"{ROOT}/{charter}")
    answer = elodie.send(f"{ROOT}/{charter}/numeroter", {}, page=f"{ROOT}/{charter}/articles/1")
    assert answer.status_code == 422
    assert "Aucun mot n’a changé" in answer.text
    storage.change_paragraph(db, amina, charter, Paragraph(1, 0, "Décider", "Le silence ne vaut pas accord.", 1))
    page = elodie.get(f"{ROOT}/{charter}")
    assert "<ins>ne </ins>" in page
    assert "Mots changés</dt><dd>2" in page
    assert "<ins>" not in elodie.get(f"{ROOT}/{charter}?differences=non")
    side = elodie.get(f"{ROOT}/{charter}/versions/2")
    assert "Version 1</th><th" in side
    assert "Comparée à la version 2" in elodie.get(f"{ROOT}/{charter}/versions/1?avec=2")
    elodie.get(f"{ROOT}/{charter}/versions/9", 404)


def test_an_empty_text_offers_no_vote_and_refuses_it(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    empty = storage.add_agreement(db, amina, Agreement(0, TextKind.CHARTER, "Vide", None, TODAY))
    elodie = browse("elodie")
    assert "Mettre au vote" not in elodie.get(f"{ROOT}/{empty}")
    assert "il n’y a rien à voter" in elodie.send(f"{ROOT}/{empty}/vote/annoncer", declared(db)).text
    assert vote_storage.list_ballots(db) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quorum": "0"}, "Un quorum de zéro"),
        ({"quorum": "-1"}, "Écrivez un nombre entier plus grand que zéro, 10\u202f000 au plus."),
        ({"quorum": "99"}, "Le quorum dépasse la liste"),
        ({"quorum": "deux"}, "Écrivez un nombre entier"),
        ({"members": []}, "il faut au moins une voix"),
        ({"opens_on": "19/11/2026"}, "Ce jour est passé"),
        ({"closes_on": "19/11/2026"}, "La clôture vient avant"),
        ({"closes_on": "31/02/2027"}, "Février a 28"),
        ({"members": ["999"]}, "Choisissez une réponse de la liste"),
    ],
)
def test_a_vote_that_could_not_hold_is_explained(
    browse: Any, db: EncryptedDatabase, charter: int, changes: dict[str, Any], message: str
) -> None:
    answer = browse("elodie").send(f"{ROOT}/{charter}/vote/annoncer", declared(db, **changes))
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert vote_storage.list_ballots(db) == []
    assert storage.latest_edition(db, charter).is_draft


def test_a_vote_is_declared_then_withdrawn_before_it_opens(browse: Any, db: EncryptedDatabase, charter: int) -> None:
    elodie = browse("elodie")
    page = elodie.follow(f"{ROOT}/{charter}/vote/annoncer", declared(db, opens_on="25/11/2026"))
    assert "s’ouvre le 25" in page
    (ballot,) = vote_storage.list_ballots(db)
    url = f"{ROOT}/{charter}/vote/{ballot.id}"
    own = elodie.send(f"{url}/voix/{voice(db, ballot.id, 'Élodie')}", {"choice": "for"})
    assert "Le vote s’ouvre le" in own.text
    elodie.follow(f"{url}/retirer", {}, page=url)
    assert vote_storage.list_ballots(db) == []
    assert storage.latest_edition(db, charter).is_draft


def test_a_vote_is_given_and_changed_while_its_direction_stays_hidden(
    browse: Any, db: EncryptedDatabase, charter: int, ballot_id: int
) -> None:
    basile, elodie, url = browse("basile"), browse("elodie"), f"{ROOT}/{charter}/vote/{ballot_id}"
    assert "Voter" in basile.get("/")
    mine = f"{url}/voix/{voice(db, ballot_id, 'Basile')}"
    assert "Choisissez pour, contre" in basile.send(mine, {}).text
    basile.follow(mine, {"choice": "against", "explanation": "Trop vite"})
    basile.follow(mine, {"choice": "for", "explanation": "Convaincu"})
    assert "Convaincu" in basile.get(mine)
    for page in (elodie.get(url), elodie.get(f"{ROOT}/{charter}"), browse("amina").get(url)):
        assert "Convaincu" not in page
        assert "Pour<" not in page
    assert "1\u00a0vote" in elodie.get(url)
    assert elodie.client.get(mine).status_code == 403
    assert elodie.send(mine, {"choice": "against"}, page=url).status_code == 403
    elodie.follow(f"{url}/relancer", {}, page=url)
    assert "20/11/2026" in elodie.get(url)


def test_a_closed_vote_no_longer_changes_and_gives_its_result(
    app: Flask, browse: Any, db: EncryptedDatabase, charter: int, ballot_id: int
) -> None:
    basile, elodie, url = browse("basile"), browse("elodie"), f"{ROOT}/{charter}/vote/{ballot_id}"
    mine = f"{url}/voix/{voice(db, ballot_id, 'Basile')}"
    basile.follow(mine, {"choice": "for"})
    assert elodie.send(f"{url}/clore", {}, page=url).status_code == 422
    app.config["TODAY"] = lambda: TODAY + 6 * DAY
    answer = basile.send(mine, {"choice": "against"}, page=f"{ROOT}/{charter}/articles/1")
    assert answer.status_code == 200
    assert "Le vote est clos depuis le" in answer.text
    assert basile.client.get(mine).location == url
    assert "Quorum non atteint" in elodie.get(url)
    assert "Constater le résultat" in elodie.get("/")
    page = elodie.follow(f"{url}/clore", {}, page=url)
    assert "rien n’est décidé" in page
    assert storage.latest_edition(db, charter).state is EditionState.KEPT


@pytest.mark.pdf
def test_from_a_vote_with_quorum_to_the_sealed_pdf(
    app: Flask, browse: Any, db: EncryptedDatabase, amina: Actor, charter: int, ballot_id: int
) -> None:
    for voter in vote_storage.list_entitled(db, vote_storage.get_ballot(db, ballot_id), TODAY):
        vote_storage.cast_vote(db, Actor("ref", "member", voter.member_id), voter.id, Choice.FOR, "", TODAY)
    app.config["TODAY"] = lambda: TODAY + 6 * DAY
    elodie, url, edition = browse("elodie"), f"{ROOT}/{charter}/vote/{ballot_id}", f"{ROOT}/{charter}/versions/1"
    assert "Texte adopté" in elodie.follow(f"{url}/clore", {}, page=url)
    club = add_organisation(db, amina, "Club des Étangs", OrganisationKind.ASSOCIATION)
    sign = f"{edition}/signer"
    assert (
        "Choisissez un jour entre" in elodie.send(sign, {"organisation_id": str(club), "signed_on": "01/01/2027"}).text
    )
    early = elodie.send(sign, {"organisation_id": str(club), "signed_on": "01/11/2026"})
    assert early.text.count("on la signe ensuite") == 2
    assert "Club des Étangs" in elodie.follow(sign, {"organisation_id": str(club), "signed_on": "26/11/2026"})
    assert "a déjà signé" in elodie.send(sign, {"organisation_id": str(club), "signed_on": "26/11/2026"}).text
    assert "Vous n’êtes d’aucune structure" in browse("basile").get(sign)
    elodie.get(f"{edition}/pdf", 404)
    page = elodie.follow(f"{edition}/sceller", {}, page=edition)
    assert "se prépare" in page
    queue: Jobs = app.extensions["jobs"]
    queue.do_waiting()
    seal = vote_storage.find_seal(db, storage.latest_edition(db, charter).id)
    assert seal is not None
    assert seal.pdf_sha256 in elodie.get(edition)
    answer = browse("basile").client.get(f"{edition}/pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    elodie.follow(f"{ROOT}/{charter}/version-suivante", {}, page=f"{ROOT}/{charter}")
    assert "Lire la version 1, en vigueur" in elodie.get(f"{ROOT}/{charter}")


def test_decisions_and_disagreements_are_kept(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/decisions/nouvelle"
    assert "Aucune décision inscrite" in elodie.get(f"{ROOT}/decisions")
    typed = {"wording": "Essayer", "decided_on": "19/11/2026", "decided_by": "Le comité"}
    disputed = {**typed, "disagreement": "Le jour", "disagreeing": "Le Club"}
    assert elodie.send(url, disputed).text.count("Écrivez ce qui trancherait") == 2
    page = elodie.follow(url, {**disputed, "would_settle": "Un essai de deux mois"})
    assert "1\u00a0désaccord ouvert" in page
    settled = {**disputed, "would_settle": "Un essai", "settled_on": "20/11/2026"}
    assert "Désaccord levé" in elodie.follow(f"{ROOT}/decisions/1", settled)
    answer = elodie.send(f"{ROOT}/decisions/1", {**typed, "version": "1"})
    assert answer.status_code == 409
    assert "Essayer" in browse("basile").get(f"{ROOT}/decisions")
    assert len(list_decisions(db)) == 1


def test_a_meeting_hands_its_decision_to_the_register(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    meeting = Meeting(0, MeetingKind.STEERING, TODAY - 3 * DAY)
    meeting_id = add_meeting(db, amina, meeting)
    held = replace(get_meeting(db, meeting_id), decisions="Tenir six rencontres.\nÉcrire aux écoles.", parents=2)
    record_meeting(db, amina, held, TODAY)
    elodie, url = browse("elodie"), f"/communautes/pre-demonstration/acteurs/reunions/{meeting_id}"
    links = re.findall(r'href="([^"]*decisions/nouvelle[^"]*)"', elodie.get(url))
    assert len(links) == 2
    page = elodie.get(html.unescape(links[0]))
    assert "Tenir six rencontres." in page
    assert 'value="17/11/2026"' in page
    assert 'value="Comité de pilotage"' in page
    assert "decisions/nouvelle" not in browse("basile").get(url)
    assert f'value="{TODAY:%d/%m/%Y}"' in elodie.get(f"{ROOT}/decisions/nouvelle?le=2026-02-31&decision=x")


def test_a_yearly_amendment_of_a_convention_takes_the_same_path(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/nouveau", {"kind": "convention", "title": "Convention-cadre"})
    (convention,) = storage.list_agreements(db)
    made = {"kind": "rider", "title": "Avenant 2026", "amends_id": str(convention.id)}
    alone = elodie.send(f"{ROOT}/nouveau", {"kind": "rider", "title": "Avenant 2026"})
    assert alone.text.count("Choisissez le texte que cet avenant modifie") == 2
    page = elodie.follow(f"{ROOT}/nouveau", made)
    assert "Avenant annuel qui se rapporte à" in page
    assert "Convention-cadre" in page
    rider = next(text for text in storage.list_agreements(db) if text.kind is TextKind.RIDER)
    url = f"{ROOT}/{rider.id}"
    elodie.follow(f"{url}/articles/ajouter", {"heading": "Moyens", "body": "Deux salles de plus."})
    elodie.follow(f"{url}/vote/annoncer", declared(db), page=f"{url}/vote/annoncer")
    assert storage.latest_edition(db, rider.id).is_voting
    refused = elodie.send(f"{ROOT}/nouveau", {**made, "amends_id": "999"})
    assert "réponse de la liste" in refused.text


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    source = elodie.client.get(f"{ROOT}/nouveau").text
    fields = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]*)"', source))
    sent = {**fields, "kind": "charter", "title": "Une fois"}
    first, second = (elodie.client.post(f"{ROOT}/nouveau", data=sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(storage.list_agreements(db)) == 1


def test_roles_and_communities_are_kept_apart(browse: Any, charter: int, ballot_id: int) -> None:
    pages = [f"{ROOT}/", f"{ROOT}/{charter}", f"{ROOT}/{charter}/vote/{ballot_id}", f"{ROOT}/decisions"]
    stranger, denis, chloe, basile = (browse(who) for who in (None, "denis", "chloe", "basile"))
    for url in pages:
        assert stranger.client.get(url).status_code == 302
        assert denis.client.get(url).status_code == 403
        assert chloe.client.get(url).status_code == 404
        basile.get(url)
    for url in (f"{ROOT}/nouveau", f"{ROOT}/{charter}/vote/annoncer", f"{ROOT}/decisions/nouvelle"):
        assert basile.client.get(url).status_code == 403
    assert "vote/1/clore" not in basile.get(pages[2])


def test_the_demonstration_tells_an_adopted_charter(place: Instance) -> None:
    db = place.community(ESSONNE)
    workshops_demo.fill(db, SYSTEM, TODAY)
    demo.fill(db, SYSTEM, TODAY)
    charter, protocol = storage.list_agreements(db)
    editions = storage.list_editions(db, charter.id)
    assert [edition.state.value for edition in editions] == ["kept", "kept", "adopted"]
    assert [amendment.is_open for amendment in storage.list_amendments(db, charter.id)].count(True) == 1
    assert storage.latest_edition(db, protocol.id).is_voting
    assert len(list_decisions(db)) == 3
    assert vote_storage.unsealed_ids(db) == [editions[-1].id]
    db.close()
