"""Public holidays and weekends of countries, from the `holidays` package; their names and clocks, from `tzdata`.

The first takes a third of a second to import, so it is imported when a calendar is first asked for,
and a country's year is kept once read. National holidays only: a region's are a team's own days.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))  # when clocks may differ


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


def country_name(code: str) -> str:
    """`Japan`, of `JP`; the code itself where it is nobody's."""
    return _names().get(code.upper(), code)


@lru_cache(maxsize=512)
def zone_of_country(code: str) -> str:
    """The IANA name of the zone of a country with one clock, `Asia/Tokyo` of `JP`; empty where there are several, or none."""
    zones = [zone for country, _, zone, *_ in _rows("zone.tab") if country == code.upper()]
    clocks = {tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in _SEASONS) for zone in zones}
    return zones[0] if len(clocks) == 1 else ""  # the most populous place stands first


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return MappingProxyType({code: name for code, name, *_ in _rows("iso3166.tab")})


def _rows(name: str) -> Iterator[list[str]]:
    """The rows of one of tzdata's tables, which are apart by tabs."""
    table = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (row.split("\t") for row in table.splitlines() if row and not row.startswith("#"))
