"""The content of a chain as text, and what differs between two contents: pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from impact.wording import french, join_words, plural, short_date
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link, TreeLine
from impact_maps.vocabulary import ImpactState, LinkState, Public, Stage, Target


@dataclass(frozen=True)
class Change:
    """One thing that was added, removed or changed; `before` and `after` in words, empty when there is none."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Differences:
    """What makes one content another."""

    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def groups(self) -> list[tuple[str, tuple[Change, ...]]]:
        """The three lists that hold something, with their French names."""
        named = (("Ajouté", self.added), ("Retiré", self.removed), ("Changé", self.changed))
        return [(name, changes) for name, changes in named if changes]

    @property
    def summary(self) -> str:
        """« Ajouté : élément « Visites » », or how many when there are several."""
        found = [(name, change) for name, changes in self.groups for change in changes]
        if len(found) == 1:
            ((name, change),) = found
            return french(f"{name} : {change.words}")
        counted = [f"{plural(len(changes), 'point')} {name.lower()}{_s(len(changes))}" for name, changes in self.groups]
        return french(join_words(counted)) if counted else "Rien n’a changé"


def differences(before: Chain, after: Chain, titles: Mapping[str, str] | None = None) -> Differences:
    """Boxes are followed by their ids, links by their ends; `titles` name the figures by their keys."""
    old, new = ({box.id: box for box in chain.boxes} for chain in (before, after))
    added = [Change(_element(box)) for box in after.boxes if box.id not in old]
    removed = [Change(_element(box)) for box in before.boxes if box.id not in new]
    changed = [] if before.title == after.title else [Change("titre", before.title, after.title)]
    for box in after.boxes:
        if box.id in old:
            changed += _box_changes(old[box.id].content, box.content, titles or {})
    changed += _moves(before, after)
    added += [Change(_named(after, link)) for link in after.links if link not in before.links]
    removed += [Change(_named(before, link)) for link in before.links if link not in after.links]
    for link in after.links:
        if link in before.links:
            was, now = (_said(chain.assumption(link.source, link.target)) for chain in (before, after))
            if was != now:
                changed.append(Change(f"hypothèse du {_named(after, link)}", was, now))
    return Differences(tuple(added), tuple(removed), tuple(changed))


def tree_differences(before: Sequence[TreeLine], after: Sequence[TreeLine]) -> Differences:
    """Impacts are followed by their public, objective and words."""
    old, new = ({(line.public, line.objective, line.words): line for line in lines} for lines in (before, after))
    return Differences(
        tuple(Change(_impact(line)) for name, line in new.items() if name not in old),
        tuple(Change(_impact(line)) for name, line in old.items() if name not in new),
        tuple(
            Change(_impact(line), _seen(old[name]), _seen(line))
            for name, line in new.items()
            if name in old and _seen(old[name]) != _seen(line)
        ),
    )


def tree_to_text(lines: Sequence[TreeLine]) -> str:
    """The tree as JSON."""
    return json.dumps(
        [
            [
                line.public.value,
                line.objective,
                line.words,
                line.state.value,
                line.observed_on.isoformat() if line.observed_on else None,
                line.evidence,
                line.indicator,
                line.category,
            ]
            for line in lines
        ],
        ensure_ascii=False,
    )


def tree_from_text(text: str) -> list[TreeLine]:
    """The tree written by `tree_to_text`; raises ValueError or TypeError on others."""
    return [
        TreeLine(
            Public(public),
            str(objective),
            str(words),
            ImpactState(state),
            date.fromisoformat(day) if day else None,
            str(evidence),
            str(indicator),
            str(category),
        )
        for public, objective, words, state, day, evidence, indicator, category in json.loads(text)
    ]


def to_text(chain: Chain) -> str:
    """The content as JSON, the same for the same content."""
    boxes = [
        {
            "id": box.id,
            "stage": box.content.stage.value,
            "label": box.content.label,
            "target": box.content.target.value if box.content.target else None,
            "indicator": box.content.indicator,
            "category": box.content.category,
            "position": box.position,
        }
        for box in chain.boxes
    ]
    links = [_link_values(link, chain.assumption(link.source, link.target)) for link in chain.links]
    return json.dumps({"title": chain.title, "boxes": boxes, "links": links}, ensure_ascii=False)


def from_text(text: str) -> Chain:
    """The content written by `to_text`, as a chain without versions; raises ValueError, KeyError or TypeError on others."""
    read = json.loads(text)
    boxes = tuple(
        Box(
            int(box["id"]),
            BoxContent(
                Stage(box["stage"]),
                str(box["label"]),
                Target(box["target"]) if box["target"] else None,
                str(box["indicator"]),
                str(box["category"]),
            ),
            int(box["position"]),
            None,
            0,
        )
        for box in read["boxes"]
    )
    said = {Link(int(link["from"]), int(link["to"])): _assumption(link) for link in read["links"]}
    return Chain(0, str(read["title"]), boxes, tuple(said), 0, said)


def _link_values(link: Link, said: Assumption) -> dict[str, object]:
    return {
        "from": link.source,
        "to": link.target,
        "words": said.words,
        "state": said.state.value,
        "assessed_on": said.assessed_on.isoformat() if said.assessed_on else None,
        "evidence": said.evidence,
        "answer": said.answer,
        "assessed_by": said.assessed_by,
    }


def _assumption(read: dict[str, str]) -> Assumption:
    day, by = read["assessed_on"], read["assessed_by"]
    return Assumption(
        words=str(read["words"]),
        state=LinkState(read["state"]),
        assessed_on=date.fromisoformat(day) if day else None,
        evidence=str(read["evidence"]),
        answer=str(read["answer"]),
        assessed_by=int(by) if by is not None else None,
    )


def _s(count: int) -> str:
    return "s" if count > 1 else ""


def _element(box: Box) -> str:
    return french(f"élément « {box.content.words} » ({box.content.stage.label})")


def _named(chain: Chain, link: Link) -> str:
    words = {box.id: box.content.words for box in chain.boxes}
    return french(f"lien de « {words.get(link.source, '?')} » vers « {words.get(link.target, '?')} »")


def _box_changes(was: BoxContent, now: BoxContent, titles: Mapping[str, str]) -> list[Change]:
    found = []
    for name, old, new in (
        ("libellé", was.words, now.words),
        ("colonne", was.stage.label, now.stage.label),
        ("indicateur", _figure(was, titles), _figure(now, titles)),
    ):
        if old != new:
            found.append(Change(french(f"{name} de « {now.words} »"), old, new))
    return found


def _figure(content: BoxContent, titles: Mapping[str, str]) -> str:
    key = "@".join(part for part in (content.indicator, content.category) if part)
    return titles.get(key, key) or "aucun"


def _moves(before: Chain, after: Chain) -> list[Change]:
    """Columns whose boxes, among those that stayed there, stand in another order."""
    found = []
    for stage in Stage:
        old, new = ([box.id for box in chain.column(stage)] for chain in (before, after))
        if [each for each in old if each in new] != [each for each in new if each in old]:
            found.append(Change(french(f"ordre de la colonne « {stage.label} »")))
    return found


def _said(said: Assumption) -> str:
    return " – ".join(part for part in (said.state.label, said.words, said.evidence, said.answer) if part)


def _impact(line: TreeLine) -> str:
    return french(f"impact « {line.words} » ({line.public.label}, {line.objective})")


def _seen(line: TreeLine) -> str:
    day = short_date(line.observed_on) if line.observed_on else ""
    figure = _figure(BoxContent(Stage.VALUE, "", None, line.indicator, line.category), {})
    return " – ".join(part for part in (line.state.label, day, line.evidence, f"indicateur : {figure}") if part)
