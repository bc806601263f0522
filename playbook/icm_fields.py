"""What a route's field has to be, beyond its kind: a subscription id, regions, an amount (ICM-04)."""

import difflib
import re
from collections.abc import Callable, Mapping

from playbook.addresses import is_email, is_guid

_NUMBER = re.compile(r"\d{1,3}(?:[ ,.’']\d{3})+|\d+")
_REGION_LIKE = re.compile(r"[a-z]{2,}(?:-[a-z]+)*-?\d?")
_DIRECTIONS = ("east", "west", "north", "south", "central")
MOST_REGIONS = 20

REGIONS: tuple[str, ...] = (
    "eastus", "eastus2", "centralus", "northcentralus", "southcentralus", "westcentralus", "westus", "westus2", "westus3",
    "canadacentral", "canadaeast", "mexicocentral", "brazilsouth", "brazilsoutheast", "chilecentral",
    "northeurope", "westeurope", "uksouth", "ukwest", "francecentral", "francesouth", "germanywestcentral",
    "germanynorth", "switzerlandnorth", "switzerlandwest", "norwayeast", "norwaywest", "swedencentral", "swedensouth",
    "polandcentral", "italynorth", "spaincentral", "austriaeast", "belgiumcentral", "denmarkeast", "greececentral",
    "israelcentral", "uaenorth", "uaecentral", "qatarcentral", "southafricanorth", "southafricawest",
    "eastasia", "southeastasia", "japaneast", "japanwest", "koreacentral", "koreasouth", "centralindia", "southindia",
    "westindia", "jioindiawest", "jioindiacentral", "malaysiawest", "indonesiacentral", "newzealandnorth",
    "australiaeast", "australiasoutheast", "australiacentral", "australiacentral2", "taiwannorth",
    "chinaeast", "chinaeast2", "chinanorth", "chinanorth2", "chinanorth3", "usgovvirginia", "usgovarizona", "usgovtexas",
)  # fmt: skip


def subscription(text: str) -> str:
    """What is wrong with it; "" where it is a subscription's id."""
    if is_guid(text.strip().strip("{}")):
        return ""
    return "This is no subscription id: it has 32 hexadecimal digits, like 0f8fad5b-d9cb-469f-a165-70867728950e."


def regions(text: str) -> str:
    """A list with commas or on lines; each a region that is known, or is named like one."""
    named = regions_in(text)
    if not named:
        return "Please name the region, or several with commas: westeurope, uksouth."
    if len(named) > MOST_REGIONS:
        return f"At most {MOST_REGIONS} regions in one request, please."
    for name in named:
        if name in REGIONS:
            continue
        near = difflib.get_close_matches(name, REGIONS, n=1, cutoff=0.8)
        if near:
            return f"There is no region “{name[:40]}”. Did you mean {near[0]}?"
        if not (_REGION_LIKE.fullmatch(name) and any(one in name for one in _DIRECTIONS)):
            return f"“{name[:40]}” is no region's name, such as westeurope or East US 2."
    return ""


def regions_in(text: str) -> list[str]:
    """The regions as they are written in the product: `West Europe` is `westeurope`."""
    parts = (part for line in re.split(r"[,;\n]", text) for part in [re.sub(r"\s+", "", line).casefold()])
    return list(dict.fromkeys(part for part in parts if part))


def amount(text: str) -> str:
    """A whole number above zero; thousands may be apart."""
    if not _NUMBER.fullmatch(text.strip()):
        return "Please write the amount as a number alone, such as 200; its unit stands beside it."
    if not int(re.sub(r"\D", "", text)):
        return "An amount of nothing is no increase."
    return ""


CHECKS: Mapping[str, Callable[[str], str]] = {"subscription_id": subscription, "regions": regions, "amount": amount}


def wrong(values: Mapping[str, str]) -> dict[str, str]:
    """By field id, what is wrong with those that were filled in."""
    found = {name: check(values[name]) for name, check in CHECKS.items() if values.get(name, "").strip()}
    return {name: sentence for name, sentence in found.items() if sentence}


def number(text: str) -> str:
    """What is wrong with an incident's number."""
    if not any(letter.isdigit() for letter in text):
        return "Please write the incident's number: there is no digit in this."
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}", text):
        return "An incident's number has letters, digits, dots and dashes only."
    return ""


def addresses(text: str) -> str:
    """What is wrong with one or several mail addresses, apart by commas."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    bad = next((part for part in parts if not is_email(part)), "")
    return f"“{bad[:60]}” is no e-mail address: it should look like name@example.com." if bad else ""
