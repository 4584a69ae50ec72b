"""What the lists of mediation start with: no official text fixes them, so each entry has its source and can be ended."""

from impact.mediation.vocabulary import MediationList

_FRAME = "Référentiel de médiation, modifiable"

# Code, label, source.
SEEDS: dict[MediationList, tuple[tuple[str, str, str], ...]] = {
    MediationList.CATEGORIES: (
        ("presence", "Présence active", _FRAME),
        ("prevention", "Prévention des conflits", _FRAME),
        ("conflict", "Gestion d’un conflit", _FRAME),
        ("listening", "Écoute et accompagnement", _FRAME),
        ("family", "Lien avec les familles", _FRAME),
        ("orientation", "Orientation vers un relais", _FRAME),
        ("awareness", "Sensibilisation, projet participatif", _FRAME),
        ("peers", "Formation à la médiation par les pairs", _FRAME),
        ("watch", "Veille sociale", _FRAME),
    ),
    MediationList.REQUESTS: (
        ("own", "Initiative du médiateur", _FRAME),
        ("pupil", "Élève", _FRAME),
        ("staff", "Équipe de l’établissement", _FRAME),
        ("family", "Famille", _FRAME),
        ("partner", "Partenaire", _FRAME),
    ),
    MediationList.FOLLOW_UPS: (
        ("none", "Aucune suite à donner", _FRAME),
        ("again", "À revoir par le médiateur", _FRAME),
        ("staff", "Transmis à l’établissement", _FRAME),
        ("family", "Contact avec la famille", _FRAME),
        ("relay", "Relais vers un service ou une association", _FRAME),
    ),
}
