"""One article in, all its marks out."""

from dataclasses import replace

from spacy.language import Language

from rashomon.mark.claims import find_claims
from rashomon.mark.credits import find_credits, foot_lines
from rashomon.mark.datelines import lead_in
from rashomon.mark.gist import find_gist
from rashomon.mark.labels import find_labels
from rashomon.mark.language import load_pipeline, paragraphs, parse, provenance
from rashomon.mark.mentions import find_mentions, find_outlet
from rashomon.mark.quotes import find_quotations
from rashomon.mark.times import find_times, infer_published, resolve
from rashomon.mark.tree import Tree
from rashomon.model.article import Article, DateSource
from rashomon.model.marks import Marks, Sentence
from rashomon.model.spans import Span

# Bumped when the same article may get different marks; CHANGELOG.md lists what changed.
VERSION = "6"


def annotate(article: Article, nlp: Language | None = None) -> Marks:
    """Find sentences, mentions, times, quotations, credits, claims and the main event in one article.

    Pure: the same article and pipeline give the same marks, whatever was read before.

    Args:
        article: its text is read, not changed; every span is code points into it.
        nlp: a spaCy pipeline with parser and entities; None takes the default one.

    Returns:
        The marks, each kind in order of first character. Relative times are resolved against the publication day:
        the article's own, else one that its text shows, else they stay relative (see ``redate``).
    """
    nlp = nlp or load_pipeline()
    tree = Tree(parse(article.text, nlp, lead=lead_in(article.text)))
    mentions = find_mentions(article, tree)
    found = find_times(article, tree)
    published, source, evidence = _published(article, *infer_published(article, found))
    timexes = resolve(found, published, article.text)
    quotations = find_quotations(article, tree, mentions)
    hint = None if article.outlet else find_outlet(article, tree, mentions)
    credits = find_credits(article, tree, mentions, hint)
    # A line that says whose words these are says nothing of the event.
    lines = [Span(article.id, line.start, line.end) for line in foot_lines(article.text, paragraphs(article.text))]
    quotations = tuple(q for q in quotations if not any(line.covers(q.span) for line in lines))
    claims = find_claims(article, tree, mentions, timexes, quotations, credits)
    claims = tuple(c for c in claims if not any(line.start <= c.span.start < line.end for line in lines))
    return Marks(
        article_id=article.id,
        version=f"{VERSION} {provenance(nlp)}",
        published=published,
        published_from=source,
        published_evidence=evidence,
        outlet=hint,
        sentences=_sentences(article, tree),
        mentions=mentions,
        labels=find_labels(article.id, tree, mentions, timexes, quotations),
        timexes=timexes,
        quotations=quotations,
        credits=credits,
        claims=claims,
        gist=find_gist(article, tree, mentions, timexes, quotations, claims, published),
    )


def redate(marks: Marks, text: str, published: str, source: DateSource) -> Marks:
    """The same marks with relative times resolved against another publication day; no parse is needed.

    Args:
        marks: what ``annotate`` found.
        text: the article's text.
        published: the day, ``YYYY-MM-DD``.
        source: how it is known ("siblings" where other articles of the story tell it).
    """
    timexes = resolve(marks.timexes, published, text)
    values = {timex.span: timex.time for timex in timexes}
    claims = tuple(replace(c, when=values[c.when_span]) if c.when_span in values else c for c in marks.claims)
    gist = marks.gist
    if gist:
        # Where no words told the time, the day of publication stands in.
        gist = replace(gist, when=values.get(gist.when_span, gist.when) if gist.when_span else published)
    return replace(
        marks,
        published=published,
        published_from=source,
        published_evidence=(),
        timexes=timexes,
        claims=claims,
        gist=gist,
    )


def _published(
    article: Article, inferred: str | None, evidence: tuple[Span, ...]
) -> tuple[str | None, DateSource, tuple[Span, ...]]:
    if article.day:
        return article.day, article.published_from, ()
    if inferred:
        return inferred, "text", evidence
    return None, "unknown", ()


def _sentences(article: Article, tree: Tree) -> tuple[Sentence, ...]:
    """The sentences with the number of the paragraph each begins in."""
    ranges = paragraphs(article.text)
    found = []
    number = 0
    for begin, end in tree.sentences():
        start, stop = tree.start[begin], tree.end[end - 1]
        while number + 1 < len(ranges) and start >= ranges[number][1]:
            number += 1
        found.append(Sentence(Span(article.id, start, stop), number))
    return tuple(found)
