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
TROUBLE: Final = 1 << 5  # says what went wrong
FIX: Final = 1 << 6  # says what was done about it
ETA: Final = 1 << 7
GAP: Final = 1 << 8  # may be a placeholder that is written as a word
REACH: Final = 1 << 9  # an e-mail address, a phone number, an extension (set by the reading)
QUESTION: Final = 1 << 10  # ends with a question mark (set by the reading)
TIME: Final = 1 << 12  # names a day, an hour or a span in words
MAYBE: Final = 1 << 11  # speaks of what might happen: "if it comes back …"

_TABLE: Final[tuple[tuple[int, str], ...]] = (
    (
        THANKS,
        """glad work treat thank thanks thank-you thanking thankful grateful gratitude appreciate appreciated appreciation appreciative
        obliged indebted cheers merci danke gracias grazie obrigado obrigada pleasure enjoyed enjoy delight
        working kudos""",
    ),
    (
        SURVEY,
        """survey surveys surveyed questionnaire questionnaires poll csat rate rating score satisfaction satisfied
        opinion evaluation evaluate feedback questions experience""",
    ),
    (
        REOPEN,
        """reopen reopens reopened reopening re-open re-opens re-opened re-opening open opens opened opening again
        back resume resumed reactivate reactivated revive pick continue continued carry anew afresh unarchive
        left restart recurs recur returns return reappears reoccurs resurfaces persists wake locked stopped
        picked resumption""",
    ),
    (
        MANAGER,
        """manager managers manager's supervisor boss boss's lead leader leader's teamlead superior manages leads heads
        report management supervisor's lead's""",
    ),
    (
        NEXT,
        """will i'll we'll you'll he'll she'll they'll it'll that'll shall going please kindly could can would let
        let's tell send next plan planning planned propose suggest forward free available i'd scheduled schedule
        may option slot slots drop pick choose reply answer write call unless otherwise i'm happy give share ping
        follow-up update confirm need needs""",
    ),
    (
        TROUBLE,
        """fail fails failed failing failure failures error errors crash crashes crashed crashing drop drops dropped
        dropping stop stops stopped stopping hang hangs hung stuck timeout timeouts timed time-out rejected rejects
        refused refuses returned returns vanish vanished vanishes disappeared disappears missing lost loses losing
        slow slowly slower wrong wrongly twice duplicate duplicates duplicated empty blank blocked blocks denied denies
        evicted throttled throttles delayed delay delays offline unreachable unavailable interrupted freeze freezes
        froze frozen freezing flapped flapping rebooted restarted restarts reboots can't cannot couldn't won't
        wasn't weren't didn't doesn't don't isn't aren't unable never not no nobody nothing asked wanted wished
        hoped requested reported needed came comes saw seen sees you'd point only cause reason source trouble problem problems issue issues outage down broken broke breaks
        corrupt corrupted locked expired exceeded limit limited late incorrect bounced bouncing
        disconnected disconnects disconnecting unresponsive black leaked leaks spiked spikes high
        question spun spinning exhausted undelivered flickered flickering looped hogged unreadable garbled
        unexpected unexpectedly intermittent intermittently out need stalled stalls degraded above longer
        shown displayed showed overheated mismatch inaccessible duplicating kept keeps sluggish took invisible unusable prevented""",
    ),
    (
        FIX,
        """since has have works continuing continues investigating resolution solution fix fixed fixes workaround remedy solved resolved cured mended sorted helped trick cure
        removed added changed set moved replaced renewed reset re-set restarted rebooted rebuilt recreated
        re-created reinstalled re-installed reinstalling installed installing uninstalled updated updating upgraded
        upgrading downgraded rolled rolling reverted reverting restored restoring raised raising lowered
        lowering increased increasing decreased reduced reducing extended extending enabled enabling disabled
        disabling activated deactivated switched switching turned turning configured reconfigured adjusted
        adjusting corrected correcting repaired patched cleared clearing cleaned purged deleted deleting published
        republished registered re-registered granted granting assigned reassigned applied applying imported
        re-imported migrated merged excluded excluding included whitelisted allowed allowing unblocked
        opened released created swapped swapping exchanged linked unlinked relinked detached attached bound rebound
        rotated regenerated reissued re-issued rewrote rewritten modified tuned scaled scaling resized resizing
        expanded pinned routed rerouted connected reconnected resynced re-synced re-added readded
        shortened widened relaxed tightened introduced deployed redeployed put mapped remapped renamed shipped
        delivered provided supplied issued unlink remove pending resolve solve taken freed rebooting restarting
        replacing removing adding changing moving shifted splitting split hotfix patch converted re-enabled
        re-run reran rerun re-registering re-creating recreating rebuilding renewing resetting upped bumped
        corrects redid redone measures analysing analyzing permanent upsized cut dropped recycled brought
        re-applied reapplied unticked ticked selected pointed repointed signed re-signed trimmed corrected
        rejoined re-joined joined re-established reestablished flushed bypassed exempted lifted reconfiguring
        rectified replugged reseated re-seated""",
    ),
    (
        ETA,
        """eta estimate estimated estimates tentative tentatively date dates timeline planned plans plan expected
        expects expect targeted targets target targeting aiming aims aim scheduled roadmap release released releases
        quarter q1 q2 q3 q4 preview due arrive arrives ship ships shipping available land lands deliver delivered
        spring summer autumn fall winter semester rollout roll half year january february march april may june
        july august september october november december timeframe deliver months weeks coming schedule
        ga eta's mid-year""",
    ),
    (GAP, "xx xx.xx xx-xx xx.xx.xx xxx xxxx xxxxx xxxxxx xxxxxxx xxxxxxxx tbd tbc tba fixme lorem t.b.d insert"),
    (
        TIME,
        """monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday
        sundays mon tue tues wed thu thur thurs fri noon midnight midday today tonight tomorrow morning afternoon
        evening week weeks month months day days hour hours minutes minute mins min eod cob eow business fortnight""",
    ),
    (
        MAYBE,
        """if should whenever unless case event ever were next recurs recur reappears returns""",
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
