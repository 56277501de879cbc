"""What the terminal says once a report is written."""

from textwrap import fill

from rashomon.model.dossier import Dossier
from rashomon.show.report.build import page
from rashomon.show.report.view import StoryView
from rashomon.show.report.words import counted, in_words, listed, one_line

_WIDTH = 88
# A run over an archive has thousands of stories; a terminal shows the largest.
_STORIES = 3


def render_terminal_summary(dossier: Dossier) -> str:
    """Title, when and where, the cited summary and the counts, in plain text at most 88 characters wide."""
    shown = page(dossier)
    blocks = [_story(story) for story in shown.stories[:_STORIES]] or ["No story to tell."]
    if len(shown.stories) > _STORIES:
        blocks.append(f"… and {counted(len(shown.stories) - _STORIES, 'more story', 'more stories')}")
    if shown.failures:
        count = len(shown.failures)
        lines = [f"{in_words(count).capitalize()} {'input was' if count == 1 else 'inputs were'} left out:"]
        lines += [f"  {one_line(f.ref)}: {f.stage}: {one_line(f.error)}" for f in shown.failures[:10]]
        blocks.append("\n".join(lines + ([f"  … and {count - 10} more"] if count > 10 else [])))
    return "\n\n".join(blocks) + "\n"


def _story(story: StoryView) -> str:
    lines = [fill(one_line(story.title), _WIDTH)]
    place = one_line(" · ".join(filter(None, (story.when, story.where))))
    if place:
        lines.append(fill(place, _WIDTH))
    lines.append(fill(one_line(story.reading[0]), _WIDTH))
    if story.also:
        others = "; ".join(f"{other.title} [{other.id[:10]}]" for other in story.also)
        lines.append(fill(one_line(f"Also running: {others}"), _WIDTH))
    lines.append("")
    for sentence in story.summary:
        outlets = listed(list(dict.fromkeys(cite.short for cite in sentence.cites)), 3)
        lines.append(
            fill(one_line(f"{sentence.text} [{outlets}]"), _WIDTH, initial_indent="  ", subsequent_indent="  ")
        )
    if story.summary:
        lines.append("")
    conflicts = sum(c.relation != "possible" for c in story.conflicts)
    counts = (
        (len(story.agreed), "corroborated by independent origins"),
        (len(story.contested), "contested"),
        (conflicts, "conflict" if conflicts == 1 else "conflicts"),
        (story.unique, "told by one outlet only"),
    )
    lines.append(" · ".join(f"{number} {label}" for number, label in counts))
    return "\n".join(lines)
