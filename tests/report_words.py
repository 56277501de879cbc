"""Short ways to write records down by hand, with evidence that is found in the bundled story's own words."""

import json
from importlib.resources import files

from rashomon.model.article import Article, article_of
from rashomon.model.dossier import SummarySentence, ToldArticle
from rashomon.model.marks import Credit, CreditRelation, MentionKind, Place, QuotationKind, Status
from rashomon.model.spans import Span
from rashomon.model.story import (
    ClaimGroup,
    Entity,
    NameUse,
    Origin,
    QuotationGroup,
    Standing,
    TimelineEntry,
    TimelineStatus,
    Variant,
    WordingChoice,
)

_LINES = files("rashomon.show.demo").joinpath("story.jsonl").read_text("utf-8").splitlines()

_INFERRED = {"bosporus-ledger": ("2025-09-17", "text"), "tbilisi-sentinel": ("2025-09-19", "siblings")}

# One letter names an article: K Calder, H Harbour, W Westmark, B Bosporus, L Lantern, G Gwangan, S Sentinel, C Costa.

_LETTERS = dict(zip("KHWBLGSC", range(8), strict=True))

Said = dict[str, str]


def _read() -> list[Article]:
    found = []
    for line in _LINES:
        raw = json.loads(line)
        published, known = _INFERRED.get(raw["id"], (raw.get("published"), "metadata"))
        found.append(
            article_of(
                raw["id"],
                text=raw["text"],
                title=raw["title"],
                outlet=raw["outlet"],
                url=raw["url"],
                authors=tuple(raw["authors"]),
                published=published,
                published_from=known,
            )
        )
    return found


ARTICLES = _read()


def at(letter: str, words: str, nth: int = 0) -> Span:
    """The span of ``words`` in the article that ``letter`` names."""
    article = ARTICLES[_LETTERS[letter]]
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Span(article.id, start, start + len(words))


def ids(letters: str) -> tuple[str, ...]:
    return tuple(ARTICLES[_LETTERS[letter]].id for letter in letters)


def spans(said: Said) -> tuple[Span, ...]:
    return tuple(at(letter, words) for letter, words in said.items())


def every(words: str, letters: str) -> tuple[Span, ...]:
    """Every place where ``words`` stand in the named articles."""
    found: list[Span] = []
    for letter in letters:
        text = ARTICLES[_LETTERS[letter]].text
        found += [at(letter, words, nth) for nth in range(text.count(words))]
    return tuple(found)


def claim(
    number: int,
    said: Said,
    origins: dict[str, str],
    standing: Standing = "corroborated",
    status: Status = "happened",
    when: str | None = None,
    speaker: str | None = None,
) -> ClaimGroup:
    first = spans(said)[0]
    text = next(iter(said.values()))
    return ClaimGroup(
        id=f"c_{number:016x}",
        text=text,
        standing=standing,
        origins=tuple(Origin(root, ids(letters)) for root, letters in origins.items()),
        articles=ids("".join(said)),
        status=status,
        evidence=(first, *spans(said)[1:]),
        when=when,
        speaker=speaker,
        weight=float(len(said)),
    )


def variant(letter: str, kind: QuotationKind, *words: str, speaker: str | None = None, chain: str = "") -> Variant:
    return Variant(
        text=" ".join(words),
        article=ids(letter)[0],
        kind=kind,
        evidence=tuple(at(letter, piece) for piece in words),
        speaker=at(letter, speaker) if speaker else None,
        chain=(chain,) if chain else (),
    )


def quotation(number: int, speaker: str, name: str, kind: QuotationKind, *variants: Variant) -> QuotationGroup:
    return QuotationGroup(
        f"q_{number:016x}",
        speaker,
        name,
        kind,
        variants[0].text,
        variants[0].chain,
        variants,
        tuple(v.article for v in variants),
    )


def entry(date: str, precision: str, status: TimelineStatus, said: Said, claims: tuple[str, ...] = ()) -> TimelineEntry:
    return TimelineEntry(date, precision, status, next(iter(said.values())), claims, spans(said))


def entity(id_: str, name: str, kind: MentionKind, names: dict[str, str], place: Place | None = None) -> Entity:
    uses: list[NameUse] = []
    found: list[Span] = []
    for text, letters in names.items():
        places = every(text, letters)
        found += places
        uses.append(NameUse(text, tuple(sorted({s.article_id for s in places})), len(places)))
    return Entity(id_, name, kind, tuple(uses), tuple(found), place=place)


def choice(text: str, letters: str) -> WordingChoice:
    found = every(text, letters)
    return WordingChoice(text, tuple(sorted({s.article_id for s in found})), len(found), found)


def credit(letter: str, words: str, name: str, relation: CreditRelation) -> Credit:
    return Credit(at(letter, words), name, relation)


def told(article: Article, credits: tuple[Credit, ...] = ()) -> ToldArticle:
    evidence: tuple[Span, ...] = ()
    if article.ref == "bosporus-ledger":
        evidence = (at("B", "September 17, 2025"),)
    if article.ref == "tbilisi-sentinel":
        evidence = (at("S", "on Friday morning"),)
    return ToldArticle(
        article,
        article.outlet or article.ref,
        "metadata" if article.outlet else "file",
        (),
        article.published,
        article.published_from,
        evidence,
        credits,
    )


def sentence(text: str, said: Said, claim_id: str | None = None) -> SummarySentence:
    return SummarySentence(text, spans(said), claim_id)
