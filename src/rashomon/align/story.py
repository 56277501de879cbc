"""A story's articles and marks in, all that its outlets share and dispute out."""

from collections.abc import Mapping, Sequence

from rashomon.align.conflicts.find import find_conflicts
from rashomon.align.conflicts.misattributions import find_misattributions
from rashomon.align.conflicts.values import contested_items, find_value_conflicts
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.matching.claims import alike_items, without_echoes
from rashomon.align.matching.decision import judge_pairs, stated_elsewhere
from rashomon.align.matching.groups import tell_groups
from rashomon.align.matching.wording import cluster_statements
from rashomon.align.sources.lineage import find_derivations
from rashomon.align.statements.event_dates import with_event_dates
from rashomon.align.statements.prepare import prepare
from rashomon.align.views.contrasts import find_contrasts
from rashomon.align.views.coverage import Said, carried_by, only_one
from rashomon.align.views.quotations import group_quotations
from rashomon.align.views.timeline import draw_timeline
from rashomon.align.views.wording import name_choices
from rashomon.model.article import Article
from rashomon.model.marks import Marks
from rashomon.model.story import Alignment, Passage

# Bumped when the same story may be aligned differently; CHANGELOG.md lists what changed.
VERSION = "13"


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
    judged = judge_pairs(story.sentences)
    clusters = cluster_statements(story, judged)
    conflicts = find_value_conflicts(story, judged, find_conflicts(story, clusters, pairs))
    contested = contested_items(story, conflicts)
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
        only_one=only_one(story, clusters, groups, said, stated_elsewhere(story.sentences, judged)),
        wording=name_choices(story),
        carried=carried_by(story, clusters, groups, said),
        contrasts=find_contrasts(story, pairs),
    )
