"""The chain as Kumu reads it: elements and connections."""

import json

from impact_maps.records import Chain


def kumu_json(chain: Chain) -> str:
    """Kumu's own format; two boxes of one label are told apart by their column, then by a number."""
    labels = _labels(chain)
    elements = [
        {"label": labels[box.id], "type": box.content.stage.label, "indicator": box.content.indicator}
        for box in chain.boxes
    ]
    connections = []
    for link in chain.links:
        said = chain.assumption(link.source, link.target)
        connections.append(
            {
                "from": labels[link.source],
                "to": labels[link.target],
                "direction": "directed",
                "type": said.state.label,
                "description": said.words,
            }
        )
    return json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=1)


def _labels(chain: Chain) -> dict[int, str]:
    found: dict[int, str] = {}
    for box in chain.boxes:
        label = box.content.words
        if label in found.values():
            label = f"{label} ({box.content.stage.label})"
        number, first = 1, label
        while label in found.values():
            number += 1
            label = f"{first} {number}"
        found[box.id] = label
    return found
