"""Find the time expressions of one article."""

from bisect import bisect_left, bisect_right

from rashomon.mark.times.anchors import with_events
from rashomon.mark.times.checks import CHECKS
from rashomon.mark.times.grammar import compiled
from rashomon.mark.times.lexicon import read_words
from rashomon.mark.times.modifiers import with_context
from rashomon.mark.times.people import people
from rashomon.mark.times.phrase import Phrase
from rashomon.mark.times.ranges import add_last_day, beside, same_week
from rashomon.mark.times.readings import READINGS
from rashomon.mark.times.resolve import resolve
from rashomon.mark.times.tense import direction
from rashomon.mark.tree import Tree
from rashomon.model.article import Article
from rashomon.model.marks import Timex
from rashomon.model.spans import Span


def find_times(article: Article, tree: Tree) -> tuple[Timex, ...]:
    """Find the time expressions (TIMEX3) of one article.

    Their values are what the words alone say; ``resolve`` gives them the publication day. What only looks like a time
    ("may", "March on", "a second man", "the Times") is left out.

    Args:
        article: its text is read, not changed; spans are code points into it.
        tree: the parse of ``article.text``; looked at for candidates only.

    Returns:
        Times in order of the text, none overlapping another.
    """
    text = article.text
    words, row = read_words(text)
    begin, pattern, names = compiled()
    starts = tree.start
    persons = {at for first, last in people(tree) for at in range(first, last)}
    found: list[Timex] = []
    at = 0
    while candidate := begin.search(row, at):
        first = candidate.start()
        match = pattern.match(row, first)
        if match is None or match.lastindex is None:
            at = first + 1
            continue
        end = match.end()
        phrase = Phrase(words, first, end - 1, text)
        reading = READINGS[names[match.lastindex - 1]](phrase)
        if reading is None:
            at = first + 1
            continue
        start, stop = words[reading.first].start, words[reading.last].end
        low = bisect_right(starts, start) - 1
        high = bisect_left(starts, stop) - 1
        if persons and any(place in persons for place in range(low, high + 1)):
            at = first + 1
            continue
        if reading.needs and not CHECKS[reading.needs](tree, low, high, words[reading.first].text):
            at = first + 1
            continue
        expr = reading.expr
        if found and expr.startswith("weekday:"):
            expr = beside(expr, found[-1], start, stop, text)
        elif found and expr.startswith("week:"):
            found[-1] = same_week(found[-1], expr, start, text)
        if "?" in expr:
            expr = expr.replace("?", direction(tree, low, high))
        mod = with_context(phrase, reading.first, reading.type, reading.mod)
        found.append(Timex(Span(article.id, start, stop), reading.type, "", mod, expr))
        at = max(reading.last + 1, first + 1)
        if names[match.lastindex - 1] == "date":
            at = add_last_day(found, words, at, tree)
    return resolve(with_events(found, tree), None, text)
