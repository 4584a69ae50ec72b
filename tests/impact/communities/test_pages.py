"""Home, settings, directory, members, access log: who reads, who writes, and what is refused."""

import re
from datetime import date
from typing import Any

import pytest

from impact.accounts.storage import find_account, find_membership
from impact.audit import Actor
from impact.communities.storage import add_member, add_organisation, get_community, list_members, list_organisations
from impact.db import EncryptedDatabase
from impact.identities import Identity, get_identity
from impact.instance import Instance
from impact.vocabulary import OrganisationKind

ROOT = "/communautes/pre-demonstration"
TODAY = date(2026, 11, 20)
HOSTILE = (
    "NaN",
    "True",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "s%s",
    "{0.__class__}",
)


def hidden(browser: Any, url: str) -> dict[str, str]:
    return dict(re.findall(r'name="(csrf_token|once|version)"[^>]*value="([^"]*)"', browser.client.get(url).text))


def test_the_home_tells_who_takes_part(browse: Any) -> None:
    page = browse("denis").get(f"{ROOT}/")
    assert "Amina Vertefeuille" in page
    assert "Clairvigne" in page
    assert "Modifier" not in page


def test_settings_are_changed_and_a_tab_is_switched_off(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    page = amina.get(f"{ROOT}/reglages")
    assert ">Ateliers</a>" in page
    typed = {"name": "PRE des Étangs", "territory": "Brumeval", "starts_on": "01/09/2021", "ends_on": ""}
    page = amina.follow(f"{ROOT}/reglages", {**typed, "shown_tabs": ["organisations"]})
    assert ">Ateliers</a>" not in page
    known = get_community(db)
    assert (known.name, known.territory, known.starts_on) == ("PRE des Étangs", "Brumeval", date(2021, 9, 1))
    assert "workshops" in known.hidden_tabs
    assert "organisations" not in known.hidden_tabs


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Écrivez le nom de la communauté"),
        ({"starts_on": "29/02/2023"}, "Février a 28"),
        ({"starts_on": "31/12/9999"}, "Choisissez un jour entre"),
        ({"ends_on": "31/08/2021"}, "La fin vient avant le début"),
        ({"shown_tabs": ["ailleurs"]}, "Choisissez une réponse de la liste"),
    ],
)
def test_wrong_settings_are_explained(browse: Any, db: EncryptedDatabase, typed: dict[str, Any], message: str) -> None:
    right = {"name": "Autre nom", "territory": "Ici", "starts_on": "01/09/2021", "ends_on": ""}
    answer = browse("amina").send(f"{ROOT}/reglages", {**right, **typed})
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert 'value="Ici"' in answer.text
    assert get_community(db).name == "PRE de Clairvigne"


def test_two_editors_of_the_settings_see_both_versions(browse: Any, db: EncryptedDatabase) -> None:
    amina, url = browse("amina"), f"{ROOT}/reglages"
    typed = {"name": "Premier", "territory": "Ici", "starts_on": "01/09/2021"}
    amina.follow(url, typed)
    answer = amina.send(url, {**typed, "name": "Second", "version": "1"})
    assert answer.status_code == 409
    assert "Premier" in answer.text
    assert "Second" in answer.text
    assert get_community(db).name == "Premier"


def test_the_directory_is_filled_and_corrected(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    assert "Aucune structure" in elodie.get(f"{ROOT}/annuaire/")
    page = elodie.follow(f"{ROOT}/annuaire/nouvelle", {"name": "Club des Étangs", "kind": "association"})
    assert "Club des Étangs" in page
    (known,) = list_organisations(db)
    url = f"{ROOT}/annuaire/{known.id}/modifier"
    elodie.follow(url, {"name": "Club du Lac", "kind": "firm"})
    assert (list_organisations(db)[0].name, list_organisations(db)[0].kind) == ("Club du Lac", OrganisationKind.FIRM)
    answer = elodie.send(url, {"name": "Autre", "kind": "health", "version": "1"})
    assert answer.status_code == 409
    assert "Santé" in answer.text
    assert "Entreprise" in answer.text


def test_a_structure_is_there_once(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/annuaire/nouvelle"
    typed = {"name": "Club", "kind": "association"}
    fields = hidden(elodie, url)
    places = [elodie.client.post(url, data={**fields, **typed}).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    answer = elodie.send(url, typed)
    assert answer.text.count("déjà dans l’annuaire") == 2
    assert 'value="Club"' in answer.text
    assert "« Club » est déjà" in elodie.send(url, {**typed, "name": "CLÜB"}).text.replace("\u00a0", " ")
    assert len(list_organisations(db)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "kind": "firm"},
        {"name": "Club"},
        {"name": "Club", "kind": "ailleurs"},
        {"name": "x" * 300, "kind": "firm"},
    ],
)
def test_a_wrong_structure_is_refused(browse: Any, db: EncryptedDatabase, typed: dict[str, str]) -> None:
    answer = browse("elodie").send(f"{ROOT}/annuaire/nouvelle", typed)
    assert "Ce n’est pas encore enregistré" in answer.text
    assert list_organisations(db) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_kept_and_shown_as_text(browse: Any, db: EncryptedDatabase, text: str) -> None:
    elodie = browse("elodie")
    page = elodie.follow(f"{ROOT}/annuaire/nouvelle", {"name": text, "kind": "other"})
    page += elodie.follow(f"{ROOT}/membres/nouveau", {"family_name": text})
    assert list_organisations(db)[0].name == text
    assert text in [known.listed_name for known in list_members(db)]
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"\b49\b", page)


@pytest.mark.parametrize(
    ("family", "given"), [("O'Neill", "A"), ("D'Aït-N’Golo", ""), ("Müller-Ōno", "Œdipe"), ("X", "")]
)
def test_unusual_names_are_accepted(browse: Any, db: EncryptedDatabase, family: str, given: str) -> None:
    browse("elodie").follow(f"{ROOT}/membres/nouveau", {"family_name": family, "given_name": given})
    assert f"{family} {given}".strip() in [known.listed_name for known in list_members(db)]


def test_a_participant_is_added_then_changed(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    elodie = browse("elodie")
    club = add_organisation(db, amina, "Club", OrganisationKind.ASSOCIATION)
    typed = {"family_name": "Nuage", "given_name": "Ode", "organisation_id": str(club), "email": "ode@exemple.org"}
    assert "Sans compte" in elodie.follow(f"{ROOT}/membres/nouveau", typed)
    member = next(known for known in list_members(db) if known.listed_name == "Nuage Ode")
    assert (member.organisation, member.account_ref, member.joined_on) == ("Club", None, TODAY)
    url = f"{ROOT}/membres/{member.id}"
    elodie.follow(url, {**typed, "family_name": "Nuageux", "organisation_id": ""})
    assert get_identity(db, member.identity_id).full_name == "Ode Nuageux"
    answer = elodie.send(url, {**typed, "version": "1"})
    assert answer.status_code == 409
    assert "Nuageux" in answer.text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"family_name": ""}, "Écrivez le nom"),
        ({"email": "ode@"}, "Il manque la fin de l’adresse"),
        ({"email": "ode"}, "Il manque le signe"),
        ({"phone": "le soir"}, "Écrivez un numéro de téléphone"),
        ({"organisation_id": "999"}, "Choisissez une réponse de la liste"),
        ({"family_name": "x" * 101}, "100 caractères au plus"),
    ],
)
def test_a_wrong_person_is_explained(browse: Any, db: EncryptedDatabase, typed: dict[str, str], message: str) -> None:
    before = len(list_members(db))
    answer = browse("elodie").send(f"{ROOT}/membres/nouveau", {"family_name": "Nuage", "given_name": "Gardé", **typed})
    assert answer.text.count(message) == 2
    assert 'value="Gardé"' in answer.text
    assert len(list_members(db)) == before


def test_a_known_name_is_warned_of(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/membres/nouveau"
    before = len(list_members(db))
    typed = {"family_name": "TOURNELAC", "given_name": "basile"}
    assert "Si c’est une autre personne" in elodie.send(url, typed).text
    assert len(list_members(db)) == before
    elodie.follow(url, {**typed, "homonym": "y"})
    assert len(list_members(db)) == before + 1


def test_a_repeated_form_adds_one_person(browse: Any, db: EncryptedDatabase) -> None:
    elodie, url = browse("elodie"), f"{ROOT}/membres/nouveau"
    fields, before = hidden(elodie, url), len(list_members(db))
    for _ in range(2):
        assert elodie.client.post(url, data={**fields, "family_name": "Nuage"}).status_code == 303
    assert len(list_members(db)) == before + 1


def test_the_list_of_people_is_filtered(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    add_member(db, amina, Identity("Éclaircie", "Ode"), None, TODAY)
    basile = browse("basile")
    page = basile.get(f"{ROOT}/membres/?nom=eclair")
    assert "Éclaircie Ode" in page
    assert "Rivefort" not in page
    assert "Vertefeuille" not in page
    for nothing in ("%25", "_", "' OR 1=1", "\\"):
        answer = basile.get(f"{ROOT}/membres/?nom={nothing}x")
        assert "Personne ne correspond" in answer
    assert "Personne ne correspond" in basile.get(f"{ROOT}/membres/?structure=999")


def test_a_role_is_changed_and_holds_at_the_next_request(browse: Any, db: EncryptedDatabase, place: Instance) -> None:
    amina, basile = browse("amina"), browse("basile")
    member = next(known for known in list_members(db) if known.name == "Basile Tournelac")
    url = f"{ROOT}/membres/{member.id}"
    basile.get(f"{ROOT}/reglages", 403)
    amina.follow(f"{url}/role", {"role": "facilitator"}, page=url)
    basile.get(f"{ROOT}/reglages")
    assert "Choisissez une réponse" in amina.send(f"{url}/role", {"role": "administrator"}, page=url).text


def test_a_facilitator_gives_no_right_that_she_lacks(browse: Any, db: EncryptedDatabase, place: Instance) -> None:
    elodie = browse("elodie")
    by_name = {known.name: known.id for known in list_members(db)}
    for name, role in (("Élodie Marchebourg", "coordinator"), ("Denis Hautmont", "referent")):
        url = f"{ROOT}/membres/{by_name[name]}"
        assert "Choisissez une réponse" in elodie.send(f"{url}/role", {"role": role}, page=url).text
    url = f"{ROOT}/membres/{by_name['Amina Vertefeuille']}"
    assert "plus de droits" in elodie.send(f"{url}/role", {"role": "member"}, page=url).text
    answer = elodie.send(f"{url}/depart", {}, page=url)
    assert answer.status_code == 422
    directory = place.directory()
    amina = find_account(directory, "amina@demonstration.example")
    assert amina is not None
    assert find_membership(directory, amina.id, "pre-demonstration") is not None
    directory.close()


def test_leaving_closes_the_access_at_the_next_request(browse: Any, db: EncryptedDatabase) -> None:
    amina, basile = browse("amina"), browse("basile")
    basile.get(f"{ROOT}/")
    member = next(known for known in list_members(db) if known.name == "Basile Tournelac")
    url = f"{ROOT}/membres/{member.id}"
    page = amina.follow(f"{url}/depart", {}, page=url)
    assert "Tournelac" not in page
    basile.get(f"{ROOT}/", 404)
    basile.get("/mon-compte")
    amina.get(url, 404)


def test_the_log_names_people_and_filters_deeds(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    amina.follow(f"{ROOT}/annuaire/nouvelle", {"name": "Club", "kind": "association"})
    page = amina.get(f"{ROOT}/reglages/journal?acte=create")
    assert "Amina Vertefeuille" in page
    assert "Structure" in page
    assert "Modification<span" not in page
    assert "Journal des accès" in amina.get(f"{ROOT}/reglages/journal?acte=read")
    assert "Aucune entrée" in amina.get(f"{ROOT}/reglages/journal?acte=export")
    amina.get(f"{ROOT}/reglages/journal?acte=ailleurs&avant=9223372036854775808")


def test_the_log_is_read_page_by_page(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    for n in range(60):
        add_organisation(db, amina, f"Club {n}", OrganisationKind.ASSOCIATION)
    browser = browse("amina")
    page = browser.get(f"{ROOT}/reglages/journal?acte=create")
    older = re.search(r'href="([^"]*avant=\d+)"', page)
    assert older
    following = browser.get(older[1].replace("&amp;", "&"))
    assert "Plus récentes" in following
    numbers = [[int(n) for n in re.findall(r"n° (\d+)</span></td>", text)] for text in (page, following)]
    assert len(numbers[0]) == 50
    assert not set(numbers[0][:40]) & set(numbers[1][:10])


def test_each_page_refuses_whom_it_must(browse: Any) -> None:
    basile, denis = browse("basile"), browse("denis")
    for path in ("reglages", "reglages/journal", "membres/invitation", "membres/nouveau", "annuaire/nouvelle"):
        basile.get(f"{ROOT}/{path}", 403)
    for path in ("annuaire/", "membres/"):
        denis.get(f"{ROOT}/{path}", 403)
        browse("chloe").get(f"{ROOT}/{path}", 404)
    assert "Ajouter" not in basile.get(f"{ROOT}/annuaire/")
