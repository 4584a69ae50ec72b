"""The survey's figures in the shape of the reference table's own file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports.annual.records import SurveyFigure

SEX = {"girl": "F", "boy": "M", "unknown": "inconnu"}
AGE = {"under_2": "moins_de_2", "unknown": "inconnu"}
ANSWER = {"yes": "oui", "no": "non", "unknown": "inconnu"}
STATUS = {
    "pathway": "prises_en_charge",
    "refused": "refusees",
    "refused_by_team": "dont_refus_eps",
    "refused_by_family": "dont_refus_famille",
    "elsewhere": "reorientees",
    "waiting": "en_attente",
}
NOT_TOLD, NOBODY = "Non renseigné", "Sans référent"


class Told:
    """Look-ups among the figures of one survey."""

    def __init__(self, figures: Sequence[SurveyFigure], referents: Mapping[str, str]) -> None:
        self.figures, self.referents = figures, {**referents, "nobody": NOBODY}

    def one(self, code: str, day: date | None = None) -> Any:
        """The value of a single figure."""
        found = [each for each in self.figures if each.code == code and each.day == day and not each.category]
        assert len(found) == 1, (code, day)
        return found[0].value

    def row(self, code: str) -> SurveyFigure:
        return next(each for each in self.figures if each.code == code and not each.category)

    def rows(self, code: str, names: Mapping[str, str] | None = None, day: date | None = None) -> dict[str, Any]:
        names = names or {}
        return {
            names.get(each.category, each.category): each.value
            for each in self.figures
            if each.code == code and each.day == day
        }

    def population(self, code: str, age_on: date, day: date | None = None) -> dict[str, Any]:
        crossed = self.rows(f"{code}_sex_age", day=day)
        return {
            "enfants": self.one(code, day),
            "par_sexe": self.rows(f"{code}_sex", SEX, day),
            "par_tranche": self.rows(f"{code}_age", AGE, day),
            "par_sexe_et_tranche": {
                SEX[sex]: {
                    AGE.get(key.partition("|")[2], key.partition("|")[2]): value
                    for key, value in crossed.items()
                    if key.startswith(f"{sex}|")
                }
                for sex in SEX
            },
            "age_au": age_on.isoformat(),
            "qpv": {**self.rows(f"{code}_qpv", ANSWER, day), "part": self.one(f"{code}_qpv_share", day)},
        }

    def survey(self, du: date, au: date, age_on: date, stocks: Sequence[date]) -> dict[str, Any]:
        """Every figure of one period."""
        received, held, hours = self.row("delay_received"), self.row("delay_held"), self.row("hours")
        return {
            "du": du.isoformat(),
            "au": au.isoformat(),
            "situations": {
                "recues": self.one("received"),
                "enfants_concernes": self.one("received_children"),
                "statut_fin_periode": self.rows("status", STATUS),
                "parcours_non_demarres": self.one("not_started"),
                "decisions_de_la_periode": self.rows("decisions", STATUS),
                "en_attente_a_la_fin": self.one("waiting_at_end"),
                "accords": self.rows("agreed", ANSWER),
            },
            "flux": self.population("flow", age_on),
            "stocks": {day.isoformat(): self.population("stock", day, day) for day in stocks},
            "motifs": {
                "situations_recues": {
                    "situations": self.one("received"),
                    "sans_motif": self.one("without_motive"),
                    "mentions": self.one("motive_mentions"),
                    "situations_par_motif": self.rows("motives"),
                    "enfants_par_motif": self.rows("motive_children"),
                    "premier_motif": self.rows("first_motive"),
                },
                "enfants_suivis": {
                    "enfants": self.one("flow"),
                    "enfants_sans_motif": self.one("followed_without_motive"),
                    "mentions": self.one("followed_motive_mentions"),
                    "enfants_par_motif": self.rows("followed_motives"),
                },
            },
            "origines": {
                "situations_recues": self.rows("received_origins", {"unknown": "inconnu"}),
                "enfants_suivis": self.rows("followed_origins", {"unknown": "inconnu"}),
            },
            "delai_orientation_eps": {
                "recues": {
                    "n": received.base,
                    "mediane_jours": received.value,
                    "moyenne_jours": self.one("delay_received_mean"),
                    "sans_eps": received.missing,
                },
                "tenues": {
                    "n": held.base,
                    "mediane_jours": held.value,
                    "moyenne_jours": self.one("delay_held_mean"),
                },
            },
            "parcours": {
                "actifs": self.one("pathways"),
                "entrees": self.one("entries"),
                "enfants_entres": self.one("children_entered"),
                "sorties": self.one("exits"),
                "enfants_sortis": self.one("children_left"),
                "sorties_par_motif": self.rows("exits_by_reason", {"not_told": NOT_TOLD}),
                "duree_moyenne_naive_des_sorties_jours": self.one("ended_mean"),
            },
            "enfants_par_referent": {
                "pendant_la_periode": self.rows("referent_children", self.referents),
                **{day.isoformat(): self.rows("referent_stock", self.referents, day) for day in stocks},
            },
            "heures": {
                "parcours": self.one("pathways"),
                "renseignes": hours.base,
                "manquants": hours.missing,
                "total": hours.value,
                "moyenne": self.one("hours_mean"),
                "mediane": self.one("hours_median"),
            },
        }

    def lengths(self) -> dict[str, Any]:
        """Time in the programme."""
        gone: dict[str, dict[str, Any]] = {}
        for key, value in self.rows("length_gone").items():
            reason, _, horizon = key.partition("|")
            gone.setdefault(NOT_TOLD if reason == "not_told" else reason, {})[horizon] = value
        closed, everyone = self.one("length_ended"), self.one("length_pathways")
        return {
            "parcours": everyone,
            "clos": closed,
            "ouverts": everyone - closed,
            "kaplan_meier_mediane_jours": self.one("length_median"),
            "kaplan_meier_mediane_mois": self.one("length_median") / 30.4375,
            "survie": self.rows("length_still"),
            "a_risque": self.rows("length_at_risk"),
            "moyenne_naive_des_clos_jours": self.one("length_naive_mean"),
            "moyenne_naive_des_clos_mois": self.one("length_naive_mean") / 30.4375,
            "mediane_naive_des_clos_jours": self.one("length_naive_median"),
            "incidence_cumulee": gone,
        }


def flat(value: Any, place: str = "") -> dict[str, Any]:
    """Every leaf by its path, numbers rounded as the reference writes them."""
    if isinstance(value, Mapping):
        return {key: leaf for name, each in value.items() for key, leaf in flat(each, f"{place}/{name}").items()}
    return {place: round(value, 4) if isinstance(value, float | int) else value}
