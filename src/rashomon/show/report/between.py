"""What no single article tells: the few things that show only when the accounts lie side by side."""

from rashomon.show.report.view import ClaimView, ConflictView, Highlight, LinkView, OnlyView, SpeakerView
from rashomon.show.report.words import counted, in_words, listed, shorten

MOST = 6
# Words; fewer in common are a phrase, not a passage.
FEWEST = 20


def highlights(
    conflicts: tuple[ConflictView, ...],
    claims: tuple[ClaimView, ...],
    speakers: tuple[SpeakerView, ...],
    lineage: tuple[LinkView, ...],
    only: tuple[OnlyView, ...],
    outlets: tuple[str, ...],
) -> tuple[Highlight, ...]:
    """At most ``MOST`` sentences, each resting on the words of two articles or more; the telling ones first.

    A story that one outlet alone reports has none.
    """
    if len(outlets) < 2:
        return ()
    found: list[Highlight | None] = []
    found += [_conflict(view) for view in conflicts if view.relation == "contradiction"][:2]
    found += [_origin(view) for view in _shared(claims)[:1]]
    found += _copied(lineage)
    found.append(_quoted(speakers))
    found += [_agreed(view) for view in claims[:1] if len(view.origins) > 1]
    found += [_conflict(view) for view in conflicts if view.relation == "revision"][:1]
    if only and any(found):
        found.append(_alone(only, outlets))
    return tuple(filter(None, found))[:MOST]


def _conflict(view: ConflictView) -> Highlight:
    answers = [
        f"{reading.value} ({listed([cite.short for cite in reading.cites], limit=3)})" for reading in view.readings
    ]
    joined = " or ".join(answers) if view.relation == "contradiction" else ", later ".join(answers)
    return Highlight(
        "They differ", f"{view.line.text}{'' if view.line.text.endswith('?') else ':'} {joined}.", view.line
    )


def _shared(claims: tuple[ClaimView, ...]) -> list[ClaimView]:
    with_copies = [view for view in claims if max((len(origin.cites) for origin in view.origins), default=0) > 1]
    return sorted(with_copies, key=lambda view: -max(len(origin.cites) for origin in view.origins))


def _origin(view: ClaimView) -> Highlight:
    origin = max(view.origins, key=lambda origin: len(origin.cites))
    names = listed([cite.short for cite in origin.cites])
    source = f"all from {origin.root}" if origin.root and len(origin.cites) > 2 else f"from {origin.root}"
    source = source if origin.root else "from one origin"
    count = in_words(len(origin.cites))
    return Highlight(
        "One origin, several outlets",
        f"{names} each carry “{shorten(view.line.text, 110)}”, word for word or in other words — {source}: "
        f"one origin, not {count}.",
        view.line,
    )


def _quoted(speakers: tuple[SpeakerView, ...]) -> Highlight | None:
    pairs = [(len(quote.variants), speaker, quote) for speaker in speakers for quote in speaker.quotes]
    most = max(pairs, key=lambda pair: pair[0], default=None)
    if not most or most[0] < 2:
        return None
    count, speaker, quote = most
    forms = {" ".join(piece.text for piece in variant.compared.pieces) for variant in quote.variants}
    if len(forms) < 2:
        return None
    name = speaker.name or "An unnamed speaker"
    return Highlight(
        "One utterance, several forms",
        f"{name}’s words stand in {counted(count, 'article')} in {counted(len(forms), 'form')}; "
        f"the fullest begins “{shorten(quote.line.text, 70)}”.",
        quote.line,
    )


def _agreed(view: ClaimView) -> Highlight:
    outlets = listed([cite.short for origin in view.origins for cite in origin.cites])
    return Highlight(
        "They agree",
        f"{in_words(len(view.origins)).capitalize()} independent origins ({outlets}) "
        f"report that “{shorten(view.line.text, 120)}”.",
        view.line,
    )


def _copied(lineage: tuple[LinkView, ...]) -> list[Highlight]:
    credited = {link.target_key for link in lineage if link.kind in ("credit", "cites")}
    copies = [view for view in lineage if view.kind == "copied" and view.words >= FEWEST]
    silent = [view for view in copies if view.target_key not in credited]
    if silent:
        text = f"{silent[0].line.text}. No credit for them was found."
        return [Highlight("Shared words, no credit", text, silent[0].line)]
    return [Highlight("Shared words", f"{view.line.text}.", view.line) for view in copies[:1] if view.source_key]


def _alone(only: tuple[OnlyView, ...], outlets: tuple[str, ...]) -> Highlight:
    best = max(only, key=lambda view: len(view.claims))
    words = shorten(best.claims[0].line.text, 110)
    return Highlight(
        "Left to one outlet",
        f"Of the {in_words(len(outlets))} outlets read, only {best.outlet} has “{words}”.",
        best.claims[0].line,
    )
