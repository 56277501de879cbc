"""Which articles report one event: one pass, in order of arrival."""

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from rashomon.group.closed import Closed
from rashomon.group.duplicates import Copies
from rashomon.group.late import late_stories
from rashomon.group.likeness import Curves, Doubles, load_curves
from rashomon.group.nearest import Ints
from rashomon.group.vectors import Rarities
from rashomon.group.window import NO_DAY, Compared, Entry, Window, day_number, weekdays_of
from rashomon.model.ids import content_id
from rashomon.model.story import Assignment, Fingerprint, Merge, Placement, Relation

# A newcomer joins a story at once when its mean log odds with up to LINKS of the story's members, those that speak most
# for it, reach this. It is set high: what joins never leaves, and the first article of an event looks like the last
# event of its affair until more of its own kind have come. What is left apart is settled later.
JOIN = 6.0
LINKS = 4
# A late article joins a closed story from here on: nothing more will come to settle it.
LATE = 1.0
# Two stories that a newcomer joins both are one when the mean over pairs of their members reaches this.
BRIDGE = 0.5
# A story is settled when so many further articles have come (half the window if that is less): by then its own kind
# have mostly arrived. It becomes part of the story that it is most like, if the mean over pairs of members reaches
# SETTLE. In a folder of a few articles nothing shows what field they stand in: there the best LINKS pairs must reach
# ALONE, and the rule of a stream takes over step by step until KNOWN articles are open. Chosen on both training sets
# together and the bundled story (docs/quality.md tells what else was tried).
AGE = 500
SETTLE = -1.3
ALONE, KNOWN = 0.0, 50
# It may become part of several in turn, which are one through it, if it is so much like each; how many is bounded, so
# that no article costs much.
FURTHER = 2.0
ROUNDS = 4
# A story of one article that found nothing when it was settled waits: what is settled later takes it in if that is what
# it is most like, from here on. Articles without a day come long before or after their kind.
WAITING = 1.0
# Two stories of so many articles each are two events of one kind (two arrests, years apart), however alike, if the
# articles of each are among themselves so much more alike (mean log odds over pairs). Where no days are known, nothing
# else tells such events apart. Chosen on ECB+'s training topics, where .5 to 1 and 5 or 6 articles differ little.
CLUMP, DENSER = 5, 0.5
# Members of each story that stand for it when two are compared: the first, the last, and some between.
MEMBERS = 6
# Stories that one is compared with to be settled: those nearest to any of its members.
RIVALS = 6
# Below this cosine of their nearest members no two stories of the sets are one.
UNLIKE = 0.08
# A story none of whose articles was ever likelier than this (log odds) to be one with another when they met is not
# settled: a third of those of the scale corpus. Of 3,487 that become part of another this would cost 2.
UNLIKELY = -2.0
# Stories are of one affair when a newcomer's mean cosine with the best two members of the other reaches this, and
# both name at least as many of the same (chosen by reading, docs/quality.md).
AFFAIR = 0.24
AFFAIR_NAMES = 2
# Names of an article that are remembered, and what is shown of what two stories share.
NAMES, SHOWN = 16, 4


@dataclass(slots=True)
class Story:
    """An open story: its id and those that ended in it, its open articles (arrival numbers), its related stories."""

    id: str
    members: list[int]
    settled: bool = False
    former: list[str] = field(default_factory=list)
    related: set[int] = field(default_factory=set)


class Grouper:
    """Assigns each article to a story, in order of arrival, and never looks at the archive again.

    Stories are merged when an article bridges them, and once more when they have aged (``settle`` does so at the end of
    the input). A merge keeps the id of the older story. A story closes when the last of its articles has left the
    window; an article that comes later than that finds it through ``closed``.

    Args:
        closed: where closed stories are found; None: a late article starts a new story.
        open_articles: how many articles newcomers are compared with, the last that came. This bounds memory (about
            5 KB an article). It should hold the articles of some weeks.
        curves: how pairs are judged; those that come with the package unless given.
    """

    def __init__(
        self, *, closed: Closed | None = None, open_articles: int = 20_000, curves: Curves | None = None
    ) -> None:
        self._closed = closed
        self._curves = curves or load_curves()
        self._rarities = Rarities(memory=open_articles)
        self._window = Window(open_articles)
        self._copies = Copies(open_articles)
        self._stories: dict[int, Story] = {}
        self._articles: list[str] = []  # ids by row
        self._names: list[tuple[str, ...]] = []
        self._originals: dict[int, str] = {}  # of the rows that repeat an article, its id
        self._forward: dict[str, str] = {}
        self._reopened = 0

    def add(self, fp: Fingerprint) -> Placement:
        """Where an article belongs, and all that it changed."""
        self._make_room()
        entry = self._entry(fp)
        rows = self._window.candidates(entry.body)
        compared = self._window.compare(entry, rows)
        values = self._curves.odds(compared.features)
        self._window.met(rows, values)
        odds = self._means(compared.stories, values)
        grams = np.array(fp.shingles, np.int64)
        ago = self._copies.original(grams)
        original = None
        if ago is not None:
            row = (self._window.count - ago) % self._window.capacity
            story = int(self._window.story[row])
            original = self._originals.get(row, self._articles[row])
        else:
            story = max(odds, key=lambda s: (odds[s], -s)) if odds else self._late(fp, entry)
        self._copies.add(grams)
        self._open(fp, entry, story, original)
        merges = [m for other in sorted(odds) for m in self._bridge(other, fp.article_id)]
        merges += self._age(fp.article_id)
        story = int(self._window.story[(self._window.count - 1) % self._window.capacity])
        relations = tuple(self._relate(story, compared))
        return Placement(Assignment(fp.article_id, self._stories[story].id, original), tuple(merges), relations)

    def settle(self) -> tuple[Merge, ...]:
        """Settle the stories that are too young for it: for the end of the input, when nothing else is to be expected.

        Doing so again changes nothing, and articles may be added afterwards. The merges name the last article.
        """
        if not self._articles:
            return ()
        last = self._articles[(self._window.count - 1) % self._window.capacity]
        merges: list[Merge] = []
        young = [number for number, story in self._stories.items() if not story.settled]
        odds = {pair: value for number in young for pair, value in self._rivals(number).items()}
        while odds:
            # The most alike first: what they become is compared anew.
            one, other = min(odds, key=lambda pair: (-odds[pair], pair))
            if odds[one, other] < self._least():
                break
            merges.append(self._merge(other, one, last))
            odds = {pair: value for pair, value in odds.items() if not {one, other} & set(pair)}
            odds |= self._rivals(one)
        return tuple(merges)

    def current(self, story_id: str) -> str:
        """The id under which a story goes on; its own if it was never merged, or so long ago that it is closed."""
        return self._forward.get(story_id, story_id)

    def freeze(self) -> bytes:
        """All that a grouper knows; ``thaw`` makes one of it that goes on as if this one had never stopped."""
        arrays = {f"window {name}": array for name, array in self._window.kept().items()}
        sketches = self._copies.kept()
        arrays["sketches"] = np.concatenate(sketches) if sketches else np.zeros(0, np.int64)
        arrays["sketch lengths"] = np.array([len(sketch) for sketch in sketches], np.int64)
        learned, arrays["stems"], arrays["stem counts"] = self._rarities.kept()
        plain = {
            "learned": learned,
            "capacity": self._window.capacity,
            "count": self._window.count,
            "stories": [
                [number, s.id, s.members, s.settled, s.former, sorted(s.related)] for number, s in self._stories.items()
            ],
            "articles": self._articles,
            "names": self._names,
            "originals": sorted(self._originals.items()),
            "reopened": self._reopened,
        }
        # Half a surrogate pair can stand in a hostile text; escaped, it is JSON all the same.
        arrays["plain"] = np.frombuffer(json.dumps(plain).encode("ascii"), np.uint8)
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **arrays)
        return file.getvalue()

    @classmethod
    def thaw(cls, state: bytes, *, closed: Closed | None = None) -> "Grouper":
        """A grouper from what ``freeze`` gave.

        Raises:
            ValueError: the bytes are no frozen grouper of this version.
        """
        try:
            with np.load(io.BytesIO(state), allow_pickle=False) as arrays:
                plain = json.loads(arrays["plain"].tobytes())
                made = cls(closed=closed, open_articles=plain["capacity"])
                made._window.restored(plain["count"], {name: arrays[f"window {name}"] for name in made._window.kept()})
                made._rarities.restored(plain["learned"], arrays["stems"], arrays["stem counts"])
                ends = np.cumsum(arrays["sketch lengths"])
                for sketch in np.split(arrays["sketches"], ends[:-1]) if len(ends) else ():
                    made._copies.add(sketch)
        except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"no state of a grouper: {error}") from error
        made._articles = plain["articles"]
        made._names = [tuple(names) for names in plain["names"]]
        made._originals = dict(plain["originals"])
        made._reopened = plain["reopened"]
        for number, story_id, members, settled, former, related in plain["stories"]:
            made._stories[number] = Story(story_id, members, settled, former, set(related))
            made._forward |= dict.fromkeys(former, story_id)
        return made

    @property
    def open_articles(self) -> int:
        """How many articles newcomers are compared with."""
        return min(self._window.count, self._window.capacity)

    @property
    def open_stories(self) -> int:
        """How many stories have an open article."""
        return len(self._stories)

    def _entry(self, fp: Fingerprint) -> Entry:
        body, lead, head = self._rarities.vectors(fp.words, fp.lead, fp.head)
        return Entry(body, lead, head, day=day_number(fp.published), weekdays=weekdays_of(fp))

    @staticmethod
    def _means(stories: Ints, values: Doubles) -> dict[int, float]:
        """The stories of which the mean of the ``LINKS`` greatest values reaches ``JOIN``, and that mean."""
        found = {}
        for story in set(stories[values >= JOIN].tolist()):
            best = sorted(values[stories == story].tolist(), reverse=True)[:LINKS]
            if sum(best) / len(best) >= JOIN:
                found[story] = sum(best) / len(best)
        return found

    def _open(self, fp: Fingerprint, entry: Entry, story: int, original: str | None) -> None:
        row = self._window.count % self._window.capacity
        number = self._window.add(entry, story)
        names = sorted(fp.names, key=lambda named: (-named[1], named[0]))
        kept = tuple(name for name, _ in names[:NAMES])
        if row == len(self._articles):
            self._articles.append(fp.article_id)
            self._names.append(kept)
        else:
            self._articles[row], self._names[row] = fp.article_id, kept
        self._originals.pop(row, None)
        if original is not None:
            self._originals[row] = original
        if story in self._stories:
            self._stories[story].members.append(number)
        else:
            self._stories[story] = Story(content_id("s", fp.article_id), [number])
        self._rarities.learn(entry.body.stems)

    def _make_room(self) -> None:
        gone = self._window.make_room()
        if gone is None:
            return
        story = self._stories[gone]
        story.members.pop(0)
        if not story.members:
            del self._stories[gone]
            for other in story.related:
                if other in self._stories:
                    self._stories[other].related.discard(gone)
            for former in story.former:
                del self._forward[former]

    def _late(self, fp: Fingerprint, entry: Entry) -> int:
        """The number of a closed story that a late article belongs to, opened again; else that of a new story."""
        if self._closed is not None and entry.day != NO_DAY:
            earliest = self._window.earliest(0.05)
            if earliest is not None and entry.day < earliest:
                stems = self._rarities.telling(fp.words, most=12)
                found = late_stories(self._closed, stems, entry, self._entry, self._curves, links=LINKS)
                story_id = max(found, key=lambda s: (found[s], s), default=None)
                if story_id is not None and found[story_id] >= LATE:
                    open_already = next((n for n, story in self._stories.items() if story.id == story_id), None)
                    if open_already is not None:
                        return open_already
                    # Older than all that is open, so that a merge keeps its id.
                    self._reopened += 1
                    self._stories[-self._reopened] = Story(story_id, [], settled=True)
                    return -self._reopened
        return self._window.count

    def _age(self, article_id: str) -> Iterator[Merge]:
        """Settle the story that has just come of age, if it is still one of its own."""
        number = self._window.count - 1 - min(AGE, self._window.capacity // 2)
        if number < 0 or number not in self._stories or self._stories[number].settled:
            return
        self._stories[number].settled = True
        for turn in range(ROUNDS):
            odds = self._rivals(number)
            settled = [pair for pair in odds if self._stories[pair[0]].settled]
            one, other = min(settled, key=lambda pair: (-odds[pair], pair), default=(0, 0))
            if not settled:
                break
            least = self._least() if turn == 0 else FURTHER
            rival, best = one if other == number else other, odds[one, other]
            waiting = turn > 0 and best >= WAITING and self._waits(rival, number)
            if best < least and not waiting:
                break
            yield self._merge(other, one, article_id)
            number = one

    def _waits(self, story: int, number: int) -> bool:
        """Whether a story has one article only, and is more like story ``number`` than like any other."""
        if len(self._stories[story].members) > 1:
            return False
        odds = self._rivals(story)
        return bool(odds) and number in min(odds, key=lambda pair: (-odds[pair], pair))

    def _bridge(self, other: int, article_id: str) -> Iterator[Merge]:
        """Merge a story with that of the newcomer, which could have joined either, if they are one."""
        home = int(self._window.story[(self._window.count - 1) % self._window.capacity])
        if other == home or other not in self._stories:
            return
        odds = self._odds(home, [other])[other]
        if odds >= BRIDGE and not self._are_clumps(home, other, odds):
            yield self._merge(max(home, other), min(home, other), article_id)

    def _merge(self, old: int, into: int, article_id: str) -> Merge:
        ended, going = self._stories.pop(old), self._stories[into]
        going.members = sorted([*going.members, *ended.members])
        self._window.story[np.array(ended.members) % self._window.capacity] = into
        for former in (ended.id, *ended.former):
            self._forward[former] = going.id
            going.former.append(former)
        for other in ended.related - {into}:
            self._stories[other].related.discard(old)
            self._stories[other].related.add(into)
            going.related.add(other)
        going.related.discard(old)
        return Merge(ended.id, going.id, article_id)

    def _least(self) -> float:
        """The mean log odds at which two stories become one when they are settled."""
        return ALONE + (SETTLE - ALONE) * min(1.0, self.open_articles / KNOWN)

    def _rivals(self, number: int) -> dict[tuple[int, int], float]:
        """Mean log odds of a story with those nearest to it that are not told apart, by pairs (the older first)."""
        members = np.array(self._stories[number].members)
        if self._window.likeliest[members % self._window.capacity].max() < UNLIKELY:
            return {}
        rows = self._rows(number)
        nearest: dict[int, float] = {}
        stories, cosines = self._window.neighbours(rows)
        near = (stories != number) & (cosines >= UNLIKE)
        for story, cosine in zip(stories[near].tolist(), cosines[near].tolist(), strict=True):
            nearest[story] = max(cosine, nearest.get(story, 0.0))
        rivals = sorted(nearest, key=lambda story: (-nearest[story], story))[:RIVALS]
        found = {(min(number, r), max(number, r)): odds for r, odds in self._odds(number, rivals).items()}
        return {pair: odds for pair, odds in found.items() if odds < SETTLE or not self._are_clumps(*pair, odds)}

    def _are_clumps(self, one: int, other: int, odds: float) -> bool:
        """Whether two stories are two clumps: each much denser than they are together, at ``odds``."""
        if min(len(self._stories[one].members), len(self._stories[other].members)) < CLUMP:
            return False
        return (self._density(one) + self._density(other)) / 2 >= odds + DENSER

    def _density(self, story: int) -> float:
        """Mean log odds over pairs of a story's members; of two at least."""
        rows = self._rows(story)
        pairs = [self._window.compare_open(row, rows[rows != row]) for row in rows.tolist()]
        return float(np.mean([self._curves.odds(compared.features).mean() for compared in pairs]))

    def _odds(self, story: int, others: Sequence[int]) -> dict[int, float]:
        """Mean log odds over pairs of members of an open story and each of others."""
        if not others:
            return {}
        theirs = np.concatenate([self._rows(other) for other in others])
        odds: dict[int, list[float]] = defaultdict(list)
        for row in self._rows(story).tolist():
            compared = self._window.compare_open(row, theirs)
            values = self._curves.odds(compared.features)
            for other, value in zip(compared.stories.tolist(), values.tolist(), strict=True):
                odds[other].append(value)
        known = min(1.0, self.open_articles / KNOWN)
        best = {other: sorted(found, reverse=True)[:LINKS] for other, found in odds.items()}
        return {
            other: known * sum(found) / len(found) + (1 - known) * sum(best[other]) / len(best[other])
            for other, found in odds.items()
        }

    def _rows(self, story: int) -> Ints:
        """Rows of the members that stand for a story."""
        members = self._stories[story].members
        if len(members) > MEMBERS:
            members = [members[n * (len(members) - 1) // (MEMBERS - 1)] for n in range(MEMBERS)]
        return np.array(members, dtype=np.int64) % self._window.capacity

    def _relate(self, story: int, compared: Compared) -> Iterator[Relation]:
        """The stories of one affair with that of the newcomer, as far as they were not known to be."""
        here = self._stories[story]
        cosines, now = compared.features[:, 0], self._window.story[compared.rows]
        own = self._names[(self._window.count - 1) % self._window.capacity]
        if len(own) < AFFAIR_NAMES:
            return
        for other in sorted(set(now[cosines >= AFFAIR].tolist()) - here.related - {story}):
            there = np.flatnonzero((now == other) & (cosines >= AFFAIR / 2))
            two = there[np.argsort(-cosines[there], kind="stable")[:2]]
            if cosines[two].mean() < AFFAIR:
                continue
            names = set(own).intersection(*(self._names[row] for row in compared.rows[two].tolist()))
            if len(names) >= AFFAIR_NAMES:
                here.related.add(other)
                self._stories[other].related.add(story)
                one, another = sorted((here.id, self._stories[other].id))
                yield Relation(one, another, tuple(name for name in own if name in names)[:SHOWN])
