"""Periods of a report: a school year, a civil year, or two dates; bounds are inclusive."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from impact.wording import long_date

SCHOOL_YEAR_START = (9, 1)
LOCAL = ZoneInfo("Europe/Paris")
_SCHOOL, _CIVIL, _DATES = (
    re.compile(pattern, re.ASCII)
    for pattern in (r"(\d{4})-(\d{4})", r"(\d{4})", r"(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})")
)


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError("La période finit avant de commencer.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def code(self) -> str:
        """The form that `parse_period` reads back."""
        if self == school_year(self.start.year):
            return f"{self.start.year}-{self.start.year + 1}"
        if self == civil_year(self.start.year):
            return str(self.start.year)
        return f"{self.start.isoformat()}:{self.end.isoformat()}"

    @property
    def is_of_dates(self) -> bool:
        """Neither a school year nor a civil one."""
        return ":" in self.code

    @property
    def label(self) -> str:
        """« année scolaire 2025-2026 », « année 2025 » or « du … au … »."""
        if self.is_of_dates:
            return f"du {long_date(self.start)} au {long_date(self.end)}"
        return f"année scolaire {self.code}" if "-" in self.code else f"année {self.code}"


def school_year(year: int) -> Period:
    """The school year that begins on 1 September of `year`."""
    return Period(date(year, *SCHOOL_YEAR_START), date(year + 1, *SCHOOL_YEAR_START) - timedelta(days=1))


def civil_year(year: int) -> Period:
    """From 1 January to 31 December of `year`."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def current_school_year(today: date) -> Period:
    """The school year that contains `today`."""
    return school_year(today.year if (today.month, today.day) >= SCHOOL_YEAR_START else today.year - 1)


def last_complete_school_year(today: date) -> Period:
    """The school year that ended before `today`."""
    return school_year(current_school_year(today).start.year - 1)


def parse_period(text: str) -> Period:
    """`2025-2026`, `2025` or `FROM:TO`; raises ValueError with a French sentence otherwise."""
    message = f"Période « {text} » : écrivez 2025-2026, 2025 ou deux dates, AAAA-MM-JJ:AAAA-MM-JJ."
    try:
        if found := _SCHOOL.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            if second == first + 1:
                return school_year(first)
        elif found := _CIVIL.fullmatch(text):
            return civil_year(int(found[1]))
        elif found := _DATES.fullmatch(text):
            return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except ValueError as error:
        raise ValueError(message) from error
    raise ValueError(message)


def months_between(start: date, end: date) -> float:
    """Length in months of 365.25/12 days; negative when `end` comes first."""
    return (end - start).days / (365.25 / 12)


def age_on(birth: date, day: date) -> int:
    """Completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def local_day(moment: datetime) -> date:
    """The day of a UTC moment in mainland time: what opens or closes on a day does so at midnight in Paris."""
    return moment.astimezone(LOCAL).date()


def local_today() -> date:
    """Today in mainland time, whatever the server's own clock is set to."""
    return local_day(datetime.now(UTC))
