"""What the `impact` command does once its arguments are read; what belongs to packages on the right is handed in."""

import getpass
import platform
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from flask import Flask

from impact import serving
from impact.accounts import storage as accounts
from impact.accounts.records import Account
from impact.accounts.rules import check_password
from impact.audit import AUDIT_KEY, SYSTEM
from impact.backups import PRODUCT, building, faults_of, is_used, make_backup, move_in, parts_of, restore_backup
from impact.db import EncryptedDatabase, cipher_version, connect, migrate
from impact.demo import PASSWORD, PERSONAS, create_communities, create_others
from impact.exceptions import ImpactError, Unusable
from impact.instance import Instance
from impact.jobs import Jobs, stop_with_parent
from impact.periods import local_today
from impact.protection.erasure_storage import erase_again, erased_marks
from impact.wording import french, join_words, plural

Fill = Callable[[Instance, date], None]
ADMINISTRATOR = "administration@demonstration.example"


def tell(text: str) -> None:
    """One line on the standard output, at once."""
    print(french(text), flush=True)


def run(place: Instance, arguments: Namespace, create_app: Callable[..., Flask]) -> int:
    """Serve until told to stop; with `--worker`, be the second process instead."""
    _check_exists(place)
    address = f"http://{arguments.host}:{arguments.port}/"
    app = create_app(
        place.root,
        HTTPS=arguments.https,
        TRUSTED_HOSTS=["localhost", "127.0.0.1", arguments.host, *arguments.name],
    )
    if arguments.worker:
        stop_with_parent()
        jobs: Jobs = app.extensions["jobs"]
        jobs.work()
        return 0
    served: Instance = app.extensions["instance"]
    with place.claim(), served.kept_open():
        worker = serving.WorkerKeeper(serving.worker_command(str(place.root)), tell)
        scheme = "https" if arguments.https else "http"
        serving.serve(app, arguments.host, arguments.port, worker, lambda: _announce(place, address), scheme)
    return 0


def demo(place: Instance, arguments: Namespace, fills: Iterable[Fill]) -> int:
    """Build the demonstration beside, then move it in whole."""
    if is_used(place) and not arguments.force:
        raise Unusable(f"L’installation {place.root} existe déjà : ajoutez --force pour la mettre d’abord de côté.")
    today = local_today()
    with building(place) as fresh:
        create_communities(fresh, today)
        create_others(fresh)
        for fill in fills:
            fill(fresh, today)
        aside = move_in(fresh, place)
    if aside:
        tell(f"L’installation précédente est dans {aside}.")
    tell(f"La démonstration est prête dans {place.root}.")
    tell("Ses comptes sont donnés au démarrage du serveur (impact run).")
    return 0


def migrate_files(place: Instance, _: Namespace) -> int:
    """Create an empty installation, or apply pending migrations file by file."""
    if not is_used(place):
        place.create()
        tell(f"Une installation vide est créée dans {place.root}.")
        tell("Ajoutez-lui un compte : impact user add ADRESSE --name NOM --administrator.")
        _tell_keys(place)
        return 0
    for part in parts_of(place):
        db = connect(part.path, part.key, place.keyring)
        applied = migrate(db, part.schema)
        db.close()
        tell(f"{part.name} : {join_words(applied) or 'à jour'}")
    return 0


def user(place: Instance, arguments: Namespace) -> int:
    """Add, close, list accounts, or change a password."""
    _check_exists(place)
    directory = place.directory()
    try:
        _USER_DEEDS[arguments.deed](directory, arguments)
    finally:
        directory.close()
    return 0


def backup(place: Instance, arguments: Namespace) -> int:
    """Make a verified backup and say what it does not hold."""
    _check_exists(place)
    made = make_backup(place, arguments.folder)
    tell(f"Sauvegarde faite et vérifiée : {made}")
    tell(
        f"Les clés n’y sont pas. Gardez ailleurs une copie de {place.keyring.folder} : sans elle, cette sauvegarde "
        "ne peut pas être lue."
    )
    return 0


def restore(place: Instance, arguments: Namespace) -> int:
    """Put a verified backup in place."""
    aside = restore_backup(place, arguments.folder, arguments.force)
    for part in parts_of(place):
        db = connect(part.path, part.key, place.keyring)
        migrate(db, part.schema)
        db.close()
    erased = _erase_what_came_back(place, aside) if aside else 0
    if erased:
        tell(
            f"{plural(erased, 'dossier déjà effacé', 'dossiers déjà effacés')} de nouveau : la sauvegarde les portait."
        )
    if aside:
        tell(f"L’installation précédente est dans {aside} : supprimez-la quand vous n’en avez plus besoin.")
    tell(f"La sauvegarde est restaurée dans {place.root}.")
    return 0


def _erase_what_came_back(place: Instance, aside: Path) -> int:
    """The replaced files know what was erased since the backup."""
    erased = 0
    for slug in place.slugs():
        replaced = aside / "communities" / slug / "community.db"
        if replaced.exists():
            before = connect(replaced, f"community-{slug}", place.keyring)
            migrate(before, place.schema.community)
            marks = erased_marks(before)
            before.close()
            db = place.community(slug)
            erased += erase_again(db, marks, local_today())
            db.close()
    return erased


def check(place: Instance, _: Namespace) -> int:
    """One line for each thing verified; status 1 when one of them is wrong."""
    _check_exists(place)
    wrong = 0
    for name, faults in _checks(place):
        wrong += bool(faults)
        tell(f"{name} : {' ; '.join(faults) or 'bien'}")
    if wrong:
        tell(f"{plural(wrong, 'point')} à réparer : gardez ces fichiers et restaurez la dernière sauvegarde.")
    return int(bool(wrong))


COMMANDS: dict[str, Callable[[Instance, Namespace], int]] = {
    "migrate": migrate_files,
    "user": user,
    "backup": backup,
    "restore": restore,
    "check": check,
}


def open_community(place: Instance, slug: str) -> EncryptedDatabase:
    """The file of a community named on the command line; raises Unusable with the known names."""
    _check_exists(place)
    known = place.slugs()
    if slug not in known:
        raise Unusable(f"La communauté « {slug} » est inconnue. Communautés : {join_words(known) or 'aucune'}.")
    return place.community(slug)


def _check_exists(place: Instance) -> None:
    if not is_used(place):
        raise Unusable(
            f"Aucune installation dans {place.root} : créez-la vide avec impact migrate, ou avec la démonstration "
            "par impact demo."
        )


def _announce(place: Instance, address: str) -> None:
    tell(f"Impact collectif {version(PRODUCT)} : {address}")
    directory = place.directory()
    demonstration = accounts.find_account(directory, PERSONAS[0].email) is not None
    directory.close()
    if demonstration:
        _tell_accounts()
    _tell_keys(place)
    tell("Ctrl-C arrête le serveur et le processus d’impression.")


def _tell_accounts() -> None:
    tell(f"Comptes de la démonstration (mot de passe : {PASSWORD}) :")
    for persona in PERSONAS:
        roles = ", ".join(f"{role.label} dans {slug}" for slug, role in persona.roles.items())
        tell(f"  {persona.email} : {roles}")
    tell(f"  {ADMINISTRATOR} : administration, sans accès aux données")


def _tell_keys(place: Instance) -> None:
    tell(
        f"Les clés sont dans {place.keyring.folder}. Les perdre, c’est perdre toutes les données, sauvegardes "
        "comprises : gardez-en une copie ailleurs."
    )


def _add_user(directory: EncryptedDatabase, arguments: Namespace) -> None:
    email = _email(arguments)
    if "@" not in email.strip("@"):
        raise Unusable(f"« {email} » n’est pas une adresse électronique.")
    if not arguments.name:
        raise Unusable("Donnez le nom affiché avec --name.")
    password = _password(arguments, (email.partition("@")[0], arguments.name))
    accounts.add_account(directory, SYSTEM, email, arguments.name, password, arguments.administrator)
    tell(f"Le compte {email} est ouvert.")


def _disable_user(directory: EncryptedDatabase, arguments: Namespace) -> None:
    account = _known_account(directory, arguments)
    accounts.disable_account(directory, SYSTEM, account.id)
    tell(f"Le compte {account.email} est fermé : ses connexions sont terminées.")


def _change_password(directory: EncryptedDatabase, arguments: Namespace) -> None:
    account = _known_account(directory, arguments)
    password = _password(arguments, (account.email.partition("@")[0], account.display_name))
    accounts.change_password(directory, SYSTEM, account.id, password)
    tell(f"Le mot de passe de {account.email} est changé : ses connexions sont terminées.")


def _list_users(directory: EncryptedDatabase, _: Namespace) -> None:
    for account in accounts.list_accounts(directory):
        state = "actif" if account.is_active else "fermé"
        held = accounts.list_memberships(directory, account_id=account.id)
        roles = [f"{each.role.label} dans {each.community_slug}" for each in held]
        tell(" ; ".join([account.email, account.display_name, state, *roles]))


_USER_DEEDS = {"add": _add_user, "disable": _disable_user, "password": _change_password, "list": _list_users}


def _email(arguments: Namespace) -> str:
    if not arguments.email:
        raise Unusable("Donnez l’adresse électronique du compte.")
    return str(arguments.email)


def _known_account(directory: EncryptedDatabase, arguments: Namespace) -> Account:
    account = accounts.find_account(directory, _email(arguments))
    if account is None:
        raise Unusable(f"Aucun compte n’a l’adresse {arguments.email}.")
    return account


def _password(arguments: Namespace, own_words: tuple[str, ...]) -> str:
    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass(french("Mot de passe : "))
        if password != getpass.getpass(french("Encore une fois : ")):
            raise Unusable("Les deux saisies diffèrent : recommencez.")
    check_password(password, own_words)
    return password


def _checks(place: Instance) -> Iterable[tuple[str, list[str]]]:
    yield f"Impact collectif {version(PRODUCT)}, Python {platform.python_version()}, {cipher_version()}", []
    for name in ("web", AUDIT_KEY, "jobs"):
        yield f"clé {name}", _key_faults(place, name)
    for part in parts_of(place):
        try:
            db = connect(part.path, part.key, place.keyring)
        except ImpactError as refusal:
            yield part.name, [str(refusal)]
        else:
            yield part.name, faults_of(db)
            db.close()


def _key_faults(place: Instance, name: str) -> list[str]:
    try:
        place.keyring.get(name)
    except ImpactError as refusal:
        return [str(refusal)]
    return []
