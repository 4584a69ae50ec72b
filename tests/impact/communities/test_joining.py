"""New communities, invitations and their links."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from impact.accounts.access import Role
from impact.accounts.storage import add_invitation, find_account, find_membership, list_accounts, list_memberships
from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, get_community, get_member, list_members
from impact.db import EncryptedDatabase, gate
from impact.demo import PASSWORD, PRE
from impact.identities import Identity
from impact.instance import Instance
from impact.navigation import Navigation
from impact.vocabulary import CommunityKind

ROOT = f"/communautes/{PRE}"
TODAY = date(2026, 11, 20)
GOOD = "café brouette étang 42"


def administrator(browse: Any) -> Any:
    browser = browse(None)
    answer = browser.send("/connexion", {"email": "administration@demonstration.example", "password": PASSWORD})
    assert answer.status_code == 303
    return browser


def link_of(page: str) -> str:
    found = re.search(r'value="http://localhost(/invitation/[^"]+)"', page)
    assert found, page
    return found[1]


def invite(browser: Any, **typed: str) -> str:
    answer = browser.send(f"{ROOT}/membres/invitation", {"label": "Nouvelle", "role": "member", **typed})
    return link_of(answer.text)


def newcomer(**typed: str) -> dict[str, str]:
    return {"given_name": "Ode", "family_name": "Nuage", "email": "ode@exemple.org", "password": GOOD, **typed}


def test_the_administrator_founds_a_community(app: Flask, browse: Any, place: Instance) -> None:
    seeded: list[tuple[CommunityKind, date]] = []
    navigation: Navigation = app.extensions["navigation"]
    navigation.on_new_community(lambda _db, _actor, kind, day: seeded.append((kind, day)))
    browser = administrator(browse)
    typed = {"name": "Cité des Étangs", "kind": "cite", "territory": "Brumeval", "starts_on": "01/09/2026"}
    page = browser.follow("/installation/communautes/nouvelle", typed)
    assert "Inviter la première personne" in page
    assert seeded == [(CommunityKind.CITE, TODAY)]
    made = place.community("cite-des-etangs")
    assert (get_community(made).name, list_members(made)) == ("Cité des Étangs", [])
    made.close()
    answer = browser.send(
        "/installation/communautes/cite-des-etangs/invitation", {"label": "Coordination", "role": "facilitator"}
    )
    stranger = browse(None)
    assert "Bienvenue" in stranger.follow(link_of(answer.text), newcomer())
    stranger.get("/communautes/cite-des-etangs/reglages")
    again = browser.send(
        "/installation/communautes/cite-des-etangs/invitation", {"label": "Encore", "role": "coordinator"}
    )
    assert "a déjà une personne qui invite" in again.text
    assert "En place" in browser.get("/installation/communautes/")
    browser.get("/communautes/cite-des-etangs/", 404)


def test_two_communities_of_one_name_and_a_repeated_form(browse: Any, place: Instance) -> None:
    browser, url = administrator(browse), "/installation/communautes/nouvelle"
    typed = {"name": "Essonne", "kind": "pre", "territory": "Ici", "starts_on": "01/09/2026"}
    fields = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]*)"', browser.client.get(url).text))
    places = [browser.client.post(url, data={**fields, **typed}).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert place.slugs() == ["essonne", "essonne-2", "pre-demonstration"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Écrivez le nom de la communauté"),
        ({"kind": ""}, "Choisissez ce qu’est la communauté"),
        ({"kind": "ailleurs"}, "Choisissez une réponse de la liste"),
        ({"territory": " "}, "Écrivez le territoire"),
        ({"starts_on": "31/04/2024"}, "Ce mois a 30"),
        ({"ends_on": "01/01/2020"}, "La fin vient avant le début"),
    ],
)
def test_a_wrong_community_is_not_founded(browse: Any, place: Instance, typed: dict[str, str], message: str) -> None:
    right = {"name": "Nom", "kind": "pre", "territory": "Ici", "starts_on": "01/09/2026"}
    answer = administrator(browse).send("/installation/communautes/nouvelle", {**right, **typed})
    assert answer.text.count(message) == 2
    assert len(place.slugs()) == 2


def test_only_the_administrator_founds(browse: Any) -> None:
    browse("amina").get("/installation/communautes/", 403)
    assert browse(None).client.get("/installation/communautes/").status_code == 302
    administrator(browse).get("/installation/communautes/absente/invitation", 404)


def test_an_invited_person_makes_her_account(browse: Any, db: EncryptedDatabase, place: Instance) -> None:
    link = invite(browse("amina"), role="referent")
    stranger = browse(None)
    assert "référent de parcours" in stranger.get(link)
    page = stranger.follow(link, newcomer())
    assert "Bienvenue" in page
    directory = place.directory()
    made = find_account(directory, "ode@exemple.org")
    assert made is not None
    membership = find_membership(directory, made.id, PRE)
    assert membership is not None
    assert membership.role is Role.REFERENT
    assert get_member(db, membership.member_id).account_ref == made.ref
    directory.close()


def test_a_link_serves_once(browse: Any) -> None:
    link = invite(browse("amina"))
    browse(None).follow(link, newcomer())
    for visitor in (browse(None), browse("chloe")):
        assert "Cette invitation ne sert plus" in visitor.get(link, 404)
    answer = browse(None).send(link, newcomer(email="autre@exemple.org"), page="/connexion")
    assert answer.status_code == 404


def test_unknown_expired_and_altered_links_answer_alike(browse: Any, place: Instance) -> None:
    link = invite(browse("amina"))
    directory = place.directory()
    with gate(directory):
        past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
        directory.execute("UPDATE invitation SET expires_at = ?", (past,))
    directory.close()
    stranger = browse(None)
    altered = link[:-1] + ("A" if link[-1] != "A" else "B")
    pages = {stranger.get(url, 404) for url in (link, altered, link.upper().replace("/INVITATION", "/invitation"))}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("x" * 13, False),
        ("brouette étan" + "g" * 116 + "!", False),
        ("Reussite2024!", False),
        ("clairvigne clairvigne", False),
        (unicodedata.normalize("NFD", GOOD), True),
    ],
)
def test_the_password_rules_hold(browse: Any, place: Instance, password: str, accepted: bool) -> None:
    link = invite(browse("amina"))
    answer = browse(None).send(link, newcomer(password=password))
    assert (answer.status_code == 303) is accepted
    if accepted:
        again = browse(None).send("/connexion", {"email": "ode@exemple.org", "password": GOOD})
        assert again.status_code == 303
    else:
        assert "Votre compte n’est pas encore créé" in answer.text
        assert password not in answer.text
        assert 'value="ode@exemple.org"' in answer.text
        browse(None).follow(link, newcomer())


@pytest.mark.parametrize("email", ["ode", "ode@", "ode@exemple", "@exemple.org", "o de@exemple.org"])
def test_an_address_is_checked(browse: Any, place: Instance, email: str) -> None:
    answer = browse(None).send(invite(browse("amina")), newcomer(email=email))
    assert answer.text.count("Il manque") == 2


def test_a_known_address_must_sign_in_and_leaves_the_link_usable(browse: Any, place: Instance) -> None:
    link = invite(browse("amina"))
    answer = browse(None).send(link, newcomer(email="CHLOE@demonstration.example"))
    assert answer.text.count("a déjà un compte") == 2
    directory = place.directory()
    before = len(list_accounts(directory))
    chloe = browse("chloe")
    assert "chloe@demonstration.example" in chloe.get(link)
    assert "Bienvenue" in chloe.follow(link, {})
    assert len(list_accounts(directory)) == before
    directory.close()


def test_a_member_and_an_administrator_do_not_use_a_link(browse: Any, place: Instance) -> None:
    link = invite(browse("amina"))
    assert "Vous êtes déjà membre" in browse("basile").send(link, {}).text
    assert "Un compte d’administration" in administrator(browse).send(link, {}).text
    assert "Bienvenue" in browse("chloe").follow(link, {})


def test_a_known_participant_keeps_her_row(browse: Any, db: EncryptedDatabase, amina: Actor, place: Instance) -> None:
    member_id = add_member(db, amina, Identity("Nuage", "Ode"), None, TODAY)
    link = invite(browse("amina"), label="", member_id=str(member_id))
    stranger = browse(None)
    assert 'value="Nuage"' in stranger.get(link)
    stranger.follow(link, newcomer())
    assert get_member(db, member_id).account_ref is not None
    assert [known.name for known in list_members(db)].count("Ode Nuage") == 1


def test_who_left_comes_back_to_her_row(browse: Any, db: EncryptedDatabase, place: Instance) -> None:
    amina = browse("amina")
    member = next(known for known in list_members(db) if known.name == "Basile Tournelac")
    url = f"{ROOT}/membres/{member.id}"
    amina.follow(f"{url}/depart", {}, page=url)
    basile = browse("basile")
    basile.follow(invite(amina, role="member"), {})
    back = get_member(db, member.id)
    assert (back.left_on, back.account_ref) == (None, member.account_ref)
    basile.get(f"{ROOT}/")


def test_an_invitation_needs_a_person_and_a_role_within_reach(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/membres/invitation"
    assert elodie.send(url, {"label": "", "role": "member"}).text.count("ou écrivez son nom") == 2
    assert "Choisissez ce que la personne pourra faire" in elodie.send(url, {"label": "Ode"}).text
    for role in ("coordinator", "referent", "administrator"):
        assert "Choisissez une réponse de la liste" in elodie.send(url, {"label": "Ode", "role": role}).text
    with_account = next(known for known in list_members(db) if known.account_ref)
    refused = elodie.send(url, {"member_id": str(with_account.id), "role": "member"})
    assert "Choisissez une réponse de la liste" in refused.text


def test_a_repeated_invitation_makes_one_link(browse: Any, place: Instance) -> None:
    amina, url = browse("amina"), f"{ROOT}/membres/invitation"
    fields = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]*)"', amina.client.get(url).text))
    answers = [amina.client.post(url, data={**fields, "label": "Ode", "role": "member"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 303]
    directory = place.directory()
    assert directory.value("SELECT count(*) FROM invitation") == 1
    directory.close()


def test_a_failed_entry_leaves_no_trace(browse: Any, db: EncryptedDatabase, amina: Actor, place: Instance) -> None:
    member_id = add_member(db, amina, Identity("Nuage", "Ode"), None, TODAY)
    directory = place.directory()
    tokens = [add_invitation(directory, SYSTEM, PRE, Role.MEMBER, "Ode", member_id) for _ in range(2)]
    browse(None).follow(f"/invitation/{tokens[0]}", newcomer())
    accounts, present = len(list_accounts(directory)), len(list_memberships(directory, slug=PRE))
    answer = browse(None).send(f"/invitation/{tokens[1]}", newcomer(email="autre@exemple.org"))
    assert "demandez une autre invitation" in answer.text
    assert (len(list_accounts(directory)), len(list_memberships(directory, slug=PRE))) == (accounts, present)
    directory.close()


def test_a_waiting_link_is_listed_and_withdrawn(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    link = invite(amina, label="Ode d’Aujourd’hui")
    page = amina.get(f"{ROOT}/membres/")
    assert "Ode d’Aujourd’hui" in page
    assert "Ode d’Aujourd’hui" not in browse("basile").get(f"{ROOT}/membres/")
    action = re.search(r'action="([^"]+/retirer)"', page)
    assert action
    assert browse("chloe").client.post(action[1]).status_code in (400, 404)
    assert "Invitations en attente" not in amina.follow(action[1], {}, page=f"{ROOT}/membres/")
    assert "Cette invitation ne sert plus" in browse(None).get(link, 404)
    again = amina.send(f"{ROOT}/membres/invitation/999/retirer", {}, page=f"{ROOT}/reglages")
    assert again.status_code == 404
