"""Five conditions: what an answer must hold, how far members agree, what deserves the next agenda. Pure."""

from collections.abc import Mapping, Sequence

from impact.exceptions import Refused
from impact.plans.records import Answer, Gap, Measurement, Reading
from impact.plans.vocabulary import Condition, Level, Measure
from impact.wording import french, join_words

# Fewer answers than this would say who thinks what.
FEWEST = 3
# Two levels apart or more, members do not see the same thing.
SPLIT = 2
MEASURES_OF = {
    Condition.COMMON_AGENDA: (Measure.OBJECTIVES,),
    Condition.COMMON_MEASUREMENT: (Measure.INDICATORS,),
    Condition.REINFORCING_ACTIONS: (Measure.SHARED_STEPS, Measure.LINKS),
    Condition.CONTINUOUS_COMMUNICATION: (Measure.WORKSHOPS, Measure.MEETINGS),
    Condition.BACKBONE: (Measure.KEPT_STEPS, Measure.TIME),
}


def check_answers(answers: Sequence[Answer]) -> None:
    """At least one condition; from « en place » on, what shows it is written. Fields are named after conditions."""
    if not answers:
        raise Refused("Choisissez un niveau pour une condition au moins.")
    for answer in answers:
        if answer.level.rank >= Level.WORKING.rank and not answer.evidence:
            field = f"evidence_{answer.condition.value}"
            raise Refused("Écrivez ce qui le montre : une date, un document, un exemple.", field)


def readings(answers: Sequence[Answer], measurements: Mapping[Measure, Measurement]) -> list[Reading]:
    """One reading a condition, in their order."""
    found = []
    for condition in Condition:
        said = [answer for answer in answers if answer.condition is condition]
        counts = tuple(sum(answer.level is level for answer in said) for level in Level)
        written = sorted((answer for answer in said if answer.evidence), key=lambda answer: answer.level.rank)
        shown = tuple(measurements.get(each, Measurement(each, None)) for each in MEASURES_OF[condition])
        found.append(Reading(condition, counts, tuple(written), shown))
    return found


def median_level(reading: Reading) -> Level | None:
    """The level that half of the respondents do not exceed (the lower one of two); None without answers."""
    half, passed = (reading.respondents + 1) // 2, 0
    for level, count in zip(Level, reading.counts, strict=True):
        passed += count
        if count and passed >= half:
            return level
    return None


def spread(reading: Reading) -> int:
    """Levels between the lowest and the highest answer: 0 when all agree, 3 at most."""
    ranks = [level.rank for level, count in zip(Level, reading.counts, strict=True) if count]
    return ranks[-1] - ranks[0] if ranks else 0


def is_split(reading: Reading) -> bool:
    """Whether members do not see the same thing."""
    return spread(reading) >= SPLIT


def is_weak(measurement: Measurement) -> bool:
    """Whether the data show little: nothing, or less than half of the base. What is not measured shows neither."""
    if measurement.value is None:
        return False
    if measurement.base:
        return 2 * measurement.value < measurement.base
    return measurement.value == 0


def gaps(found: Sequence[Reading]) -> list[Gap]:
    """Conditions for the next agenda, those with the most reasons first: low, split, or better said than shown."""
    proposed = []
    for reading in found:
        median = median_level(reading)
        if median is None:
            continue
        reasons = []
        if median.rank <= Level.BEGUN.rank:
            reasons.append(f"La moitié des réponses ne dépasse pas « {median.label} ».")
        if is_split(reading):
            reasons.append("Les avis sont partagés : ce que chacun a vu mérite d’être dit.")
        weak = [lower_first(each.measure.label) for each in reading.measurements if is_weak(each)]
        if median.rank >= Level.WORKING.rank and weak:
            label = join_words(weak)
            reasons.append(f"Les réponses disent « {median.label} », les données montrent peu : {label}.")
        if reasons:
            proposed.append(Gap(reading.condition, tuple(french(reason) for reason in reasons)))
    return sorted(proposed, key=lambda gap: -len(gap.reasons))


def lower_first(text: str) -> str:
    """A label inside a sentence."""
    return text[:1].lower() + text[1:]
