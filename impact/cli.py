"""The words of the `impact` command: arguments, help and errors in French; it imports nothing heavy, to answer at once."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from impact.exceptions import ImpactError
from impact.periods import Period, parse_period
from impact.vocabulary import Audience, CommunityKind, Term
from impact.wording import french

MISUSE = 2
FORMATS = ("text", "csv", "json")
# The kinds of report, as reports/vocabulary.py has them; a kind of community stands for its yearly report.
REPORT_KINDS = ("annual", "workshops", "cite", "survey", "network", "one_page", "families", "experience")
_REPORTED = (*REPORT_KINDS, *(kind.value for kind in CommunityKind if kind.value not in REPORT_KINDS))
# What argparse says, and how it is said here.
_MESSAGES = (
    (r"the following arguments are required: (.*)", "il manque : {0}"),
    (r"unrecognized arguments: (.*)", "argument inconnu : {0}"),
    (r"argument (.*): invalid choice: '(.*)' \(choose from (.*)\)", "{0} : « {1} » est inconnu, choisissez parmi {2}"),
    (r"argument (.*): expected one argument", "{0} : il manque une valeur"),
    (r"argument (.*): ignored explicit argument '(.*)'", "{0} ne prend pas de valeur"),
    (r"argument (.*?): (.*)", "{0} : {1}"),
)


class _FrenchHelp(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Utilisation\u00a0: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(f"{heading}\u00a0")

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class FrenchParser(argparse.ArgumentParser):
    """argparse with French headings, and one line on a wrong argument instead of the whole usage."""

    def __init__(self, *, prog: str, description: str, example: str = "") -> None:
        super().__init__(
            prog=prog,
            description=french(description),
            epilog=f"Exemple\u00a0:\n  {example}" if example else None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_FrenchHelp,
        )
        self.commands: dict[str, FrenchParser] = {}
        self._positionals.title, self._optionals.title = "Arguments", "Options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """Say it in French and leave with status 2."""
        tell_misuse(f"{self.prog} : {_in_french(message).rstrip('.')} (voir {self.prog} --help)")
        raise SystemExit(MISUSE)


def run(argv: Sequence[str] | None, work: Callable[[argparse.Namespace], int]) -> int:
    """Read the arguments, do the work, and give the exit status: 2 and one clear line when it was refused."""
    arguments = parser().parse_args(argv)
    try:
        return work(arguments)
    except ImpactError as refusal:
        tell_misuse(f"impact {arguments.command} : {refusal}")
        return MISUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def tell_misuse(message: str) -> None:
    """One line on the error output."""
    print(french(" ".join(message.split())), file=sys.stderr)


def _in_french(message: str) -> str:
    for english, said in _MESSAGES:
        if found := re.fullmatch(english, message, re.DOTALL):
            return said.format(*(part.replace("'", "") for part in found.groups()))
    return message


def parser() -> FrenchParser:
    """The whole command."""
    whole = FrenchParser(
        prog="impact",
        description="Impact collectif : suivre, coopérer, évaluer. Chaque commande a sa propre aide : "
        "impact COMMANDE --help.",
        example="impact run",
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMANDE", required=True, title="Commandes")
    _add_running(commands)
    _add_figures(commands)
    _add_sheets(commands)
    _add_accounts(commands)
    _add_safety(commands)
    whole.commands = dict(commands.choices)
    return whole


def _command(commands: "argparse._SubParsersAction[FrenchParser]", name: str, said: str, example: str) -> FrenchParser:
    one = commands.add_parser(
        name,
        help=french(said[0].lower() + said[1:].split(". ")[0].rstrip(".")),
        prog=f"impact {name}",
        description=said,
        example=example,
    )
    one.add_argument(
        "--instance",
        metavar="DOSSIER",
        type=Path,
        default=Path(os.environ.get("IMPACT_INSTANCE") or "instance"),
        help="dossier de l’installation (par défaut : la variable IMPACT_INSTANCE, sinon ./instance)",
    )
    return one


def _add_running(commands: "argparse._SubParsersAction[FrenchParser]") -> None:
    run_ = _command(
        commands,
        "run",
        "Démarre le serveur et le processus d’impression. Ctrl-C arrête les deux.",
        "impact run --port 8000",
    )
    run_.add_argument("--host", metavar="ADRESSE", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    run_.add_argument("--port", metavar="PORT", type=_port, default=8000, help="port d’écoute (8000)")
    run_.add_argument(
        "--name", metavar="NOM", action="append", default=[], help="nom public du site, s’il y en a un (répétable)"
    )
    run_.add_argument("--https", action="store_true", help="le site est servi en HTTPS par un relais")
    run_.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    demo = _command(
        commands,
        "demo",
        "Construit la démonstration : deux communautés et des personnes inventées. Refuse une installation qui existe.",
        "impact demo --instance essai",
    )
    demo.add_argument("--force", action="store_true", help="met d’abord de côté l’installation qui existe")
    _command(
        commands,
        "migrate",
        "Crée une installation vide, ou met ses fichiers à jour après un changement de version.",
        "impact migrate",
    )


def _add_figures(commands: "argparse._SubParsersAction[FrenchParser]") -> None:
    indicators = _command(
        commands,
        "indicators",
        "Calcule les indicateurs d’une communauté : valeur, base, intervalle, méthode, manquants, version.",
        "impact indicators essonne --period 2020-09-01:2022-08-31 --format json",
    )
    _add_scope(indicators)
    indicators.add_argument("--format", choices=FORMATS, default="text", help="text, csv ou json (text)")
    report = _command(
        commands,
        "report",
        "Imprime le rapport d’évaluation d’une communauté en PDF, données jointes.",
        "impact report essonne --period 2020-09-01:2022-08-31 --out rapport.pdf",
    )
    _add_scope(report, reported=True)
    report.add_argument("--out", metavar="FICHIER", type=Path, help="fichier à écrire (rapport-COMMUNAUTÉ-PÉRIODE.pdf)")


def _add_scope(one: FrenchParser, *, reported: bool = False) -> None:
    one.add_argument("community", metavar="COMMUNAUTÉ", help="nom court de la communauté, par exemple essonne")
    one.add_argument(
        "--period",
        metavar="PÉRIODE",
        type=_period,
        help="2025-2026 (année scolaire), 2025 (année civile) ou 2025-09-01:2026-08-31 "
        "(par défaut : la dernière année scolaire terminée)",
    )
    if reported:
        one.add_argument(
            "--kind",
            metavar="GENRE",
            type=_reported,
            help=f"sorte de rapport : {', '.join(_REPORTED)} (par défaut : celle de la communauté)",
        )
    else:
        _add_choice(one, "--kind", "GENRE", CommunityKind, None, "celui de la communauté")
    _add_choice(one, "--audience", "PUBLIC", Audience, Audience.FUNDER, "funder")


def _add_choice(
    one: FrenchParser, name: str, metavar: str, terms: type[Term], default: Term | None, by_default: str
) -> None:
    known = ", ".join(f"{term.value} ({term.label})" for term in terms)
    one.add_argument(
        name,
        metavar=metavar,
        type=lambda text: _term(terms, text),
        default=default,
        help=f"{known} (par défaut : {by_default})",
    )


def _add_sheets(commands: "argparse._SubParsersAction[FrenchParser]") -> None:
    import_ = _command(
        commands,
        "import",
        "Importe un tableau de suivi, des notes, un questionnaire ou des réponses. Ce qui n’est pas repris est dit ligne par ligne.",
        "impact import situations suivi.xlsx --community mon-pre --dry-run",
    )
    import_.add_argument(
        "what",
        metavar="QUOI",
        choices=("situations", "notes", "questionnaire", "answers"),
        help="situations, notes (de suivi), questionnaire (XLSForm, REDCap, LimeSurvey) ou answers (réponses de Kobo, REDCap, LimeSurvey)",
    )
    import_.add_argument("file", metavar="FICHIER", type=Path, help="le tableau : .xlsx, .xls, .ods, .csv ou .txt")
    import_.add_argument("--community", metavar="COMMUNAUTÉ", required=True, help="nom court de la communauté")
    import_.add_argument("--wave", metavar="VAGUE", type=_whole, help="numéro de la vague, pour des réponses")
    import_.add_argument("--dry-run", action="store_true", help="dit ce que l’import ferait, sans rien écrire")


def _add_accounts(commands: "argparse._SubParsersAction[FrenchParser]") -> None:
    user = _command(
        commands,
        "user",
        "Gère les comptes : ajouter, fermer, changer le mot de passe, lister.",
        "impact user add prenom.nom@exemple.fr --name 'Prénom Nom' --administrator",
    )
    user.add_argument(
        "deed",
        metavar="GESTE",
        choices=("add", "disable", "password", "list"),
        help="add (ajouter), disable (fermer), password (changer le mot de passe) ou list (lister)",
    )
    user.add_argument("email", metavar="ADRESSE", nargs="?", help="adresse électronique du compte")
    user.add_argument("--name", metavar="NOM", help="nom affiché du nouveau compte")
    user.add_argument(
        "--administrator", action="store_true", help="le compte crée les communautés et les comptes, sans rien lire"
    )
    user.add_argument(
        "--password-stdin", action="store_true", help="lit le mot de passe sur l’entrée au lieu de le demander"
    )


def _add_safety(commands: "argparse._SubParsersAction[FrenchParser]") -> None:
    backup = _command(
        commands,
        "backup",
        "Sauvegarde tous les fichiers, chiffrés et vérifiés, même en service. Les clés n’y sont pas : "
        "gardez-en une copie ailleurs.",
        "impact backup /media/sauvegardes",
    )
    backup.add_argument("folder", metavar="DOSSIER", type=Path, help="où ranger la sauvegarde, dans un dossier daté")
    restore = _command(
        commands,
        "restore",
        "Remet en place une sauvegarde, après l’avoir vérifiée. Refuse une installation qui n’est pas vide.",
        "impact restore /media/sauvegardes",
    )
    restore.add_argument(
        "folder", metavar="DOSSIER", type=Path, help="la sauvegarde, ou le dossier qui les contient (la plus récente)"
    )
    restore.add_argument("--force", action="store_true", help="met d’abord de côté l’installation qui existe")
    _command(
        commands,
        "check",
        "Vérifie les versions, les clés et chaque fichier : réglages, intégrité, liens, chiffrement, journal des accès.",
        "impact check",
    )


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _reported(text: str) -> str:
    """A kind of report, or a kind of community: its yearly report."""
    if text not in _REPORTED:
        raise argparse.ArgumentTypeError(f"« {text} » est inconnu, choisissez parmi {', '.join(_REPORTED)}")
    return text


def _term(terms: type[Term], text: str) -> Term:
    try:
        return terms(text)
    except ValueError:
        known = ", ".join(term.value for term in terms)
        raise argparse.ArgumentTypeError(f"« {text} » est inconnu, choisissez parmi {known}") from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro de port")
    return int(text)
