"""A story's articles and marks in, all that its outlets share and dispute out."""

from collections.abc import Mapping, Sequence

from rashomon.align.attributions import find_misattributions
from rashomon.align.claims import alike_items, cluster_claims, without_echoes
from rashomon.align.conflicts import find_conflicts
from rashomon.align.contrasts import find_contrasts
from rashomon.align.coverage import Said, carried_by, only_one
from rashomon.align.entities import merge_entities
from rashomon.align.events import with_event_dates
from rashomon.align.groups import tell_groups
from rashomon.align.lineage import find_derivations
from rashomon.align.prepare import prepare
from rashomon.align.quotations import group_quotations
from rashomon.align.timeline import draw_timeline
from rashomon.align.wording import name_choices
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Alignment, Passage

# Bumped when the same story may be aligned differently; CHANGELOG.md lists what changed.
VERSION = "11"


def align_story(
    story_id: str, articles: Sequence[Article], marks: Mapping[str, Marks], passages: Sequence[Passage]
) -> Alignment:
    """Hold every account of a story against every other.

    Pure: the same articles and marks give the same alignment.

    Args:
        story_id: the story's id.
        articles: its articles, in order of arrival.
        marks: their marks by article id, resolved against a publication day where one is known.
        passages: what any two of them have in common word for word (``group.common_passages``).
    """
    index = merge_entities(articles, marks)
    story = with_event_dates(prepare(articles, marks, index))
    derivations = find_derivations(articles, marks, passages)
    pairs = alike_items(story)
    clusters = cluster_claims(story, pairs)
    conflicts, contested = find_conflicts(story, clusters, pairs)
    clusters = without_echoes(clusters, contested)
    groups = tell_groups(story, clusters, derivations, contested)
    quotations = group_quotations(story)
    said = Said(story)
    return Alignment(
        story_id=story_id,
        articles=tuple(a.id for a in articles),
        entities=index.entities,
        derivations=derivations,
        claims=groups,
        conflicts=(*conflicts, *find_misattributions(story, quotations)),
        quotations=quotations,
        timeline=draw_timeline(story, clusters, groups),
        only_one=only_one(story, clusters, groups, said),
        wording=name_choices(story),
        carried=carried_by(story, clusters, groups, said),
        contrasts=find_contrasts(story, pairs),
    )
