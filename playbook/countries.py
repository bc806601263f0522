"""Public holidays and weekends of countries, from the `holidays` package.

The package takes a third of a second to import, so it is imported when a calendar is first asked for,
and a country's year is kept once read. National holidays only: a region's are a team's own days.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

_SAT_SUN = frozenset({5, 6})
_NO_COUNTRIES = frozenset({"EU", "ZZ"})  # have a currency, but no place on a map


class Year(NamedTuple):
    """A year of a country. Weekdays: 0 is Monday."""

    holidays: frozenset[date]
    weekend: frozenset[int]
    made_up: frozenset[date]  # days of a weekend that are worked, to make up for a longer holiday (China)


@lru_cache(maxsize=4096)
def year_of(country: str, year: int) -> Year:
    """Its public holidays and weekend. Raises ValueError with a sentence where there is no such country.

    `country` is ISO 3166 alpha-2, in capitals. One of which no holidays are known has none, and rests on
    Saturday and Sunday; so do years that the package doesn't reach.
    """
    from holidays import country_holidays

    mistake = ValueError(f'"{country}" is not a country\'s code of two letters such as "PT".')
    if len(country) != 2:
        raise mistake
    try:
        days = country_holidays(country, years=year, expand=False)
    except NotImplementedError:
        if not _is_territory(country):
            raise mistake from None
        return Year(frozenset(), _SAT_SUN, frozenset())
    return Year(frozenset(days), frozenset(days.weekend), frozenset(days.weekend_workdays))


def is_country(code: str) -> bool:
    """Whether it is a country's code of two letters, in capitals."""
    try:
        year_of(code, 2000)
    except ValueError:
        return False
    return True


def _is_territory(code: str) -> bool:
    from babel.core import get_global

    return code in get_global("territory_currencies") and code not in _NO_COUNTRIES
