"""The words that the reading looks for: one visible table, word -> what a sentence with it may do.

A word here only raises a mark ("look closer"); the rules decide, with the patterns beside them.
Words are lower-case, apostrophes straight.
"""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """A set of words, written as one can read it."""
    return frozenset(text.split())


THANKS: Final = 1 << 0
SURVEY: Final = 1 << 1
REOPEN: Final = 1 << 2
MANAGER: Final = 1 << 3
NEXT: Final = 1 << 4  # offers, asks, will do
ETA: Final = 1 << 7
GAP: Final = 1 << 8  # may be a placeholder that is written as a word
QUESTION: Final = 1 << 10  # ends with a question mark (set by the reading)
TIME: Final = 1 << 12  # names a day, an hour or a span in words
STOCK: Final = 1 << 13  # one of these is in every phrase that would fit any mail

_TABLE: Final[tuple[tuple[int, str], ...]] = (
    (
        THANKS,
        """
        appreciate appreciated appreciation appreciative bedankt cheers danke delight tack takk enjoy enjoyed glad gracias grateful
        gratitude grazie indebted kudos merci obliged obrigada obrigado pleasure thank thank-you thankful thanking
        admire brilliant business chapeau custom enjoyable excellent fine good helped impressed loyalty nice outstanding
        patience pleasant smooth splendid teamwork touched trust happy fun lovely exemplary generous great hats helpful honor honour joy kind lucky owe patient privilege proud
        star stars supportive ta thanks thanx thx tks tnx treat value valued without wonderful work working
        """,
    ),
    (
        SURVEY,
        """
        ask asked csat evaluate evaluation experience feedback how invited opinion poll quality umfrage sondage encuesta enquête questionnaire questionnaire's questionnaires questions survey's rate rating
        satisfaction satisfied score survey surveyed surveys
        """,
    ),
    (
        REOPEN,
        """
        afresh again anew back carry continue continued left locked open opened opening opens persists pick picked
        re-open re-opened re-opening re-opens reactivate reactivated reappears recur recurs reoccurs reopen reopened
        another answer archive away undo undoes undone awaken door drawer dust simply awakens further goes new on over reopening reopens restart resume resumed resumes resumption
        resurfaces resurrect return returns revive rouse so stopped takes unarchive up wake woken waken wakens wakes waking
        """,
    ),
    (
        MANAGER,
        """
        above answer boss boss's charge chef chief co-ordinator coordinator director escalation escalations foreman head
        head heading heads higher lead lead's leader leader's leading leads management manager manager's managers manages
        managing over principal report responsible runs superior supervisor supervisor's teamlead teamleiter
        teamleiterin work
        """,
    ),
    (
        NEXT,
        """
        answer available call can choose confirm could drop follow-up forward free give going happy he'll i'd i'll
        i'm it'll kindly let let's may need needs next option otherwise pick ping plan planned planning please
        propose reply schedule scheduled send shall share she'll slot slots suggest tell that'll they'll unless
        update we'll will would write you'll
        """,
    ),
    (
        ETA,
        """
        aim aiming aims april arrive arrives august autumn available coming date dates december deliver delivered
        due estimate estimated estimates eta eta's expect expected expects fall february ga half january july june
        ask check decided decision inquire plans settled nothing write land lands march may when before mid-year months november october plan planned plans preview q1 q2 q3 q4 quarter release
        released releases roadmap roll rollout schedule scheduled semester september ship shipping ships spring
        summer target targeted targeting targets tentative tentatively timeframe timeline weeks winter year
        """,
    ),
    (GAP, "xx xx.xx xx-xx xx.xx.xx xxx xxxx xxxxx xxxxxx xxxxxxx xxxxxxxx tbd tbc tba fixme lorem t.b.d insert"),
    (
        TIME,
        """
        afternoon business cob day days eod eow evening fortnight fri friday fridays hour hours midday midnight min
        mins minute minutes mon monday mondays month months morning noon saturday saturdays sunday sundays thu thur
        thurs thursday thursdays today tomorrow tonight tue tues tuesday tuesdays wed wednesday wednesdays week
        weeks
        """,
    ),
    (
        STOCK,
        """
        apologise apologize inconvenience inconveniences regretted needful revert same note thank thanks satisfaction
        priority importance hesitate feel should queries clarification clarifications concerns assistance finds hope
        value valued important appreciated valuable assured assure assuring best inform informed advised noted come
        above captioned subject per committed dedicated strive strives strived striven striving endeavor endeavour
        pleasure privilege honor honour happy appreciate forward great nice wonderful good lovely blessed pleasant kind
        esteemed received logged registered assigned acknowledged representative representatives agent agents expert
        experts specialist specialists here available utmost topmost highest
        """,
    ),
)


def _flat(table: tuple[tuple[int, str], ...]) -> dict[str, int]:
    flat: dict[str, int] = {}
    for mark, words in table:
        for word in words.split():
            flat[word] = flat.get(word, 0) | mark
    return flat


MARKS: Final[dict[str, int]] = _flat(_TABLE)

# To tell whether a text is English at all: the commonest small words of English and of its neighbours.
ENGLISH: Final = word_set(
    """
    the of and to in is you that it he was for on are as with his they i at be this have from or had by but not
    what all were we when your can said there an which she do their if will up other about out them then these
    so some her would him into has more no my than been who its now me our any us could should may please thank
    thanks hello hi dear i'm i'll it's don't let know here just also again you're we'll i've i'd
    """
)
OTHER: Final = word_set(
    """
    der die das und ist nicht ich sie wir ein eine einen dem den mit auf für von zu im sich auch werden wird
    haben bitte ihre ihnen ihr bei oder wenn aber le la les et est vous nous une un des du de que qui dans pour
    pas sur avec ce cette votre notre je au aux merci être el los las y es en una por para con su sus se lo no
    usted gracias como pero más nos il gli che di del della per non sono è si questo ci grazie vi o os um uma
    não em com seu sua mais obrigado het een van ik niet met voor zijn dat op te u wij och att det som på är av
    för med till inte jag ni w i na nie z się do że jest proszę ve bir bu için ile siz çok mi da ja pan pani har
    kan
    """
)
