"""Public holidays and weekends of countries, from the `holidays` package.

The package takes a third of a second to import, so it is imported when a calendar is first asked for,
and a country's year is kept once read. National holidays only: a region's are a team's own days.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple


class Year(NamedTuple):
    """A year of a country. Weekdays: 0 is Monday."""

    holidays: frozenset[date]
    weekend: frozenset[int]
    made_up: frozenset[date]  # days of a weekend that are worked, to make up for a longer holiday (China)


@lru_cache(maxsize=4096)
def year_of(country: str, year: int) -> Year:
    """Its public holidays and weekend. Raises ValueError with a sentence where there is no such country.

    `country` is ISO 3166 alpha-2, in capitals. Years that the package doesn't reach have no holidays.
    """
    from holidays import country_holidays

    mistake = ValueError(f'"{country}" is not a country\'s code of two letters such as "PT".')
    if len(country) != 2:
        raise mistake
    try:
        days = country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        raise mistake from None
    return Year(frozenset(days), frozenset(days.weekend), frozenset(days.weekend_workdays))


def is_country(code: str) -> bool:
    """Whether it is a country's code of two letters, in capitals."""
    return len(code) == 2 and _codes().get(code.casefold()) == code


def code_of(text: str) -> str:
    """The code of a country given by a code or by its English name: "jp", "JPN" and "Japan" are all "JP".

    Empty where there is no such country.
    """
    return _codes().get(_squeezed(text), "")


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Codes of two letters by all that the package calls a country: codes of two and three letters, and names."""
    from holidays.registry import COUNTRIES

    return MappingProxyType(
        {_squeezed(name): names[1] for module, names in COUNTRIES.items() for name in (module, *names)}
    )


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
