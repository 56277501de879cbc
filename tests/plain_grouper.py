"""A grouper whose stories one can see in the texts, so that tests can plant merges and relations.

An article belongs to the stories that words such as "tagferry" in its text name: to the oldest, if there are several,
which are then one. "tieferry" relates its story to that of "tagferry";
"youngferry" makes the two one at the end of the input.
"""

import pickle
from typing import Any

from rashomon.model.ids import content_id
from rashomon.model.story import Assignment, Fingerprint, Merge, Placement, Relation


class PlainGrouper:
    """See above."""

    def __init__(self, **_: Any) -> None:
        self._stories: dict[str, str] = {}
        self._ended: dict[str, str] = {}
        self._age: dict[str, int] = {}
        self._count = 0
        self._last = ""
        self._young: dict[str, str] = {}

    def add(self, fp: Fingerprint) -> Placement:
        named = [stem for stem in dict(fp.words) if stem.startswith("tag")]
        tied = [stem for stem in dict(fp.words) if stem.startswith("tie")]
        self._count += 1
        self._last = fp.article_id
        own = content_id("s", fp.article_id)
        known = {self.current(self._stories[word]) for word in named if word in self._stories}
        into, *others = sorted(known, key=lambda story: self._age[story]) or [own]
        self._age.setdefault(into, self._count)
        for word in named:
            self._stories[word] = into
        self._young |= {stem: into for stem in dict(fp.words) if stem.startswith("young")}
        for other in others:
            self._ended[other] = into
        ties = sorted({self.current(self._stories[t]) for w in tied if (t := "tag" + w[3:]) in self._stories} - {into})
        return Placement(
            Assignment(fp.article_id, into),
            tuple(Merge(other, into, fp.article_id) for other in others),
            tuple(Relation(min(into, other), max(into, other), ("Ana Ruiz",)) for other in ties),
        )

    def settle(self) -> tuple[Merge, ...]:
        merges = []
        for word, young in sorted(self._young.items()):
            into, old = self.current(self._stories.get("tag" + word[5:], young)), self.current(young)
            if into != old:
                into, old = sorted((into, old), key=lambda story: self._age[story])
                self._ended[old] = into
                merges.append(Merge(old, into, self._last))
        return tuple(merges)

    def current(self, story_id: str) -> str:
        while story_id in self._ended:
            story_id = self._ended[story_id]
        return story_id

    def freeze(self) -> bytes:
        return pickle.dumps(self.__dict__)

    @classmethod
    def thaw(cls, state: bytes, **_: Any) -> "PlainGrouper":
        made = cls()
        made.__dict__.update(pickle.loads(state))
        return made
