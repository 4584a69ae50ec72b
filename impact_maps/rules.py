"""What a value chain may hold: decisions without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from impact.exceptions import NotFound, Refused
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link, Revision, TreeLine
from impact_maps.vocabulary import ImpactState, LinkState, Stage, Target

# Beyond, nobody reads the drawing any more; maps.css has a rule for each box.
MOST_BOXES, MOST_LINKS = 100, 300
LONGEST_LABEL = 120
EFFECTS = (Stage.RESULTS, Stage.LASTING, Stage.VALUE)
KEPT = timedelta(days=30)
# Unnamed ones beyond are forgotten, the oldest first.
MOST_REVISIONS = 200


def right_content(content: BoxContent) -> BoxContent:
    """The content with for whom on effects only; raises Refused on `target` when the last column does not say it."""
    if content.stage not in EFFECTS:
        return replace(content, target=None)
    if content.stage is Stage.VALUE and content.target is None:
        raise Refused("Dites pour qui cette valeur est créée.", "target")
    return content


def right_assumption(assumption: Assumption, today: date) -> Assumption:
    """Without evidence when untested, without answer unless contradicted; raises Refused on `assessed_on`, `evidence`."""
    if assumption.state is LinkState.UNTESTED:
        return replace(assumption, assessed_on=None, evidence="", answer="", assessed_by=None)
    if assumption.assessed_on is None:
        raise Refused("Dites de quand date cette observation. Exemple : 05/09/2026", "assessed_on")
    if assumption.assessed_on > today:
        raise Refused("Ce jour n’est pas encore venu : écrivez celui de l’observation.", "assessed_on")
    if not assumption.evidence:
        raise Refused("Écrivez ce que vous avez observé, et d’où cela vient.", "evidence")
    if assumption.state is LinkState.SUPPORTED:
        return replace(assumption, answer="")
    return assumption


def check_room(chain: Chain) -> None:
    """Raises Refused when the chain is full."""
    if len(chain.boxes) >= MOST_BOXES:
        raise Refused(f"Une carte se lit jusqu’à {MOST_BOXES} éléments : retirez-en un avant d’ajouter.")


def get_box(chain: Chain, box_id: int) -> Box:
    """Raises NotFound when the box is not, or no longer, in the chain."""
    for box in chain.boxes:
        if box.id == box_id:
            return box
    raise NotFound


def check_content(chain: Chain) -> None:
    """Raises Refused when a whole content, brought from elsewhere, breaks one of the rules of the chain."""
    if len(chain.boxes) > MOST_BOXES:
        raise Refused(f"Ce fichier compte {len(chain.boxes)} éléments : une carte se lit jusqu’à {MOST_BOXES}.")
    bare = replace(chain, links=(), assumptions={})
    for link in chain.links:
        check_link(bare, link)
        bare = replace(bare, links=(*bare.links, link))
    for box in chain.boxes:
        if not 0 < len(box.content.label) <= LONGEST_LABEL:
            raise Refused(f"Un libellé compte de 1 à {LONGEST_LABEL} caractères.")
        if right_content(box.content) != box.content:
            raise Refused(f"« {box.content.label} » : seul un effet se crée pour quelqu’un.")


def check_link(chain: Chain, link: Link) -> None:
    """Raises Refused on `leads_to` when the link exists, or does not lead to a column further right.

    Since every link leads to the right, no chain of links comes back to where it began.
    """
    source, target = (get_box(chain, box_id).content.stage for box_id in (link.source, link.target))
    if target.column <= source.column:
        raise Refused("Un lien va de la gauche vers la droite : choisissez un élément plus à droite.", "leads_to")
    if link in chain.links:
        raise Refused("Ce lien existe déjà.", "leads_to")
    if len(chain.links) >= MOST_LINKS:
        raise Refused(f"Une carte se lit jusqu’à {MOST_LINKS} liens : retirez-en un d’abord.", "leads_to")


def check_stage(chain: Chain, box_id: int, stage: Stage) -> None:
    """Raises Refused on `stage` when a link of the box would no longer lead to the right."""
    wrong = [box for box in chain.before(box_id) if box.content.stage.column >= stage.column]
    wrong += [box for box in chain.after(box_id) if box.content.stage.column <= stage.column]
    if wrong:
        raise Refused(
            f"Dans cette colonne, le lien avec « {wrong[0].content.words} » n’irait plus vers la droite : "
            "retirez-le d’abord.",
            "stage",
        )


def linkable(chain: Chain, box: Box) -> list[Box]:
    """The boxes further right to which it does not lead yet."""
    reached = {after.id for after in chain.after(box.id)}
    column = box.content.stage.column
    return [other for other in chain.boxes if other.content.stage.column > column and other.id not in reached]


def neighbour(chain: Chain, box_id: int, step: int) -> Box | None:
    """The box just above (`step` -1) or below (1) in the same column, None at the end of the column."""
    column = chain.column(get_box(chain, box_id).content.stage)
    rank = [box.id for box in column].index(box_id) + step
    return column[rank] if 0 <= rank < len(column) else None


def can_restore(box: Box, today: date) -> bool:
    """Whether a removed box is still kept."""
    return box.removed_on is not None and today - box.removed_on <= KEPT


def orphans(chain: Chain) -> list[Box]:
    """The effects to which nothing leads."""
    return [box for box in chain.boxes if box.content.stage in EFFECTS and not chain.before(box.id)]


def by_target(chain: Chain) -> list[tuple[Target, list[Box]]]:
    """What is expected for each of the three, from the nearest effects to the impact aimed at."""
    return [(target, [box for box in chain.boxes if box.content.target is target]) for target in Target]


def unmeasured(chain: Chain) -> list[Box]:
    """The effects that carry no indicator."""
    return [box for box in chain.boxes if box.content.stage in EFFECTS and not box.content.indicator]


def unanswered(chain: Chain) -> list[Link]:
    """The links whose assumption was contradicted, and of which nobody said what to do."""
    return [link for link in chain.links if chain.assumption(link.source, link.target).unanswered]


def effective(revisions: Mapping[int, Revision], number: int) -> int:
    """The revision whose content stands at this number: an undo stands for the one that it brought back."""
    while (restored := revisions[number].restores) is not None and restored in revisions:
        number = restored
    return number


def undone_to(revisions: Mapping[int, Revision]) -> int | None:
    """The revision that undoing the last change brings back, None when nothing is left to undo."""
    if not revisions:
        return None
    earlier = [number for number in revisions if number < effective(revisions, max(revisions))]
    return max(earlier, default=None)


def right_line(line: TreeLine, today: date) -> TreeLine:
    """Without day nor evidence when observable; raises Refused on `observed_on`, `evidence`."""
    if line.state is ImpactState.OBSERVABLE:
        return replace(line, observed_on=None, evidence="")
    if line.observed_on is None:
        raise Refused("Dites de quand date cette observation. Exemple : 05/09/2026", "observed_on")
    if line.observed_on > today:
        raise Refused("Ce jour n’est pas encore venu : écrivez celui de l’observation.", "observed_on")
    if not line.evidence:
        raise Refused("Écrivez ce que vous avez observé, et d’où cela vient.", "evidence")
    return line


def check_tree_content(lines: Sequence[TreeLine]) -> None:
    """Raises Refused when a tree brought from elsewhere holds too many boxes."""
    if _tree_boxes(lines) > MOST_BOXES:
        raise Refused(
            f"Ce fichier décrit un arbre de {_tree_boxes(lines)} cases : il se lit jusqu’à {MOST_BOXES}.", "file"
        )


def _tree_boxes(lines: Sequence[TreeLine]) -> int:
    return len({line.public for line in lines}) + len({(line.public, line.objective) for line in lines}) + len(lines)


def check_tree_room(lines: Sequence[TreeLine]) -> None:
    """Raises Refused when one more impact would make the picture hold too many boxes."""
    if _tree_boxes(lines) + 3 > MOST_BOXES:
        raise Refused(f"Un arbre se lit jusqu’à {MOST_BOXES} cases : retirez un impact avant d’ajouter.")
