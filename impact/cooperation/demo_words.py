"""The invented questions, actions, sheets and meetings of the demonstration; amounts in euros."""

from impact.cooperation.vocabulary import ActionState, AgeBand, CriterionAnswer, FundingCriterion, MeetingKind
from impact.vocabulary import OrganisationKind

# Words, proposed on, validated on; the fifth is taken up by the first, the sixth still waits.
QUESTIONS = (
    ("Comment repérer ensemble, et plus tôt, un jeune qui s’éloigne de l’école ?", "2020-10-08", "2020-12-10"),
    ("Comment faire des parents les premiers partenaires ?", "2020-10-08", "2020-12-10"),
    ("Comment ne laisser personne sans solution entre deux rentrées ?", "2020-10-08", "2020-12-10"),
    ("Comment partager ce que chacun sait sans trahir la confiance ?", "2020-11-05", "2020-12-10"),
    ("Quels signes regarder chez les plus jeunes ?", "2020-10-08", None),
    ("Comment donner envie d’apprendre aux 16 à 18 ans ?", "2021-09-16", None),
)
ROUNDS = ("2021-01-21", "2022-01-20")
_A, _S = AgeBand, ActionState
# Title, state, lead's rank, partners' ranks, audience, ages, question's rank, dates, (funder, asked, granted, spent).
ACTIONS = (
    ("Veille des absences courtes", _S.DONE, 0, (2, 7, 13), "Collégiens", (_A.LOWER_SECONDARY,), 0,
     ("2021-02-01", "2021-12-17"), (("Ville de Brumeval", 6000, 5000, 4800), ("État", 8000, 4000, 4000))),
    ("Petit-déjeuner des parents", _S.DONE, 8, (0, 3), "Parents de sixième", (_A.ADULTS, _A.LOWER_SECONDARY), 1,
     ("2021-03-04", "2022-06-24"), (("Caisse des Familles", 4000, 4000, 3900),)),
    ("Bus des stages", _S.UNDER_WAY, 14, (1, 5, 10), "Lycéens sans stage", (_A.SIXTEEN,), 2,
     ("2021-09-06", None), (("Département des Sources", 15000, 12000, 7000), ("État", 9000, 6000, 6000),
                             ("Fondation du Noisetier", 3000, 2000, 500))),
    ("Relais d’été", _S.DONE, 12, (4, 9, 11), "Jeunes sans affectation", (_A.SIXTEEN, _A.YOUNG_ADULTS), 2,
     ("2021-06-28", "2021-09-10"), (("Ville de Clairvigne", 5000, 4500, 4500), ("Caisse des Familles", 3000, 1500, 1500))),
    ("Carnet partagé avec l’accord des familles", _S.UNDER_WAY, 5, (0, 1, 2, 13), "Professionnels", (), 3,
     ("2021-10-14", None), (("Département des Sources", 7000, 7000, 2500),)),
    ("Livres dès le berceau", _S.UNDER_WAY, 3, (8, 12), "Tout-petits et leurs parents", (_A.EARLY, _A.ADULTS), 1,
     ("2021-11-18", None), (("Caisse des Familles", 6000, 3000, 1000), ("Ville de Clairvigne", 3000, 3000, 900))),
    ("Théâtre des rôles", _S.DONE, 16, (7, 1), "Collégiens et lycéens", (_A.LOWER_SECONDARY, _A.SIXTEEN), 0,
     ("2021-04-08", "2021-06-24"), (("Fondation du Noisetier", 2500, 2500, 2500),)),
    ("Permanence du samedi", _S.STOPPED, 10, (), "Familles", (_A.ADULTS,), 1, ("2021-01-23", "2021-05-29"), ()),
    ("Atelier vélo", _S.DONE, 9, (15,), "Élèves de primaire", (_A.PRIMARY,), 0,
     ("2021-05-05", "2021-07-02"), (("Ville de Brumeval", 1800, 1800, 1750),)),
    ("Parrainage de rentrée", _S.PLANNED, 13, (0, 1, 14), "Élèves de troisième", (_A.LOWER_SECONDARY, _A.SIXTEEN), 2,
     ("2026-09-01", None), (("État", 10000, None, None), ("Département des Sources", 5000, None, None))),
    ("Semaine des métiers", _S.PLANNED, 14, (1, 6), "Lycéens", (_A.SIXTEEN,), 2, ("2027-03-15", "2027-03-19"), ()),
    ("Café des deux langues", _S.IDEA, 15, (8,), "Parents", (_A.EARLY, _A.NURSERY, _A.ADULTS), 1, (None, None), ()),
)  # fmt: skip
# What the group said of each, one letter a criterion: yes, partly, no; the last is only an idea.
SAID_OF_ACTIONS = ("yyyp", "yppy", "nyyp", "ypny", "pyyy", "yynp", "pnpn", "ynnn", "ynpn", "pyyn", "npnn", "")
_ANSWERS = {"y": CriterionAnswer.YES, "p": CriterionAnswer.PARTLY, "n": CriterionAnswer.NO}


def judged(letters: str) -> dict[FundingCriterion, CriterionAnswer]:
    """The criteria that people answer, in their order."""
    asked = (criterion for criterion in FundingCriterion if not criterion.is_read)
    return {criterion: _ANSWERS[letter] for criterion, letter in zip(asked, letters, strict=False)}


_M = MeetingKind
# Kind, day, people by rank, parents, young people, agenda, decisions.
MEETINGS: tuple[
    tuple[MeetingKind, str, dict[int, int], int | None, int | None, str, str], ...
] = (
    (_M.STEERING, "2020-12-10", {0: 2, 2: 2, 3: 1, 5: 2, 7: 1, 9: 1, 13: 1}, 0, 0,
     "Questions proposées par les groupes", "Les quatre questions essentielles sont validées."),
    (_M.TROIKA, "2021-01-14", {2: 1, 5: 1, 0: 1}, 0, 0, "Préparer le premier tour des liens", "Le tour aura lieu le 21 janvier."),
    (_M.TECHNICAL, "2021-03-18", {0: 1, 2: 1, 3: 1, 8: 1, 12: 2, 13: 1, 14: 1}, 2, 0,
     "Veille des absences\nPremier petit-déjeuner", "Une fiche commune est essayée au collège."),
    (_M.MONITORING, "2021-06-10", {1: 1, 4: 1, 6: 1, 9: 1, 10: 1, 16: 2}, 3, 4,
     "Ce que les jeunes disent du relais d’été", "Deux jeunes préparent la réunion suivante.\nLe bus passe aussi le mercredi."),
    (_M.STEERING, "2021-12-09", {0: 1, 1: 1, 2: 2, 3: 1, 4: 1, 5: 2, 8: 1, 13: 2, 14: 1}, 4, 2,
     "Bilan de l’année\nDeuxième tour des liens", "Le deuxième tour aura lieu en janvier.\nLe carnet partagé est étendu."),
    (_M.TECHNICAL, "2022-03-17", {0: 1, 5: 1, 11: 1, 13: 1, 15: 1}, 1, 0, "Cofinancements", "Une demande commune est déposée."),
    (_M.STEERING, "2022-12-08", {0: 2, 1: 1, 2: 1, 3: 1, 5: 2, 7: 1, 13: 1, 15: 1}, 3, 1,
     "Ce que le cycle a laissé\nQui vient encore", "Le noyau du cycle devient le comité technique."),
    (_M.MONITORING, "2023-06-15", {0: 1, 4: 1, 8: 1, 9: 1, 13: 1, 16: 1}, 4, 5,
     "Le bus des stages, un an après", "Un arrêt de plus à la rentrée."),
    (_M.STEERING, "2024-06-13", {0: 1, 1: 1, 2: 1, 4: 1, 5: 1, 10: 1, 13: 1, 14: 1}, 3, 2,
     "Bilan à quatre ans\nCe que nous ne savons pas mesurer", "Trois indicateurs communs seront choisis."),
    (_M.STEERING, "2025-12-11", {0: 2, 1: 1, 2: 2, 3: 1, 5: 2, 7: 1, 8: 1, 13: 1, 15: 2}, 5, 3,
     "Une feuille de route\nQui fait quoi, avec qui", "La feuille de route est adoptée, avec ses trois objectifs."),
    (_M.TECHNICAL, "2026-06-11", {0: 1, 1: 1, 3: 1, 7: 1, 9: 1, 13: 1}, 2, 0,
     "La grille commune des premiers signes", "La grille part en essai à la rentrée."),
    (_M.STEERING, "2026-10-22", {0: 1, 1: 1, 2: 1, 3: 1, 5: 2, 7: 1, 8: 1, 14: 1, 15: 2}, 4, 2,
     "Prévenir la famille dès la première absence", "Un même protocole d’appel est essayé dans deux établissements."),
    (_M.STEERING, "2026-12-10", {}, None, None, "Feuille de route de l’année\nTroisième tour des liens", ""),
)  # fmt: skip
# Missions, publics, strengths, obstacles, offered, sought: taken in turn by the organisations.
DOMAINS = {
    OrganisationKind.STATE: "Politique de la ville, insertion des jeunes",
    OrganisationKind.NATIONAL_EDUCATION: "École, orientation, lien avec les familles",
    OrganisationKind.LOCAL_AUTHORITY: "Petite enfance, temps périscolaire, jeunesse",
    OrganisationKind.ASSOCIATION: "Loisirs, culture, accompagnement scolaire",
    OrganisationKind.SOCIAL_SECURITY: "Prestations, parentalité",
    OrganisationKind.HEALTH: "Prévention, soin, petite enfance",
    OrganisationKind.FIRM: "Stages, découverte des métiers",
}
SHEETS = (
    ("Enseigner, accompagner, orienter.", "Élèves de 11 à 18 ans", "Une équipe stable", "Peu de temps commun",
     "Une salle le mercredi", "Des adultes relais hors de l’école"),
    ("Animer la vie du quartier avec ses habitants.", "Familles, enfants, jeunes", "La confiance des parents",
     "Des financements d’un an", "Un accueil sans rendez-vous", "Des nouvelles des élèves orientés"),
    ("Conduire la politique éducative du territoire.", "Enfants de 0 à 16 ans", "Des services variés",
     "Des calendriers différents", "Un transport", "Un diagnostic partagé"),
)  # fmt: skip
