"""Who had what from whom, and where a claim independently comes from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.model.article import Article
from rashomon.model.marks import Credit, CreditField, Marks
from rashomon.model.outlets import Outlets, outlet_keys, same_outlet
from rashomon.model.spans import Span
from rashomon.model.story import Derivation, DerivationKind, Origin, Passage

# A credit in the last tenth of the text is a line at its foot ("with input from …"); above stand bylines and datelines.
FOOT = 0.9
# A short article's foot begins sooner: behind its middle, in a paragraph that so many others follow at most.
HALF, LINES_AFTER = 0.5, 1


@dataclass(frozen=True, slots=True, order=True)
class _Agency:
    """An agency or outlet by ``key`` (see ``outlet_keys``) and the name that people read."""

    key: str
    name: str
    known: str | None = None


def find_derivations(
    articles: Sequence[Article], marks: Mapping[str, Marks], passages: Iterable[Passage]
) -> tuple[Derivation, ...]:
    """The lineage of a story's articles: credits, citations, and copied passages (``group`` finds those).

    A credit line makes an edge from the agency or outlet that it names ("credit", or "cites" for "Reuters reported");
    a picture's credit makes none. A copied passage makes one edge per pair of articles, with the passage in both as
    evidence: the target's words first (an edge that only an author field shows has none). Who copied whom is read
    from credits first (where either side credits an agency for the passage or for the whole article, both have it from
    that agency; where one credits the other's outlet, from that), from the publication times next; where both are
    silent the edge is undirected.
    """
    naming = _Naming(articles, marks)
    edges = _credit_edges(articles, marks, naming)
    by_id = {article.id: article for article in articles}
    copied: list[Derivation] = []
    from_agencies: list[Derivation] = []
    for passage in passages:
        left, right = by_id[passage.left.article_id], by_id[passage.right.article_id]
        if naming.outlet(left) == naming.outlet(right) is not None:
            continue  # an outlet that repeats itself has not copied
        for edge in _copied(passage, left, right, marks, naming):
            (copied if edge.source in by_id else from_agencies).append(edge)
    return tuple(sorted({*edges, *copied, *_merged(from_agencies)}, key=_order))


def collapse(
    members: Sequence[tuple[str, Span]],
    articles: Sequence[Article],
    marks: Mapping[str, Marks],
    derivations: Sequence[Derivation],
) -> tuple[Origin, ...]:
    """The independent roots behind the members of one claim group.

    A member is an article id and the span of its claim. Its root is, in this order:

    1. the known agency or outlet that its sentence names as its source ("Reuters reported", "according to Yonhap"); of
       a chain, the link nearest to the speaker that is known as an agency or outlet;
    2. the agency from which a copied passage over the claim comes;
    3. another source that its sentence names ("local media");
    4. the agency of the article's dateline, byline or author field, unless the sentence shows the outlet's own
       work ("told this newspaper");
    5. the agency of a line at the article's foot ("with input from Reuters"), if another member of the group has that
       agency as its root, is that agency's own, or credits it at its foot as well: the line does not say which
       sentences it covers, and this is where one origin would otherwise be counted twice;
    6. else the article itself.

    Members whose words were copied from one another, and articles of one outlet, are one origin. A root is the
    display name of an agency or the id of the article that the others go back to.

    Returns:
        Origins with their articles (ids, sorted), those with most articles first.
    """
    return Roots(articles, marks, derivations).of(members)


class Roots:
    """The roots of a story's claims; built once, asked for every group of claims (see ``collapse``)."""

    def __init__(
        self, articles: Sequence[Article], marks: Mapping[str, Marks], derivations: Sequence[Derivation]
    ) -> None:
        self._marks = marks
        self._naming = _Naming(articles, marks)
        self._by_id = {article.id: article for article in articles}
        self._order = {article.id: number for number, article in enumerate(articles)}
        self._copied = [d for d in derivations if d.kind == "copied"]
        self._copied_in: dict[str, list[Derivation]] = defaultdict(list)
        for edge in self._copied:
            for article_id in {span.article_id for span in edge.evidence}:
                self._copied_in[article_id].append(edge)

    def of(self, members: Sequence[tuple[str, Span]]) -> tuple[Origin, ...]:
        """The origins of the claim whose members are given; see ``collapse``."""
        naming, by_id, marks = self._naming, self._by_id, self._marks
        roots: list[_Agency | None] = []
        for article_id, span in members:
            said = naming.said_in_sentence(by_id[article_id], marks.get(article_id), span)
            found = (
                said
                if said and said.known
                else _copied_agency(article_id, span, self._copied_in[article_id], by_id, naming)
            )
            # "media reported" of words that an agency printed: the agency is the origin.
            roots.append(found or said or naming.heading(by_id[article_id], marks.get(article_id), span))
        self._by_foot(members, roots)
        home = list(range(len(members)))

        def find(at: int) -> int:
            while home[at] != at:
                home[at] = home[home[at]]
                at = home[at]
            return at

        first: dict[str, int] = {}
        for number, (article_id, _) in enumerate(members):
            root = roots[number]
            key = root.key if root else naming.outlet(by_id[article_id]) or article_id
            home[find(number)] = find(first.setdefault(key, number))
        touched = {edge for article_id, _ in members for edge in self._copied_in[article_id]}
        for edge in sorted(touched, key=_order):
            holders = [n for n, (_, span) in enumerate(members) if any(_shared(span, e) for e in edge.evidence)]
            for number in holders[1:]:
                home[find(number)] = find(holders[0])

        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(members)):
            groups[find(number)].append(number)
        origins = []
        for group in groups.values():
            ids = sorted({members[n][0] for n in group})
            agencies = Counter(root.name for n in group if (root := roots[n]))
            targets = {d.target for d in touched if not d.undirected and d.source in ids}
            eldest = min(ids, key=lambda i: (i in targets, by_id[i].published or "9999", self._order[i]))
            root_name = min(agencies, key=lambda name: (-agencies[name], name), default=eldest)
            origins.append(Origin(root_name, tuple(ids)))
        return tuple(sorted(origins, key=lambda o: (-len(o.articles), o.root, o.articles)))

    def is_copied(self, one: tuple[str, Span], other: tuple[str, Span]) -> bool:
        """Whether the words of two articles stand in one copied passage, from whomever both have it."""
        return any(
            all(any(_shared(span, e) for e in edge.evidence) for _, span in (one, other))
            for edge in self._copied_in[one[0]]
        )

    def _by_foot(self, members: Sequence[tuple[str, Span]], roots: list[_Agency | None]) -> None:
        """Set the root of members whose article credits an agency at its foot, where that agency is behind others too.

        Who credits two agencies has it from one of them, which one nobody knows: such a member joins one origin and
        never makes one of two. Among those of whom a foot is all that is known, the agency of most comes first.
        """
        naming, by_id = self._naming, self._by_id
        feet: dict[int, list[_Agency]] = {}
        named = set()
        for number, (article_id, span) in enumerate(members):
            article, root = by_id[article_id], roots[number]
            named.add(root.key if root else naming.outlet(article))
            if root is None:
                feet[number] = naming.foot(article, self._marks.get(article_id), span)
        while True:
            for number, foot in feet.items():
                roots[number] = roots[number] or next((agency for agency in foot if agency.key in named), None)
            publishers: dict[str, set[str]] = defaultdict(set)
            for number, foot in feet.items():
                article_id = members[number][0]
                for agency in foot if roots[number] is None else ():
                    publishers[agency.key].add(naming.outlet(by_id[article_id]) or article_id)
            shared = {key: len(found) for key, found in publishers.items() if len(found) > 1}
            if not shared:
                return
            named = {min(shared, key=lambda key: (-shared[key], key))}


class _Naming:
    """What the articles of a story call their sources, under one key and one name each."""

    def __init__(self, articles: Sequence[Article], marks: Mapping[str, Marks]) -> None:
        credited = [c for a in articles if a.id in marks for c in marks[a.id].credits if c.relation != "own"]
        self._hints = {a.id: marks[a.id].outlet for a in articles if a.id in marks}
        keys = {article.id: self._keys(article) for article in articles}
        # A source is one with the outlet of its name, also where the marks know it by an id that no list here has.
        pairs = {(same_outlet(c.known), key) for c in credited if c.known and ":" not in (key := _key_of(c.name))}
        self._publishers = Outlets([*keys.values(), *sorted(pairs)])
        self._outlets = {article_id: self._publishers.of(each) for article_id, each in keys.items()}
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for credit in credited:
            names[self.key(credit.name, credit.known)][credit.name] += 1
        self._names = {key: min(count, key=lambda n: (-count[n], n)) for key, count in names.items()}

    def key(self, name: str, known: str | None) -> str:
        """A source's key, the same as that of the articles which it publishes itself."""
        key = same_outlet(known) if known else _key_of(name)
        return self._publishers.of((key,)) or key

    def agency(self, credit: Credit) -> _Agency:
        key = self.key(credit.name, credit.known)
        return _Agency(key, self._names.get(key, credit.name), credit.known)

    def outlet(self, article: Article) -> str | None:
        """The key of an article's outlet, whatever its label: an agency's own article has the agency's key."""
        return self._outlets.get(article.id)

    def _keys(self, article: Article) -> tuple[str, ...]:
        hint = self._hints.get(article.id)
        name = article.outlet or (hint.name if hint else None)
        return outlet_keys(name, article.url)

    def said_in_sentence(self, article: Article, marks: Marks | None, span: Span) -> _Agency | None:
        """The source that the claim's own sentence, or a credit's scope, names for it; the own outlet is none."""
        if marks is None:
            return None
        near = [
            c
            for c in marks.credits
            if c.relation not in ("photo", "own")
            and (_mostly(span, c.scope) if c.scope else c.relation == "cites" and c.touches(_sentence(marks, span)))
            and self.agency(c).key != self.outlet(article)
        ]
        if not near:
            return None
        around = [q for q in marks.quotations if q.span.overlaps(span)]
        chain = [link.span for q in around for link in q.chain]
        tellers = [q.speaker for q in around if q.speaker and any(_mostly(span, part) for part in q.content)]
        if not chain:
            # "KCNA gave no details, but Japanese media reported that …": who is said to tell it, not who stands near.
            told = [c for c in near if any(c.touches(teller) for teller in tellers)]
            near = told or near
        # A chain runs from the speaker outwards, so the first known link is where the words entered the press. Of those
        # whom no list knows it is the last one: "local media, citing officials" has it from local media.
        known = [c for c in near if c.known]
        places = [(_place(c, chain) * (1 if known else -1), number) for number, c in enumerate(known or near)]
        return self.agency((known or near)[min(places)[1]])

    def sources(self, article: Article, marks: Marks | None, span: Span) -> list[_Agency]:
        """Whom the article credits for the words of a span, the nearest credit first."""
        sentence = self.said_in_sentence(article, marks, span)
        heading = self.heading(article, marks, span)
        return [a for a in (sentence, heading) if a] + self.foot(article, marks, span)

    def heading(self, article: Article, marks: Marks | None, span: Span) -> _Agency | None:
        """The agency whose copy the article is, by dateline, byline or author field; none for the outlet's own work."""
        whole = [c for c in _whole(marks) if not _at_foot(c, article, marks)]
        if not whole or marks is None or self._own_work(article, marks, span):
            return None
        # What the text says comes before the author field, which a site's software may have filled.
        return self.agency(next((c for c in whole if c.span), whole[0]))

    def foot(self, article: Article, marks: Marks | None, span: Span) -> list[_Agency]:
        """The agencies that the article credits at its foot."""
        if marks is None or self._own_work(article, marks, span):
            return []
        return [self.agency(c) for c in _whole(marks) if _at_foot(c, article, marks)]

    def _own_work(self, article: Article, marks: Marks, span: Span) -> bool:
        sentence = _sentence(marks, span)
        hint = self._hints.get(article.id)
        if hint and any(sentence.overlaps(e) for e in hint.evidence):
            return True
        return any(c.relation == "own" and c.scope and c.scope.overlaps(sentence) for c in marks.credits)


def _credit_edges(articles: Sequence[Article], marks: Mapping[str, Marks], naming: _Naming) -> list[Derivation]:
    spans: dict[tuple[str, _Agency, bool], list[Span]] = defaultdict(list)
    for article in articles:
        for credit in marks[article.id].credits if article.id in marks else ():
            agency = naming.agency(credit)
            if credit.relation not in ("photo", "own") and agency.key != naming.outlet(article):
                spans[article.id, agency, credit.relation == "cites"].extend([credit.span] if credit.span else [])
    edges = []
    for (target, agency, cites), found in spans.items():
        kind: DerivationKind = "cites" if cites else "credit"
        field: CreditField = "text" if found else "authors"
        edges.append(Derivation(agency.name, target, kind, tuple(sorted(set(found))), agency.known, field=field))
    return edges


def _copied(
    passage: Passage, left: Article, right: Article, marks: Mapping[str, Marks], naming: _Naming
) -> Iterable[Derivation]:
    sides = ((left, right, passage.left, passage.right), (right, left, passage.right, passage.left))
    outlets = {naming.outlet(left), naming.outlet(right)}
    credited = [naming.sources(side, marks.get(side.id), here) for side, _, here, _ in sides]
    agencies = [a for found in credited for a in found if a.key not in outlets]
    if agencies:
        # What both sides credit comes before what one does, and a source that is known before "local media".
        best = min(agencies, key=lambda a: (-sum(a in found for found in credited), a.known is None, a))
        if best.known or sum(best in found for found in credited) == 2:
            for side, _, here, there in sides:
                yield Derivation(best.name, side.id, "copied", (here, there), best.known)
            return
    for (side, other, here, there), found in zip(sides, credited, strict=True):
        if any(source.key == naming.outlet(other) for source in found):
            yield Derivation(other.id, side.id, "copied", (here, there))
            return
    first = _earlier(left, right, marks)
    if first == right.id:
        yield Derivation(right.id, left.id, "copied", (passage.left, passage.right))
    else:
        yield Derivation(left.id, right.id, "copied", (passage.right, passage.left), undirected=first is None)


def _merged(edges: Iterable[Derivation]) -> list[Derivation]:
    """Edges from an agency to one article whose passages overlap, as one: the longest passage with all its twins.

    A line that five outlets print is found in each of them four times.
    """
    by_ends: dict[tuple[str, str], list[Derivation]] = defaultdict(list)
    for edge in edges:
        by_ends[edge.source, edge.target].append(edge)
    merged = []
    for group in by_ends.values():
        # Longest first, so that every shorter twin finds the passage that it belongs to.
        pools: list[list[Derivation]] = []
        for edge in sorted(group, key=lambda e: (e.evidence[0].start - e.evidence[0].end, e.evidence)):
            pool = next((p for p in pools if p[0].evidence[0].overlaps(edge.evidence[0])), None)
            if pool is None:
                pools.append([edge])
            else:
                pool.append(edge)
        for pool in pools:
            twins = sorted({span for edge in pool for span in edge.evidence[1:]})
            merged.append(replace(pool[0], evidence=(pool[0].evidence[0], *twins)))
    return merged


def _earlier(left: Article, right: Article, marks: Mapping[str, Marks]) -> str | None:
    """The id of the article published first; None where the times do not tell."""
    times = [a.published or (marks[a.id].published if a.id in marks else None) for a in (left, right)]
    if times[0] is None or times[1] is None:
        return None
    # Two days tell; two times of one day only if both have one, and in the same zone.
    width = 10 if len(times[0]) != len(times[1]) or times[0][19:] != times[1][19:] else None
    a, b = times[0][:width], times[1][:width]
    return None if a == b else left.id if a < b else right.id


def _copied_agency(
    article_id: str, span: Span, copied: Sequence[Derivation], articles: Mapping[str, Article], naming: _Naming
) -> _Agency | None:
    """The agency from which the words of a claim were copied."""
    for edge in copied:
        if edge.source not in articles and edge.target == article_id and _shared(span, edge.evidence[0]):
            return _Agency(naming.key(edge.source, edge.source_known), edge.source, edge.source_known)
    return None


def _whole(marks: Marks | None) -> list[Credit]:
    return [c for c in marks.credits if c.scope is None and c.relation in ("wire", "reprint")] if marks else []


def _at_foot(credit: Credit, article: Article, marks: Marks | None) -> bool:
    """Whether a credit stands in the last tenth of the text; of a short one, in a last paragraph of its own."""
    if credit.span is None:
        return False
    start, length = credit.span.start, len(article.text.rstrip())
    if start >= FOOT * length:
        return True
    if marks is None or not marks.sentences or start < HALF * length:
        return False
    last = marks.sentences[-1].paragraph
    here = max((s.paragraph for s in marks.sentences if s.span.start <= start), default=0)
    return here > 0 and here >= last - LINES_AFTER


def _sentence(marks: Marks, span: Span) -> Span:
    """The sentence, or sentences, over a span; the span itself where the marks have none."""
    found = [s.span for s in marks.sentences if s.span.overlaps(span)]
    return Span(span.article_id, found[0].start, found[-1].end) if found else span


def _mostly(span: Span, area: Span) -> bool:
    """Whether at least half of ``span`` lies in ``area``."""
    if span.article_id != area.article_id:
        return False
    return 2 * (min(span.end, area.end) - max(span.start, area.start)) >= span.end - span.start


def _shared(span: Span, passage: Span) -> bool:
    """Whether a claim and a copied passage are one text for the most part of the shorter: an outlet may go on in its
    own words where the copy ends."""
    return _mostly(span, passage) or _mostly(passage, span)


def _place(credit: Credit, chain: Sequence[Span]) -> int:
    return next((n for n, link in enumerate(chain) if credit.touches(link)), len(chain))


def _key_of(name: str) -> str:
    return next(iter(outlet_keys(name)), name)


def _order(edge: Derivation) -> tuple[object, ...]:
    return (edge.target, edge.kind, edge.evidence, edge.source)
