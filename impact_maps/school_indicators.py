"""The entries of the catalogue on school mix (STATISTICS §2.J to §2.L): published figures of schools, level by level."""

from functools import partial

from impact.vocabulary import CommunityKind, Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_KINDS = (CommunityKind.CITE, CommunityKind.COLLECTIVE)
_IPS = "Indices de position sociale publiés par la DEPP, dernière rentrée connue à la fin de la période"
_ORIGINS = "Effectifs par origine sociale, dernière rentrée connue à la fin de la période"
_SECTORS = "Secteurs et établissements fréquentés, dernière rentrée connue à la fin de la période"
_LARGE = " Les établissements de moins de 11 élèves sont laissés de côté."

_mix = partial(
    Indicator,
    source=_IPS,
    sensitivity=Sensitivity.OPEN,
    family=Family.SCHOOLS,
    census=True,
    breakdown=True,
    kinds=_KINDS,
)
_by_origin = partial(_mix, source=_ORIGINS, sensitivity=Sensitivity.PERSON)
_by_sector = partial(_mix, source=_SECTORS, sensitivity=Sensitivity.PERSON)


SCHOOLS = (
    _mix(
        "schools.observed", "Établissements observés",
        "Établissements dont quelque chose est écrit pour la dernière rentrée connue, par niveau.",
        Unit.COUNT, "établissements", "", "{label} observés : {value}.",
    ),
    _mix(
        "schools.ips_mean", "IPS moyen",
        "Moyenne des IPS des établissements, chacun pesant ses élèves quand tous les effectifs sont connus, et autant que les autres sinon."
        " L'IPS décrit l'origine sociale des élèves, ni la qualité ni les résultats d'un établissement.",
        Unit.MEAN, "somme des IPS", "établissements dont l'IPS est publié",
        "{label} : IPS moyen de {value} ([denominator: établissement|établissements] : {denominator}).",
    ),
    _mix(
        "schools.ips_by_school", "IPS de chaque établissement",
        "IPS publié. Une différence de 3 points ou moins n'est pas interprétable.",
        Unit.MEAN, "IPS publié", "élèves de l'établissement", "{label} : IPS de {value}.",
    ),
    _mix(
        "schools.ips_by_year", "IPS moyen, rentrée par rentrée",
        "IPS moyen de chaque rentrée connue. Les établissements écrits ne sont pas toujours les mêmes ; à la rentrée 2022, la table des IPS a"
        " changé, et ce qui précède ne s'y compare pas.",
        Unit.MEAN, "somme des IPS", "établissements dont l'IPS est publié", "{label} : IPS moyen de {value}.",
    ),
    _mix(
        "schools.ips_spread", "Écart entre le plus haut et le plus bas IPS",
        "IPS le plus haut moins IPS le plus bas. Au moins deux établissements.",
        Unit.MEAN, "points d'écart", "établissements dont l'IPS est publié",
        "{label} : {value} [value: point|points] entre l'IPS le plus haut et le plus bas.", direction=Direction.DOWN,
    ),
    _mix(
        "schools.between_share", "Part des écarts sociaux qui tient à l'établissement",
        "Variance des IPS moyens entre établissements, rapportée à la variance de tous les élèves (entre établissements et dans chacun)."
        " Nécessite l'effectif et l'écart type de chaque établissement.",
        Unit.SHARE, "variance entre établissements", "variance de tous les élèves",
        "{label} : {value} des écarts sociaux entre élèves tiennent à l'établissement fréquenté.", direction=Direction.DOWN,
    ),
    _mix(
        "schools.beyond", "Établissements loin de la moyenne",
        "Établissements dont l'IPS s'écarte de la moyenne, en plus ou en moins, de plus que le pourcentage fixé par la communauté (20 % sauf"
        " choix contraire) ; la moyenne est celle que la communauté a fixée, ou celle des établissements écrits.",
        Unit.SHARE, "établissements loin de la moyenne", "établissements dont l'IPS est publié",
        "{label} loin de la moyenne : {numerator} sur {denominator}.", direction=Direction.DOWN,
    ),
    _mix(
        "schools.pupils_beyond", "Élèves des établissements loin de la moyenne",
        "Élèves des établissements loin de la moyenne, parmi les élèves de ceux dont l'IPS est publié. Nécessite tous les effectifs.",
        Unit.SHARE, "élèves des établissements loin de la moyenne", "élèves",
        "{label} : {numerator} des {denominator} élèves [numerator: est|sont] dans un établissement loin de la moyenne ({value}).",
        direction=Direction.DOWN,
    ),
    _mix(
        "schools.ips_moves", "Établissements dont l'IPS change d'une rentrée à l'autre",
        "Établissements dont l'IPS a baissé, est resté stable (moins de 3 points d'écart) ou a monté depuis la rentrée d'avant, parmi ceux dont"
        " il est publié les deux fois.",
        Unit.SHARE, "établissements", "établissements dont l'IPS est publié aux deux rentrées",
        "{label} : {numerator} des {denominator} établissements.",
    ),
    _by_origin(
        "schools.disadvantaged", "Élèves d'origine défavorisée",
        "Élèves dont les parents sont dans le groupe de professions que le ministère dit défavorisé." + _LARGE,
        Unit.SHARE, "élèves défavorisés", "élèves dont l'origine est connue",
        "{label} : {numerator} des {denominator} élèves [numerator: est|sont] d'origine défavorisée ({value}).",
    ),
    _by_origin(
        "schools.disadvantaged_by_school", "Élèves d'origine défavorisée, par établissement",
        "Part des élèves d'origine défavorisée dans chaque établissement." + _LARGE,
        Unit.SHARE, "élèves défavorisés", "élèves dont l'origine est connue",
        "{label} : {numerator} des {denominator} élèves [numerator: est|sont] d'origine défavorisée ({value}).",
    ),
    _by_origin(
        "schools.local_by_school", "Indice local de ségrégation, par établissement",
        "Divergence entre la part d'élèves défavorisés de l'établissement et celle de l'ensemble (Alonso-Villar et Del Río) : 0 quand elles"
        " sont égales. La somme des indices, chacun pesant ses élèves, est l'information mutuelle des deux groupes." + _LARGE,
        Unit.INDEX, "divergence de l'établissement", "élèves dont l'origine est connue",
        "{label} : indice local de {value}, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_origin(
        "schools.entropy", "Indice d'entropie",
        "Indice de Theil normalisé de la DEPP, sur les quatre groupes d'origine : 0 quand chaque établissement a la mixité du territoire, 1"
        " quand il n'y en a aucune. Le niveau qu'aurait donné le seul hasard des inscriptions est dit à côté." + _LARGE,
        Unit.INDEX, "entropie entre établissements", "élèves dont l'origine est connue",
        "{label} : indice d'entropie de {value}, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_origin(
        "schools.entropy_by_year", "Indice d'entropie, rentrée par rentrée",
        "Indice d'entropie de chaque rentrée connue." + _LARGE,
        Unit.INDEX, "entropie entre établissements", "élèves dont l'origine est connue",
        "{label} : indice d'entropie de {value}, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_origin(
        "schools.private_share", "Part de l'indice d'entropie qui sépare public et privé",
        "Entropie entre l'ensemble des établissements publics et l'ensemble des établissements privés, rapportée à l'indice d'entropie ; le"
        " reste sépare les établissements d'un même secteur." + _LARGE,
        Unit.SHARE, "entropie entre public et privé", "entropie entre établissements",
        "{label} : {value} de l'indice d'entropie vient de l'écart entre public et privé.",
    ),
    _by_origin(
        "schools.structure_change", "Évolution de la ségrégation, d'une rentrée à l'autre",
        "Part du changement de l'information mutuelle (M) qui ne vient ni de l'origine sociale des élèves, ni de la taille, de l'ouverture ou de"
        " la fermeture des établissements (décomposition de Shapley d'Elbers, marges ajustées à 1e-10 près)." + _LARGE,
        Unit.INDEX, "changement de M à composition égale", "élèves dont l'origine est connue",
        "{label} : {value} à composition égale depuis la rentrée d'avant, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_origin(
        "schools.dissimilarity", "Indice de dissimilarité",
        "Part des élèves défavorisés qui devraient changer d'établissement pour que chacun en ait la même part (Duncan), comparée à ce que"
        " donnerait le seul hasard (Winship), avec un test par permutation. Entre 5 et 95 % d'élèves défavorisés." + _LARGE,
        Unit.INDEX, "élèves défavorisés à déplacer", "élèves dont l'origine est connue",
        "{label} : indice de dissimilarité de {value}, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_origin(
        "schools.exposure", "Exposition normalisée",
        "Part d'élèves défavorisés dans l'établissement d'un élève défavorisé, moins la même part pour un autre élève, en points (Ly et Riegert)."
        + _LARGE,
        Unit.POINTS, "écart d'exposition", "élèves dont l'origine est connue",
        "{label} : {value} d'écart d'exposition, pour {n} élèves.", direction=Direction.DOWN,
    ),
    _by_sector(
        "schools.outside", "Scolarisation hors de l'établissement de secteur",
        "Élèves qui habitent le secteur d'un établissement public et n'y sont pas scolarisés. Les raisons ne sont pas connues : déménagements,"
        " dispositifs et choix sont comptés ensemble.",
        Unit.SHARE, "élèves scolarisés hors de leur secteur", "élèves qui habitent un secteur",
        "{label} : {numerator} des {denominator} élèves [numerator: est scolarisé hors de son secteur|sont scolarisés hors de leur secteur] ({value}).",
    ),
    _by_sector(
        "schools.outside_disadvantaged", "Scolarisation hors secteur, élèves défavorisés",
        "La même part, pour les seuls élèves d'origine défavorisée.",
        Unit.SHARE, "élèves défavorisés scolarisés hors de leur secteur", "élèves défavorisés qui habitent un secteur",
        "{label} : {numerator} des {denominator} élèves défavorisés [numerator: est scolarisé hors de son secteur|sont scolarisés hors de leur secteur] ({value}).",
    ),
    _by_sector(
        "schools.outside_others", "Scolarisation hors secteur, autres élèves",
        "La même part, pour les élèves qui ne sont pas d'origine défavorisée.",
        Unit.SHARE, "autres élèves scolarisés hors de leur secteur", "autres élèves qui habitent un secteur",
        "{label} : {numerator} des {denominator} autres élèves [numerator: est scolarisé hors de son secteur|sont scolarisés hors de leur secteur] ({value}).",
    ),
)  # fmt: skip
