"""Full-text search over FTS5: what a person typed becomes a query in which nothing is an operator."""

import unicodedata

WORDS = 32  # further ones are not read: nobody types so many, and each costs a lookup
LONGEST = 100  # characters of one word
RANKED = 2_000  # documents that are weighed against each other; of more, the newest come first


def table(kind: str) -> str:
    return f'"fts_{kind}"'


def create(kind: str) -> str:
    """Folds case and diacritics: `creme` finds `Crème`."""
    return f"CREATE VIRTUAL TABLE {table(kind)} USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')"


def query(words: str) -> str:
    """An FTS5 query for documents that hold all the words, the last one as a prefix; empty: nothing to look for.

    Each word is a quoted string, in which FTS5 reads no operators; it takes such a string apart as it
    does the documents (`foo-bar` is `foo` followed by `bar`), and ignores one without letters or digits.
    """
    spaced = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in words[: WORDS * LONGEST])
    quoted = ['"{}"'.format(word[:LONGEST].replace('"', '""')) for word in spaced.split()[:WORDS] if _told(word)]
    return " ".join(quoted) + "*" if quoted else ""


def _told(word: str) -> bool:
    return any(one.isalnum() for one in word[:LONGEST])
