"""English words that tell one text from another by nothing: a search leaves them out."""

import re
from typing import Final

COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "a about after again all also am an and any are as at be because been before being both but by can cannot could did do "
        "does doing done every for from get got had has have he her here his how i if in into is it its just like made make many "
        "me more most much my of on one only or other our out same she should since so some still such than that the their them "
        "then there these they this those through to two up us very was we were what when where which while who why will with "
        "without would you your",
    )
)
