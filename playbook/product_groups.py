"""The product groups that the team's areas belong to: whom a CSAT-impacting incident is told (ICM-06, ICM-07)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from playbook.addresses import is_email
from playbook.toml_file import Mistake, convert


class ProductGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One block `[[product_groups]]` of the team file. EM and PM: its engineering and its programme manager."""

    area: str
    name: str = ""
    em_name: str = ""
    em_email: str = ""
    pm_name: str = ""
    pm_email: str = ""

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """EM and PM, each as (name, address); who isn't known at all is left out."""
        both = ((self.em_name, self.em_email), (self.pm_name, self.pm_email))
        return tuple(one for one in both if any(one))


def product_groups(rows: Any) -> tuple[ProductGroup, ...]:
    """The blocks of the team file, checked. Raises `Mistake`."""
    if not isinstance(rows, list):
        raise Mistake(("product_groups",), "each product group starts with a line [[product_groups]].")
    found: dict[str, ProductGroup] = {}
    for n, row in enumerate(rows):
        path = ("product_groups", n)
        group = convert(row, ProductGroup, path)
        if not group.area.strip():
            raise Mistake((*path, "area"), "a product group needs the area that it answers for.")
        if group.area.casefold() in found:
            raise Mistake((*path, "area"), f'the area "{group.area}" has a product group already.')
        for name in ("em_email", "pm_email"):
            address = getattr(group, name)
            if address and not is_email(address):
                raise Mistake((*path, name), f'"{address}" is not an e-mail address.')
        found[group.area.casefold()] = group
    return tuple(found.values())


def group_of(groups: Iterable[ProductGroup], area: str) -> ProductGroup | None:
    """The one that answers for the area; None where the team file names none."""
    return next((one for one in groups if area and one.area.casefold() == area.casefold()), None)
