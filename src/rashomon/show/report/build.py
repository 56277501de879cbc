"""A dossier as the page prints it: sections in order, every line entered with its evidence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rashomon.model.dossier import Dossier, StoryAccount, ToldArticle
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup, Conflict, Entity, QuotationGroup, Wording
from rashomon.show.report.affair import KNOWN, also, what_was_read
from rashomon.show.report.apart import contrast, excerpt_of, missing
from rashomon.show.report.between import highlights
from rashomon.show.report.dates import days, spoken, stretch, within_day
from rashomon.show.report.diff import compare
from rashomon.show.report.marked import mark
from rashomon.show.report.register import Register
from rashomon.show.report.view import (
    ArticleView,
    ChoiceView,
    ClaimView,
    ConflictView,
    EntityKind,
    EntityView,
    Line,
    LinkView,
    Note,
    OnlyView,
    OriginView,
    PageView,
    QuotedWords,
    QuoteView,
    ReadingView,
    SpeakerView,
    StoryView,
    TimelineView,
    VariantView,
    WordingView,
)
from rashomon.show.report.words import counted, listed, plain, reach, short_outlet

_KINDS = {"PERSON": "People", "ORG": "Organisations", "PLACE": "Places", "GROUP": "Groups", "OTHER": "Others"}
_PRINTED = {"direct": "in quotation marks", "mixed": "partly in quotation marks", "indirect": "in reported speech"}
_CREDITS = {"wire": "credits", "reprint": "reprints", "cites": "cites", "photo": "credits a picture to"}
_FORMS = ("direct", "mixed", "indirect")
_STATUSES = ("past", "ongoing", "planned")
_READING_WORDS = 3


def page(dossier: Dossier) -> PageView:
    """Everything that the report of ``dossier`` shows."""
    by_id = {told.article.id: told for told in dossier.articles}
    taken: set[str] = set()
    many = len(dossier.stories) > 1
    prefixes = {account.id: f"s{number}-" if many else "" for number, account in enumerate(dossier.stories, 1)}
    anchors = {id_: prefix + "story" for id_, prefix in prefixes.items()}
    stories = tuple(
        replace(_Story(account, by_id, prefixes[account.id], taken).view(), also=also(account, anchors))
        for account in dossier.stories
    )
    return PageView(
        stories,
        dossier.failures,
        len(dossier.articles),
        len({told.outlet for told in dossier.articles}),
        sum(story.skipped for story in stories),
    )


class _Story:
    """Builds one story's view; the order of calls in ``view`` is the order of the labels."""

    def __init__(self, account: StoryAccount, by_id: dict[str, ToldArticle], prefix: str, taken: set[str]) -> None:
        self.account = account
        self.shared = account.alignment
        known = [by_id[id_] for id_ in dict.fromkeys(self.shared.articles) if id_ in by_id]
        self.articles = sorted(known, key=lambda told: (told.published or "9", told.outlet, told.article.id))
        self.book = Register(self.articles, prefix, taken)
        self.outlets = tuple(dict.fromkeys(told.outlet for told in self.articles))
        self.column = {outlet: number for number, outlet in enumerate(self.outlets)}
        self.entities = {entity.id: entity for entity in self.shared.entities}
        self.id = prefix + "story"

    def view(self) -> StoryView:
        account, shared = self.account, self.shared
        summary = self._summary()
        only_ids = {only.claim for only in shared.only_one}
        claims = [c for c in shared.claims if c.id not in only_ids]
        agreed = self._claims("A", (c for c in claims if c.standing == "corroborated"))
        shared_by_one = [c for c in claims if c.standing == "single-origin" and len(c.articles) > 1]
        repeated = self._claims("R", (c for c in shared_by_one if len(_stating(c)) > 1))
        partly = self._claims("P", (c for c in shared_by_one if len(_stating(c)) == 1))
        conflicts = tuple(filter(None, map(self._conflict, shared.conflicts)))
        contested = self._claims("D", (c for c in claims if c.standing == "contested"))
        only = self._only()
        other = self._claims("X", (c for c in claims if c.standing == "single-origin" and len(c.articles) <= 1))
        timeline = self._timeline()
        speakers = self._speakers()
        contrasts = tuple(filter(None, (contrast(self.book, found) for found in shared.contrasts)))
        wording = tuple(filter(None, map(self._wording, shared.wording)))
        lacking = missing(self.book, self.outlets, shared.claims, shared.carried)
        lineage = self._lineage()
        entities = self._entities()
        notes = {told.article.id: self._notes(told) for told in self.articles}
        found = highlights(conflicts, agreed + repeated, speakers, lineage, only, self.outlets)
        return StoryView(
            id=self.id,
            title=account.title.strip() or "Untitled story",
            when=stretch(account.start, account.end),
            where=listed(self._where(), limit=5),
            outlets=self.outlets,
            published=tuple(told.published[:10] for told in self.articles if told.published),
            reading=what_was_read(account, self.articles, self.outlets),
            highlights=found,
            summary=summary,
            agreed=agreed,
            repeated=repeated,
            partly=partly,
            contested=contested,
            conflicts=conflicts,
            timeline=timeline,
            speakers=speakers,
            only=only,
            other=other,
            wording=wording,
            lineage=lineage,
            entities=entities,
            articles=tuple(self._article(told, notes[told.article.id]) for told in self.articles),
            labels=self.book.labels,
            skipped=self.book.skipped,
            contrasts=contrasts,
            missing=lacking,
        )

    def _where(self) -> list[str]:
        """Places with their country; a country itself only where no place in it is named."""
        states = {e.place for e in self.shared.entities if e.place and (e.known or "").startswith("state:")}
        towns = [place for place in self.account.where if place not in states]
        named = {place.country for place in towns}
        lone = [place.name for place in self.account.where if place in states and place.country not in named]
        return list(dict.fromkeys([*(f"{p.name} ({p.country})" if p.country else p.name for p in towns), *lone]))

    def _summary(self) -> tuple[Line, ...]:
        return tuple(filter(None, (self.book.line("S", s.text, s.evidence) for s in self.account.summary)))

    def _claims(self, letter: str, groups: Iterable[ClaimGroup]) -> tuple[ClaimView, ...]:
        ordered = sorted(groups, key=lambda c: (-len(c.origins), -len(c.articles), -c.weight, c.id))
        return tuple(filter(None, (self._claim(letter, group) for group in ordered)))

    def _claim(self, letter: str, group: ClaimGroup) -> ClaimView | None:
        line = self.book.line(letter, plain(group.text), group.evidence, group.id)
        if not line:
            return None
        by_key = {cite.key: cite for cite in line.cites}
        origins: list[OriginView] = []
        cells: list[int | None] = [None] * len(self.outlets)
        for number, origin in enumerate(group.origins):
            keys = [self.book.keys[id_] for id_ in origin.articles if id_ in self.book.keys]
            cites = tuple(by_key[key] for key in keys if key in by_key)
            for outlet in self.book.outlets(origin.articles):
                cells[self.column[outlet]] = number
            named = origin.root.strip()
            itself = len(cites) == 1 and named in (cites[0].outlet, cites[0].short, *origin.articles)
            origins.append(OriginView(None if itself or named in origin.articles else named or None, cites))
        speaker = self.entities.get(group.speaker or "")
        named_in = len(self.book.outlets(group.articles or {span.article_id for span in line.evidence}))
        stated_by = len(self.book.outlets(_stating(group))) or named_in
        return ClaimView(
            line,
            reach(stated_by, len(self.outlets), max(1, len(group.origins)), in_part=named_in - stated_by),
            tuple(origins),
            None if group.status == "happened" else group.status,
            speaker.name if speaker else group.speaker,
            spoken(group.when) if days(group.when) else None,
            tuple(cells),
        )

    def _conflict(self, conflict: Conflict) -> ConflictView | None:
        readings = []
        for reading in conflict.readings:
            spans = self.book.proven(reading.evidence)
            if spans:
                value = spoken(reading.value) if conflict.kind == "time" else reading.value
                words = tuple(QuotedWords(self.book.cite(s), excerpt_of(self.book, s)) for s in _one_each(spans))
                readings.append(
                    ReadingView(value, self.book.data(spans), self.book.cites(spans), words[:_READING_WORDS])
                )
        if len(readings) < 2:
            self.book.skipped += 1
            return None
        evidence = [span for reading in conflict.readings for span in reading.evidence]
        line = self.book.line("C", conflict.question, evidence, conflict.id)
        return ConflictView(line, conflict.kind, conflict.relation, tuple(readings)) if line else None

    def _timeline(self) -> tuple[TimelineView, ...]:
        views = []
        ordered = sorted(
            self.shared.timeline,
            key=lambda e: (
                _STATUSES.index(e.status),
                days(e.date) is None,
                days(e.date) or (),
                within_day(e.date),
                e.date,
            ),
        )
        for entry in ordered:
            line = self.book.line("T", plain(entry.text), entry.evidence)
            if line:
                see = tuple((self.book.labels[id_], id_) for id_ in entry.claims if id_ in self.book.labels)
                views.append(TimelineView(line, spoken(entry.date), entry.date, entry.status, see))
        return tuple(views)

    def _speakers(self) -> tuple[SpeakerView, ...]:
        # Who is quoted in most articles comes first; whom nobody names, last.
        grouped: dict[str, list[QuotationGroup]] = {}
        for group in self.shared.quotations:
            named = group.speaker_name or ""
            # "Experts" at the head of a sentence and "experts" inside another.
            known = group.speaker if group.speaker in self.entities else named[:1].upper() + named[1:]
            grouped.setdefault(known or "", []).append(group)
        for groups in grouped.values():
            groups.sort(key=lambda g: (-len(g.variants), _FORMS.index(g.kind)))
        speakers = []
        for key in sorted(grouped, key=lambda k: (not k, -len(grouped[k][0].variants), -len(grouped[k]), k)):
            entity = self.entities.get(key)
            quotes = tuple(filter(None, map(self._quote, grouped[key])))
            if quotes:
                speakers.append(SpeakerView(entity.name if entity else key or None, quotes))
        return tuple(speakers)

    def _quote(self, group: QuotationGroup) -> QuoteView | None:
        text = plain(group.text) if group.kind == "indirect" else group.text
        line = self.book.line("Q", text, (s for v in group.variants for s in v.evidence), group.id)
        if not line:
            return None
        variants = []
        for variant in group.variants:
            spans = self.book.proven(variant.evidence)
            if spans:
                compared = compare(group.text, variant.text, variant.kind)
                chain = " → ".join(variant.chain)
                variants.append(
                    VariantView(
                        self.book.cite(spans[0]), _PRINTED[variant.kind], self.book.data(spans), compared, chain
                    )
                )
        return QuoteView(line, _PRINTED[group.kind], " → ".join(group.chain), tuple(variants))

    def _only(self) -> tuple[OnlyView, ...]:
        claims = {claim.id: claim for claim in self.shared.claims}
        grouped: dict[str, list[ClaimView]] = {}
        articles = self.book.articles
        ordered = sorted(
            self.shared.only_one,
            key=lambda o: (
                self.column.get(articles[o.article].outlet, -1) if o.article in articles else -1,
                -claims[o.claim].weight if o.claim in claims else 0,
            ),
        )
        for only in ordered:
            view = self._claim("U", claims[only.claim]) if only.claim in claims else None
            if view:
                grouped.setdefault(view.line.cites[0].outlet, []).append(view)
            elif only.claim not in claims:
                self.book.skipped += 1
        return tuple(OnlyView(outlet, views[0].line.cites[0].key, tuple(views)) for outlet, views in grouped.items())

    def _wording(self, wording: Wording) -> WordingView | None:
        entity = self.entities.get(wording.entity)
        evidence = [span for choice in wording.choices for span in choice.evidence]
        name = entity.name if entity else next((choice.text for choice in wording.choices), "")
        line = self.book.line("W", name, evidence)
        if not line:
            return None
        choices = []
        for choice in wording.choices:
            spans = self.book.proven(choice.evidence)
            if spans:
                used = Counter(self.book.articles[span.article_id].outlet for span in spans)
                cells = tuple(used[outlet] for outlet in self.outlets)
                choices.append(
                    ChoiceView(choice.text, choice.count, self.book.data(spans), self.book.cites(spans), cells)
                )
        return WordingView(line, tuple(choices))

    def _lineage(self) -> tuple[LinkView, ...]:
        views: list[LinkView] = []
        drawn: set[tuple[str, str]] = set()
        names: dict[str, str] = {}

        def named(known: str | None, name: str) -> str:
            # One agency under one name, whatever each article calls it.
            return names.setdefault(known, name) if known else name

        for link in self.shared.derivations:
            target, source = self.book.articles.get(link.target), self.book.articles.get(link.source)
            evidence = self.book.proven(link.evidence)
            if not target:
                self.book.skipped += 1
                continue
            there = source.outlet if source else named(link.source_known, link.source)
            words = sum(len(self.book.text(s).split()) for s in evidence if s.article_id == link.target)
            if link.kind == "copied":
                text = f"{target.outlet} prints {counted(words, 'word')} "
                text += f"that also stand in {there}" if source else f"of a text credited to {there}"
                text += "; nothing shows who had them first" if link.undirected else ""
            else:
                text = f"{target.outlet} {'credits' if link.kind == 'credit' else 'cites'} {there}"
            if link.field == "authors":
                continue  # the credit itself, below, has the words of the author field
            line = self.book.line("L", text, evidence)
            if line:
                key = self.book.keys.get(link.source)
                kind = link.kind
                views.append(LinkView(line, there, key, self.book.keys[link.target], kind, link.undirected, words))
                drawn.add((there.casefold(), link.target))
        for told in self.articles:
            for credit in told.credits:
                there = named(credit.known, credit.name)
                if (there.casefold(), told.article.id) in drawn or credit.relation == "own":
                    continue
                drawn.add((there.casefold(), told.article.id))
                text = f"{told.outlet} {_CREDITS[credit.relation]} {there}"
                if credit.span:
                    line = self.book.line("L", text, (credit.span,))
                else:
                    entry = next((entry for entry in told.article.authors if credit.name in entry), credit.name)
                    line = self.book.line_of_field("L", f"{text} in its author field: “{entry}”", told.article.id)
                if line:
                    drawn_as = {"wire": "credit", "reprint": "credit"}.get(credit.relation, credit.relation)
                    views.append(LinkView(line, there, None, self.book.keys[told.article.id], drawn_as, False, 0))
        return tuple(views)

    def _entities(self) -> tuple[EntityKind, ...]:
        found: dict[str, list[EntityView]] = {kind: [] for kind in _KINDS}
        kinds = list(_KINDS)
        ordered = sorted(
            self.shared.entities,
            key=lambda e: (kinds.index(e.kind), -len({s.article_id for s in e.mentions}), -len(e.mentions)),
        )
        for entity in ordered:
            view = self._entity(entity)
            if view:
                found[entity.kind].append(view)
        return tuple(EntityKind(_KINDS[kind], tuple(views)) for kind, views in found.items() if views)

    def _entity(self, entity: Entity) -> EntityView | None:
        line = self.book.line("N", entity.name, entity.mentions, entity.id)
        if not line:
            return None
        names = tuple((use.text, len(self.book.outlets(use.articles)), use.count) for use in entity.names)
        place = entity.place.country if entity.place else None
        return EntityView(line, names, place, len(entity.mentions))

    def _notes(self, told: ToldArticle) -> tuple[Note, ...]:
        notes = []
        if told.published_from in ("text", "siblings", "page"):
            text = f"The date is {KNOWN[told.published_from]}"
            line = self.book.line("M", text, told.published_evidence) if told.published_evidence else None
            notes.append(Note(text, line))
        elif not told.published:
            notes.append(Note("The date is not known", None))
        if told.outlet_from == "text":
            line = self.book.line("M", "The outlet is named by the text", told.outlet_evidence)
            notes.append(Note("The outlet is named by the text", line))
        elif told.outlet_from == "file":
            notes.append(Note("No outlet is named: the file’s name stands in", None))
        return tuple(notes)

    def _article(self, told: ToldArticle, notes: tuple[Note, ...]) -> ArticleView:
        article = told.article
        url = article.url if article.url and article.url.startswith(("https://", "http://")) else None
        return ArticleView(
            key=self.book.keys[article.id],
            id=article.id,
            outlet=told.outlet,
            short=short_outlet(told.outlet),
            title=article.title,
            url=url,
            authors=listed(article.authors),
            published=spoken(told.published[:10]) if told.published else "date not known",
            notes=notes,
            words=len(article.text.split()),
            paragraphs=tuple(mark(article.text, self.book.spans(article.id))),
            ref=article.ref,
        )


def _one_each(spans: tuple[Span, ...]) -> list[Span]:
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.article_id, span)
    return list(first.values())


def _stating(group: ClaimGroup) -> set[str]:
    """The articles that state all of a line."""
    return {article for origin in group.origins for article in origin.articles}
