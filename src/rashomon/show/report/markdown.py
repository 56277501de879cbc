"""The report as Markdown: the same account in plain order, with the words as footnotes."""

import re
from collections.abc import Iterable

from rashomon.model.dossier import Dossier
from rashomon.model.spans import Span
from rashomon.show.report.build import page
from rashomon.show.report.view import AlsoView, ClaimView, Line, PageView, StoryView
from rashomon.show.report.words import counted, in_words, listed, one_line, one_of, shorten

# What Markdown would read as its own. Underscores and hyphens inside words are left alone, so that names stay readable.
_SPECIAL = re.compile(r"[\\`*\[\]<>|#]|(?<!\w)_|_(?!\w)")
_OPENING = re.compile(r"^(\d+)([.)])|^([-+=~])")
_LONGEST_NOTE = 400
_RELATIONS = {
    "contradiction": "contradiction",
    "revision": "revised later",
    "possible": "if both speak of one thing",
}


def render_markdown(dossier: Dossier) -> str:
    """The whole report as Markdown, readable as it stands in a terminal; every line's words are in a footnote."""
    shown = page(dossier)
    texts = {told.article.id: told.article.text for told in dossier.articles}
    writer = _Writer(texts)
    if len(shown.stories) != 1:
        writer.index(shown)
    for story in shown.stories:
        writer.story(story)
    writer.failures(shown)
    return "\n".join(writer.lines).rstrip() + "\n"


def escaped(text: str) -> str:
    r"""``text`` on one line, printed by Markdown as it is.

    >>> escaped("a *b* <i>")
    'a \\*b\\* \\<i\\>'
    """
    safe = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", safe)


def _also(other: AlsoView) -> str:
    return escaped(other.title) + (f" ({escaped(other.names)})" if other.names else "")


class _Writer:
    """Collects lines; the footnotes of a story follow it."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.lines: list[str] = []
        self._texts = texts
        self._notes: list[str] = []
        self._number = 0
        self._outlets: dict[str, str] = {}

    def add(self, *lines: str) -> None:
        self.lines.extend(lines)

    def heading(self, text: str, level: int = 2) -> None:
        self.add("", "#" * level + " " + text, "")

    def note(self, evidence: Iterable[Span]) -> str:
        """The footnote's number; the note holds each article's words."""
        self._number += 1
        words: dict[str, list[str]] = {}
        for span in evidence:
            words.setdefault(span.article_id, []).append(shorten(span.cut(self._texts[span.article_id]), _LONGEST_NOTE))
        parts = [
            f"{self._outlets[id_]}: " + " … ".join(f"“{escaped(w)}”" for w in said[:3]) for id_, said in words.items()
        ]
        self._notes.append(f"[^{self._number}]: " + "; ".join(parts))
        return f"[^{self._number}]"

    def cited(self, line: Line) -> str:
        outlets = list(dict.fromkeys(cite.short for cite in line.cites))
        return f"({escaped(listed(outlets))}) {self.note(line.evidence)}"

    def index(self, shown: PageView) -> None:
        count = len(shown.stories)
        self.heading(f"{in_words(count).capitalize()} {'story' if count == 1 else 'stories'}", 1)
        for number, story in enumerate(shown.stories, 1):
            reach = f"{counted(len(story.articles), 'article')}, {counted(len(story.outlets), 'outlet')}"
            self.add(f"{number}. {escaped(story.title)} — {reach}" + (f", {story.when}" if story.when else ""))

    def story(self, story: StoryView) -> None:
        self._outlets = {article.id: escaped(article.outlet) for article in story.articles}
        self.heading(escaped(story.title), 1)
        place = " · ".join(filter(None, (story.when, escaped(story.where))))
        if place:
            self.add(f"*{place}*", "")
        if story.also:
            self.add(f"Also running: {'; '.join(map(_also, story.also))}.", "")
        self.add(" ".join(map(escaped, story.reading)), "")
        self.add(*(f"{escaped(line.text)} {self.cited(line)}" for line in story.summary))
        if story.highlights:
            self.heading("What no single article tells")
            for found in story.highlights:
                self.add(f"- {found.head}: {escaped(found.text)} {self.note(found.line.evidence)}")
        self._claims(story)
        self._conflicts(story)
        self._timeline(story)
        self._quotations(story)
        self._only(story)
        self._sources(story)
        self.heading("The articles")
        for article in story.articles:
            named = f" — {escaped(article.title)}" if article.title else ""
            self.add(f"- {escaped(article.outlet)}{named} ({article.published}, {article.words} words)")
            self.add(*(f"  - {note.text}" for note in article.notes))
        self.add("", *self._notes)
        self._notes = []

    def _claim(self, claim: ClaimView) -> None:
        extra = f" — in the words of {escaped(claim.said_by)}" if claim.said_by else ""
        extra += f" [{claim.tag}]" if claim.tag else ""
        origins = []
        for origin in claim.origins:
            names = listed([cite.short for cite in origin.cites], 6)
            origins.append(f"{origin.root} in {names}" if origin.root and names else origin.root or names)
        behind = escaped(" + ".join(filter(None, origins)))
        self.add(f"- {escaped(claim.line.text)}{extra} {self.note(claim.line.evidence)}", f"  {claim.reach}: {behind}")

    def _claims(self, story: StoryView) -> None:
        if len(story.outlets) > 1:
            self.heading("What independent origins agree on")
            if not story.agreed:
                self.add("No line was found that two independent origins share and no other disputes.")
        for claim in story.agreed:
            self._claim(claim)
        if story.repeated:
            self.heading("Several articles, one origin", 3)
            for claim in story.repeated:
                self._claim(claim)
        if story.partly:
            self.heading("Reported by one outlet, in part by others", 3)
            for claim in story.partly:
                self._claim(claim)

    def _conflicts(self, story: StoryView) -> None:
        if len(story.outlets) > 1:
            self.heading("Where accounts conflict")
            if not story.conflicts:
                self.add(f"No conflicting readings were found among the {in_words(len(story.outlets))} outlets read.")
        for conflict in story.conflicts:
            relation = _RELATIONS[conflict.relation]
            self.add(f"- {escaped(conflict.line.text)} ({relation}) {self.note(conflict.line.evidence)}")
            for reading in conflict.readings:
                outlets = list(dict.fromkeys(cite.short for cite in reading.cites))
                self.add(f"  - {escaped(reading.value)}: {escaped(listed(outlets))}")
        if story.contested:
            self.heading("Lines on which readings differ", 3)
            for claim in story.contested:
                self._claim(claim)

    def _timeline(self, story: StoryView) -> None:
        if story.timeline:
            self.heading("What came before, what is planned")
        for status, heading in (("past", "Past"), ("ongoing", "Under way"), ("planned", "Planned")):
            entries = [entry for entry in story.timeline if entry.status == status]
            if entries:
                self.heading(f"Reported as {heading.lower()}", 3)
            for entry in entries:
                self.add(f"- {escaped(entry.when)}: {escaped(entry.line.text)} {self.cited(entry.line)}")

    def _quotations(self, story: StoryView) -> None:
        if story.speakers:
            self.heading("Who said what")
        for speaker in story.speakers:
            self.heading(escaped(speaker.name or "Speaker not named"), 3)
            for quote in speaker.quotes:
                marks = ("“", "”") if quote.kind == "in quotation marks" else ("", "")
                chain = f", through {escaped(quote.chain)}" if quote.chain else ""
                text = escaped(quote.line.text)
                self.add(f"- {marks[0]}{text}{marks[1]} — {quote.kind}{chain} {self.cited(quote.line)}")
                for variant in quote.variants if len(quote.variants) > 1 else ():
                    told = "".join(
                        f" [{p.left_out} words left out] " if p.kind == "gap" else p.text
                        for p in variant.compared.pieces
                    )
                    said = "" if variant.compared.relation == "in full" else f": {escaped(' '.join(told.split()))}"
                    self.add(f"  - {escaped(variant.cite.outlet)}, {variant.compared.relation}{said}")

    def _only(self, story: StoryView) -> None:
        if not (story.only or story.other):
            return
        self.heading("What only one outlet says")
        for only in story.only:
            self.heading(f"{escaped(only.outlet)}, {one_of(len(story.outlets))}", 3)
            for claim in only.claims:
                tag = f" [{claim.tag}]" if claim.tag else ""
                self.add(f"- {escaped(claim.line.text)}{tag} {self.note(claim.line.evidence)}")
        for claim in story.other:
            self.add(f"- {escaped(claim.line.text)} {self.cited(claim.line)}")

    def _sources(self, story: StoryView) -> None:
        if story.missing:
            self.heading("What others share and one lacks")
        for lacking in story.missing:
            share = f"{in_words(len(lacking.lines))} of {counted(lacking.total, 'line')}"
            self.add(f"- Not found in {escaped(lacking.outlet)}, {share} that others share:")
            self.add(*(f"  - {escaped(text)}" for _, _, text in lacking.lines))
        if story.wording or story.contrasts:
            self.heading("How each words it")
        for contrast in story.contrasts:
            users = listed(list(dict.fromkeys(cite.short for cite in contrast.side.cites)))
            instead = listed([f"“{escaped(other.value)}”" for other in contrast.instead])
            where = f", where others have {instead}" if instead else ""
            said = f"“{escaped(contrast.side.value)}” ({escaped(users)}){where}"
            self.add(f"- {said} {self.note(contrast.line.evidence)}")
        for wording in story.wording:
            self.add(f"- {escaped(wording.line.text)} {self.note(wording.line.evidence)}")
            for choice in wording.choices:
                outlets = list(dict.fromkeys(cite.short for cite in choice.cites))
                self.add(f"  - “{escaped(choice.text)}”, {choice.count}×: {escaped(listed(outlets, 8))}")
        if story.lineage:
            self.heading("Where each got it")
        for link in story.lineage:
            # A line that the author field shows names it in its text.
            note = f" {self.note(link.line.evidence)}" if link.line.evidence else ""
            self.add(f"- {escaped(link.line.text)}{note}")
        if story.entities:
            self.heading("People, places, organisations")
        for kind in story.entities:
            self.heading(kind.heading, 3)
            for entity in kind.entities:
                others = [f"“{text}”" for text, _, _ in entity.names if text != entity.line.text]
                also = f", also {listed(others, 8)}" if others else ""
                place = f" ({entity.place})" if entity.place else ""
                self.add(f"- {escaped(entity.line.text + place + also)} {self.cited(entity.line)}")

    def failures(self, shown: PageView) -> None:
        if shown.failures:
            self.heading("What could not be read")
            self.add(*(f"- {escaped(f.ref)}: {f.stage}: {escaped(f.error)}" for f in shown.failures))
        self.heading("How to read this")
        self.add(
            "This page measures reporting: who reported something, and how many independent origins stand behind it."
        )
        if shown.skipped:
            self.add(f"{in_words(shown.skipped).capitalize()} lines without words to prove them were left out.")
