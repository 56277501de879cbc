"""Who "the president" and "the Norlandic leader" are, where their own article does not say it but the story does.

An office is known by the titles and appositions that any article of the story gives to a person. The phrase means the
one who is named in its own article, where he is the only one of that office or named far more often than the others.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile

from rashomon.align.statements.stems import stop_words, words
from rashomon.model.article import Article
from rashomon.model.marks import Marks, Mention
from rashomon.model.spans import Span

Key = tuple[str, ...]
# The vice president is no president, and a minister's spokesman no minister.
_LOWER = frozenset(["vice", "deputy", "assistant", "acting", "junior", "spokesman", "spokeswoman", "spokesperson"])
# The office stands before these: "chief executive of Norwind", "aide to the minister".
_TIES = frozenset(["of", "for", "to", "at", "in", "on", "under", "who", "from", "with", "and"])
_BEHIND = re.compile(r" (?:of|for|in|at) ([^.,;:\n]{1,40})")
# So many times as often named as the next one of his office: twice, as for family names.
_CLEARLY = 2


def office_holders(
    articles: Sequence[Article], marks: Mapping[str, Marks], key_of: Mapping[Span, Key]
) -> dict[Span, Key]:
    """Whom the articles call by his office alone, where the marks could not tell.

    Args:
        articles: the story's.
        marks: by article id.
        key_of: what each mention is.

    Returns:
        The person's key by the phrase's span; phrases of which it cannot be told are missing.
    """
    told: dict[Key, set[str]] = defaultdict(set)
    offices: dict[str, set[Key]] = defaultdict(set)
    for article in articles:
        for m in marks[article.id].mentions:
            key = key_of.get(m.span) if m.kind == "PERSON" and m.role else None
            if key and m.role:
                role = words(m.role.cut(article.text))
                told[key].update(role)
                for word in takewhile(lambda word: word not in _TIES, role):
                    offices[word].add(key)
    found: dict[Span, Key] = {}
    for article in articles:
        names: dict[int, Mention] = {}
        often: dict[Key, int] = defaultdict(int)
        for m in marks[article.id].mentions:
            if m.kind == "PERSON" and m.form == "name" and m.span in key_of:
                names[m.span.start] = m
                often[key_of[m.span]] += 1
        for m in marks[article.id].mentions:
            if m.form == "nominal" and m.kind == "PERSON" and m.antecedent is None:
                beside = _apposition(m, article.text, names)
                holder = key_of[beside] if beside else _holder(m, article.text, offices, told, often)
                if holder:
                    found[m.span] = holder
    return found


def _apposition(m: Mention, text: str, names: Mapping[int, Mention]) -> Span | None:
    """The name in "the campaign's manager, Ann Roe, said"."""
    name = names.get(m.span.end + 2)
    beside = name and text.startswith(", ", m.span.end) and text[name.span.end : name.span.end + 1] in (",", ".")
    return name.span if name and beside else None


def _holder(
    m: Mention, text: str, offices: Mapping[str, set[Key]], told: Mapping[Key, set[str]], often: Mapping[Key, int]
) -> Key | None:
    said = [w for w in words(m.name) if w not in stop_words()]
    if not said:
        return None
    more = set(said[:-1])
    behind = _BEHIND.match(text, m.span.end)
    of = {w for w in words(behind[1]) if w not in stop_words()} if behind else set()
    fitting = [
        key
        for key in sorted(offices.get(said[-1], ()))
        if key in often
        and more <= told[key]
        and _LOWER & more == _LOWER & told[key]
        and (not of or of & told[key])  # "the leader of Norland" is not Sudland's
    ]
    fitting.sort(key=lambda key: -often[key])
    if not fitting or (len(fitting) > 1 and often[fitting[0]] < _CLEARLY * often[fitting[1]]):
        return None
    return fitting[0]
