"""One article as its clauses are read: the parse by label, who is named at a word, and when."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from rashomon.mark.claims.numbers import Count, find_numbers
from rashomon.mark.claims.words import is_blank, word_list
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Mention, Timex
from rashomon.model.spans import Span

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
# How far a rule climbs or follows a chain: deeper than sentences go that people read, and a bound for all others.
FAR = 12
# Shorter is a fragment, longer is no longer one short sentence; in words.
SHORTEST, LONGEST = 3, 60
# Nobody reads more in one breath: longer clauses lose what hangs at their end.
READABLE = 40
_NO_CONTENT = frozenset({"AUX", "DET", "ADP"})


class Surroundings:
    """What is known of an article when its clauses are read, indexed once, by token.

    ``mention_at`` holds for each token the mention that covers it. ``times`` are the dates and times as
    ``(first token, token after the last, timex)``, ``distances`` those measured from an event ("two days after the
    vote") likewise, ``numbers`` the quantities, all in order.
    """

    def __init__(self, article: Article, tree: Tree, mentions: Sequence[Mention], timexes: Sequence[Timex]) -> None:
        self.article_id = article.id
        self.tree = tree
        self.text = article.text
        self.day = article.day
        self.mention_at = _by_token(tree, mentions)
        self.named = {m.span for m in mentions}
        self.times = [
            (tree.at(t.span.start), tree.before(t.span.end), t) for t in timexes if t.type in {"DATE", "TIME"}
        ]
        self.distances = [
            (tree.at(t.span.start), tree.before(t.span.end), t) for t in timexes if t.expr.startswith("ref:")
        ]
        self._distances_from = [begin for begin, _, _ in self.distances]
        self._times_from = [begin for begin, _, _ in self.times]
        self.numbers: list[Count] = find_numbers(tree, self.text, article.id, [t.span for t in timexes])
        self._numbers_from = [count.begin for count in self.numbers]
        self._labels: dict[str, dict[int, list[int]]] = defaultdict(dict)
        labels = self._labels
        for place, (label, head) in enumerate(zip(tree.dep, tree.head, strict=True)):
            labels[label].setdefault(head, []).append(place)

    def below(self, head: int, label: str) -> Sequence[int]:
        """The children of ``head`` with this label, in order."""
        return self._labels[label].get(head, ())

    def objects_of(self, head: int, *prepositions: str) -> Iterator[int]:
        """The nouns that hang on ``head`` by one of these prepositions."""
        for link in self.below(head, "prep"):
            if self.tree.lower[link] in prepositions:
                yield from self.below(link, "pobj")

    def has_subject(self, verb: int) -> bool:
        """Whether ``verb`` has a subject of its own, "there" included."""
        return any(verb in self._labels[label] for label in SUBJECTS)

    def own_subject(self, verb: int) -> int | None:
        """The subject that hangs on ``verb`` itself."""
        found = [self._labels[label][verb][0] for label in SUBJECTS[:3] if verb in self._labels[label]]
        return min(found, default=None)

    def governing(self, verb: int) -> int:
        """The verb at the top of a chain of infinitives: "wants" in "wants to try to leave"."""
        tree = self.tree
        for _ in range(FAR):
            above = tree.head[verb]
            controlled = tree.dep[verb] == "xcomp" and tree.pos[above] in {"VERB", "AUX", "ADJ"}
            # "wants Norway to sign", "saw Norway signing"
            controlled |= tree.dep[verb] == "ccomp" and tree.tag[verb] in {"VB", "VBG"} and self._bare(verb)
            if not controlled and tree.dep[verb] != "acomp":
                break
            verb = above
        return verb

    def _bare(self, verb: int) -> bool:
        auxiliaries = self.below(verb, "aux")
        return self.has_subject(verb) and all(self.tree.lower[c] == "to" for c in auxiliaries)

    def event(self, noun: int) -> bool:
        """Whether ``noun`` names an event."""
        return self.tree.lemma[noun].lower() in word_list("event_nouns")

    def owner_of_words(self, verb: int) -> Span | None:
        """Whose words the clause of ``verb`` is called: "her claim that it rained"."""
        noun = self.tree.head[verb]
        if self.tree.dep[verb] != "acl" or self.tree.lemma[noun].lower() not in word_list("speech_nouns"):
            return None
        owners = (mention.span for child in self.below(noun, "poss") if (mention := self.mention_at[child]))
        return next(owners, None)

    def span(self, begin: int, stop: int) -> Span:
        """The characters of the tokens ``begin`` to ``stop``, half-open."""
        return Span(self.article_id, self.tree.start[begin], self.tree.end[stop - 1])

    def words(self, begin: int, stop: int) -> str:
        """The text of these tokens."""
        return self.text[self.tree.start[begin] : self.tree.end[stop - 1]] if begin < stop else ""

    def times_in(self, begin: int, stop: int) -> list[tuple[int, int, Timex]]:
        """The dates and times that begin among these tokens."""
        return self.times[bisect_left(self._times_from, begin) : bisect_left(self._times_from, stop)]

    def distances_in(self, begin: int, stop: int) -> list[tuple[int, int, Timex]]:
        """The distances from an event that begin among these tokens."""
        return self.distances[bisect_left(self._distances_from, begin) : bisect_left(self._distances_from, stop)]

    def numbers_in(self, begin: int, stop: int) -> list[Count]:
        """The quantities that begin among these tokens."""
        return self.numbers[bisect_left(self._numbers_from, begin) : bisect_left(self._numbers_from, stop)]

    def content_lemmas(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """Lower-case lemmas of those among ``tokens`` that carry content, in order."""
        tree = self.tree
        return tuple(
            tree.lemma[at].lower()
            for at in tokens
            if (pos := tree.pos[at]) not in _NO_CONTENT
            and (pos == "VERB" or tree.lower[at] not in STOP_WORDS)
            and not is_blank(tree.text[at])
        )


def _by_token(tree: Tree, mentions: Sequence[Mention]) -> list[Mention | None]:
    """The mention that covers each token; of two, the one that begins first, then the longer."""
    found: list[Mention | None] = [None] * len(tree)
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        for place in range(tree.at(mention.span.start), tree.before(mention.span.end)):
            if found[place] is None:
                found[place] = mention
    return found
