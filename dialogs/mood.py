"""A customer's message that reads unhappy: the suggestion to note the mood, which one click follows (LQR-03)."""

from playbook.model import Case, Sentiment
from playbook.moods import unhappy
from storage.records import Flow

WORDS_OF_THEIRS = ("answered", "confirmed")  # kinds of record whose text the customer wrote
MOODS = {"happy": Sentiment.CONTENT, **{one.value: one for one in Sentiment if one is not Sentiment.UNKNOWN}}


def suggested_mood(case: Case, flow: Flow) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The sentence and its button for a recorded message; none where the mood is known already."""
    if flow.step not in WORDS_OF_THEIRS:
        return "", ()
    return mood_hint(case, flow.values.get("text", ""))


def mood_hint(case: Case, message: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Of any message of the customer's: a sentence, and the button's title and line."""
    phrase = unhappy(message) if case.sentiment is not Sentiment.UNHAPPY else ""
    if not phrase:
        return "", ()
    return f"This reads unhappy (“{phrase}”): note the mood?", (
        ("Note mood", f"/case {case.number} mood unhappy {phrase}"),
    )


def read_mood(said: str) -> tuple[Sentiment, str] | None:
    """`unhappy waste of our time` as the mood and what shows it; None where it begins with no mood."""
    word, _, shown_by = said.strip().partition(" ")
    mood = MOODS.get(word.casefold().strip(",:;"))
    return (mood, shown_by.strip()) if mood else None
