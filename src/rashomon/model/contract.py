"""The published output: what ``rashomon mark``, ``group`` and ``tell`` print, as DESIGN fixes it.

Fields may be added; what is here stays. The JSON Schemas beside this file describe the same and are tested against it.
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from rashomon.model.article import Article
from rashomon.model.dossier import SCHEMA, Dossier, StoryAccount, ToldArticle
from rashomon.model.marks import Claim, Credit, Gist, Marks, Place, Quotation
from rashomon.model.spans import Span
from rashomon.model.story import ClaimGroup, Conflict, Derivation, Entity, Outline, QuotationGroup, Reuse, WordingChoice
from rashomon.model.version import VERSION

Json = dict[str, Any]


def schema(name: str) -> Json:
    """The JSON Schema of an output: "article", "marks", "group", "outline" or "dossier"."""
    text = (files("rashomon.model") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


def marks_json(article: Article, marks: Marks) -> Json:
    """One line of ``rashomon mark``: offsets are code points into the text as given."""
    text = article.text

    def cut(span: Span) -> Json:
        return {"start": span.start, "end": span.end, "text": span.cut(text)}

    return {
        "ref": article.ref,
        "id": article.id,
        "version": marks.version,
        "published": marks.published,
        "published_from": marks.published_from,
        "outlet": article.outlet or (marks.outlet.name if marks.outlet else None),
        "sentences": [[s.span.start, s.span.end, s.paragraph] for s in marks.sentences],
        "mentions": [
            {
                **cut(m.span),
                "kind": m.kind,
                "name": m.name,
                "form": m.form,
                "role": _range(m.role),
                "known": m.known,
                "place": _place(m.place),
                "antecedent": _range(m.antecedent),
            }
            for m in marks.mentions
        ],
        "timexes": [
            {
                **cut(t.span),
                "type": t.type,
                "value": t.value,
                "mod": t.mod,
                "anchor": t.anchor,
                "anchor_span": _range(t.anchor_span),
                "point": t.point,
            }
            for t in marks.timexes
        ],
        "quotations": [_quotation(q) for q in marks.quotations],
        "credits": [
            {
                "start": c.span.start if c.span else None,
                "end": c.span.end if c.span else None,
                "field": c.field,
                "name": c.name,
                "relation": c.relation,
                "known": c.known,
                "scope": _range(c.scope),
            }
            for c in marks.credits
        ],
        "claims": [_claim(c, text) for c in marks.claims],
        "gist": _gist(marks.gist),
    }


def group_json(
    ref: str, article_id: str, story: str, duplicate_of: str | None, reuses: Iterable[tuple[str, Reuse]] = ()
) -> Json:
    """One line of ``rashomon group``; ``duplicate_of`` and what comes with ``reuses`` are refs of other articles."""
    return {
        "ref": ref,
        "id": article_id,
        "story": story,
        "duplicate_of": duplicate_of,
        "reuses": [_reuse(other, reuse, reuse.target == article_id) for other, reuse in reuses],
    }


def _reuse(other: str, reuse: Reuse, later: bool) -> Json:
    pairs = ((here, there) if later else (there, here) for there, here in reuse.passages)
    return {
        "of": other,
        "first": "there" if later else "here",
        "why": reuse.why,
        "words": reuse.words,
        "passages": [{"here": _range(here), "there": _range(there)} for here, there in pairs],
    }


def outline_json(outline: Outline) -> Json:
    """One line of the file that ``rashomon group --stories`` writes."""
    return {
        "id": outline.id,
        "title": outline.title,
        "when": {"start": outline.start, "end": outline.end},
        "where": [_place(place) for place in outline.where],
        "count": len(outline.articles),
        "articles": list(outline.articles),
        "outlets": list(outline.outlets),
        "related": list(outline.related),
        "merged_from": list(outline.merged_from),
    }


def dossier_json(dossier: Dossier) -> Json:
    """The dossier as ``rashomon tell`` writes it. Every piece of evidence carries the very words."""
    texts = {told.article.id: told.article.text for told in dossier.articles}

    def evidence(spans: tuple[Span, ...]) -> list[Json]:
        return [
            {"article": s.article_id, "start": s.start, "end": s.end, "text": s.cut(texts[s.article_id])} for s in spans
        ]

    return {
        "rashomon": VERSION,
        "schema": SCHEMA,
        "articles": [_told(told) for told in dossier.articles],
        "stories": [_story(story, dossier, evidence) for story in dossier.stories],
        "failures": [{"ref": f.ref, "stage": f.stage, "error": f.error} for f in dossier.failures],
    }


def dumps(plain: Json, *, indent: int | None = None) -> str:
    """JSON text that is valid UTF-8 whatever the articles held (lone surrogates are escaped)."""
    text = json.dumps(plain, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(plain, ensure_ascii=True, indent=indent)
    return text


def _range(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon}


def _gist(gist: Gist | None) -> Json | None:
    if gist is None:
        return None
    return {
        "who": _range(gist.who),
        "what": _range(gist.what),
        "when": {"value": gist.when, "span": _range(gist.when_span)} if gist.when else None,
        "where": _range(gist.where),
    }


def _quotation(q: Quotation) -> Json:
    return {
        "content": [[part.start, part.end] for part in q.content],
        "cue": _range(q.cue),
        "speaker": _range(q.speaker),
        "kind": q.kind,
        "chain": [{"start": link.span.start, "end": link.span.end, "name": link.name} for link in q.chain],
        "voiced": q.voiced,
    }


def _claim(c: Claim, text: str) -> Json:
    first = c.numbers[0] if c.numbers else None
    return {
        "start": c.span.start,
        "end": c.span.end,
        "text": c.span.cut(text),
        "predicate": c.predicate,
        "predicate_span": _range(c.predicate_span),
        "who": [_range(s) for s in c.who],
        "whom": [_range(s) for s in c.whom],
        "where": [_range(s) for s in c.where],
        "when": c.when,
        "when_span": _range(c.when_span),
        "number": {"value": first.value, "unit": first.unit, "mod": first.mod} if first else None,
        "numbers": [
            {"start": n.span.start, "end": n.span.end, "value": n.value, "unit": n.unit, "mod": n.mod}
            for n in c.numbers
        ],
        "polarity": c.polarity,
        "status": c.status,
        "attributed_to": _range(c.attributed_to),
        "quoted": c.quoted,
    }


def _words(credit: Credit, article: Article) -> str:
    """The words that show a credit: those at its span, or the entry of the author field that holds its name."""
    if credit.span:
        return credit.span.cut(article.text)
    return next((entry for entry in article.authors if credit.name in entry), credit.name)


def _told(told: ToldArticle) -> Json:
    article = told.article
    return {
        "id": article.id,
        "ref": article.ref,
        "outlet": told.outlet,
        "outlet_from": told.outlet_from,
        "title": article.title,
        "url": article.url,
        "authors": list(article.authors),
        "published": told.published,
        "published_from": told.published_from,
        "words": len(article.text.split()),
    }


def _story(story: StoryAccount, dossier: Dossier, evidence: Any) -> Json:
    alignment = story.alignment
    members = [told for told in dossier.articles if told.article.id in set(alignment.articles)]
    return {
        "id": story.id,
        "title": story.title,
        "articles": list(alignment.articles),
        "when": {"start": story.start, "end": story.end},
        "where": [_place(p) for p in story.where],
        "related": [
            {"id": other.id, "title": other.title, "names": list(other.names), "outlets": list(other.outlets)}
            for other in story.related
        ],
        "summary": [{"text": s.text, "claim": s.claim, "evidence": evidence(s.evidence)} for s in story.summary],
        "entities": [_entity(e, evidence) for e in alignment.entities],
        "timeline": [
            {
                "date": t.date,
                "precision": t.precision,
                "status": t.status,
                "text": t.text,
                "claims": list(t.claims),
                "evidence": evidence(t.evidence),
            }
            for t in alignment.timeline
        ],
        "claims": [_group(c, evidence) for c in alignment.claims],
        "conflicts": [_conflict(c, evidence) for c in alignment.conflicts],
        "quotations": [_utterance(q, evidence) for q in alignment.quotations],
        "lineage": {
            "derivations": [_derivation(d, evidence) for d in alignment.derivations],
            "credits": [
                {
                    "article": told.article.id,
                    "name": credit.name,
                    "relation": credit.relation,
                    "field": credit.field,
                    "words": _words(credit, told.article),
                    "evidence": evidence((credit.span,) if credit.span else ()),
                }
                for told in members
                for credit in told.credits
            ],
        },
        "coverage": {
            "only_one": [{"claim": o.claim, "article": o.article} for o in alignment.only_one],
            "carried": [
                {
                    "article": c.article,
                    "carries": list(c.carries),
                    "unclear": list(c.unclear),
                    "missing": list(c.missing),
                }
                for c in alignment.carried
            ],
            "matrix": {c.id: list(c.articles) for c in alignment.claims if len(c.articles) > 1},
            "elsewhere": [
                {"outlet": outlet, "story": other.id}
                for other in story.related
                for outlet in other.outlets
                if outlet not in {told.outlet for told in members}
            ],
        },
        "wording": [
            {
                "entity": w.entity,
                "choices": [_choice(c, evidence) for c in w.choices],
            }
            for w in alignment.wording
        ],
        "contrasts": [
            {
                **_choice(c.choice, evidence),
                "instead": [_choice(i, evidence) for i in c.instead],
                "beside": evidence(c.beside),
                "weight": c.weight,
            }
            for c in alignment.contrasts
        ],
    }


def _choice(c: WordingChoice, evidence: Any) -> Json:
    return {"text": c.text, "articles": list(c.articles), "count": c.count, "evidence": evidence(c.evidence)}


def _entity(e: Entity, evidence: Any) -> Json:
    return {
        "id": e.id,
        "name": e.name,
        "kind": e.kind,
        "known": e.known,
        "place": _place(e.place),
        "names": [{"text": n.text, "articles": list(n.articles), "count": n.count} for n in e.names],
        "mentions": evidence(e.mentions),
    }


def _group(c: ClaimGroup, evidence: Any) -> Json:
    return {
        "id": c.id,
        "text": c.text,
        "standing": c.standing,
        "origins": [{"root": o.root, "articles": list(o.articles)} for o in c.origins],
        "articles": list(c.articles),
        "status": c.status,
        "when": c.when,
        "where": c.where,
        "entities": list(c.entities),
        "speaker": c.speaker,
        "evidence": evidence(c.evidence),
    }


def _conflict(c: Conflict, evidence: Any) -> Json:
    return {
        "id": c.id,
        "kind": c.kind,
        "relation": c.relation,
        "question": c.question,
        "claims": list(c.claims),
        "readings": [
            {"value": r.value, "articles": list(r.articles), "evidence": evidence(r.evidence)} for r in c.readings
        ],
    }


def _utterance(q: QuotationGroup, evidence: Any) -> Json:
    return {
        "id": q.id,
        "speaker": q.speaker,
        "speaker_name": q.speaker_name,
        "kind": q.kind,
        "text": q.text,
        "chain": list(q.chain),
        "articles": list(q.articles),
        "variants": [
            {
                "text": v.text,
                "article": v.article,
                "kind": v.kind,
                "chain": list(v.chain),
                "evidence": evidence(v.evidence),
            }
            for v in q.variants
        ],
    }


def _derivation(d: Derivation, evidence: Any) -> Json:
    return {
        "from": d.source,
        "to": d.target,
        "kind": d.kind,
        "known": d.source_known,
        "undirected": d.undirected,
        "field": d.field,
        "evidence": evidence(d.evidence),
    }
