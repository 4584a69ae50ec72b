"""The chapter that draws the value chain with the figures of this report."""

from impact.wording import french
from reports.composition.context import Context
from reports.composition.document import Chapter, Figure, Table
from reports.composition.words import Estimates

UNMEASURED = "pas mesuré"


def chapters(context: Context, estimates: Estimates) -> list[Chapter]:
    """One chapter when the community has drawn its chain."""
    if not context.chain_svg:
        return []
    measured = french(f"{context.chain_measured} des {len(context.chain_boxes)} cases portent un indicateur")
    boxes = context.chain_boxes
    _, words, said = next((box for box in boxes if box[2] != UNMEASURED), boxes[0])
    figure = Figure(
        title=measured,
        subtitle=french(
            "Case pleine : mesurée. Flèches : des hypothèses, pas des effets démontrés ; trait plein : étayée ;"
            " tirets : à vérifier ; pointillé : contredite."
        ),
        svg=context.chain_svg,
        reading=french(f"« {words} » : {said}."),
        scope="",
        source="chaîne de valeur de la communauté",
        table=Table(
            ("Élément", "Colonne", "Chiffre"), tuple((box, stage, figure) for stage, box, figure in boxes), words=True
        ),
    )
    title = "La chaîne de valeur"
    return [Chapter("chaine", title, title, measured, "", (figure,), landscape=True)]
