"""What was read for a story, and what runs beside it: others of the affair, and outlets that report only those."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from rashomon.model.dossier import RelatedStory, StoryAccount, ToldArticle
from rashomon.show.report.dates import stretch
from rashomon.show.report.view import AlsoView
from rashomon.show.report.words import counted, listed

KNOWN = {
    "metadata": "known from metadata",
    "page": "known from the page",
    "text": "inferred from the text",
    "siblings": "inferred from articles on the same event",
    "unknown": "not known",
}
# A long affair has dozens of stories; those that share most names are the nearest.
_MOST = 4
_NAMES = 3


def also(account: StoryAccount, anchors: Mapping[str, str]) -> tuple[AlsoView, ...]:
    """The nearest related stories.

    Args:
        account: of the story that the page tells.
        anchors: the ids of the page's sections, by story.
    """
    return tuple(
        AlsoView(other.id, other.title, listed(other.names, _NAMES), anchors.get(other.id))
        for other in _nearest(account)[:_MOST]
    )


def what_was_read(account: StoryAccount, articles: Sequence[ToldArticle], outlets: Sequence[str]) -> tuple[str, ...]:
    """Sentences on what was read for a story, and how its dates and outlets are known."""
    lines = [f"{counted(len(articles), 'article')} by {counted(len(outlets), 'outlet')}"]
    first_last = sorted(told.published[:10] for told in articles if told.published)
    if first_last:
        lines[0] += f", published {stretch(first_last[0], first_last[-1])}"
    known = Counter(told.published_from for told in articles)
    dated = [f"{known[how]} {label}" for how, label in KNOWN.items() if known[how]]
    lines.append("Publication dates: " + ", ".join(dated))
    guessed = Counter(told.outlet_from for told in articles)
    if guessed["text"]:
        lines.append(f"{counted(guessed['text'], 'outlet is', 'outlets are')} named by the text alone")
    if guessed["file"]:
        lines.append(f"{counted(guessed['file'], 'outlet')} unnamed: the file’s name stands in")
    if apart := elsewhere(account, outlets):
        lines.append(apart)
    return tuple(line[0].upper() + line[1:] + "." for line in lines)


def elsewhere(account: StoryAccount, outlets: Collection[str]) -> str | None:
    """A sentence on the outlets that report only a related story: here they would look silent."""
    others = sorted({outlet for other in account.related for outlet in other.outlets} - set(outlets))
    if not others:
        return None
    count = len({other.id for other in account.related if set(other.outlets) & set(others)})
    where = "a related story" if count == 1 else f"{counted(count, 'related story', 'related stories')}"
    return f"In {where}, and not counted here: {listed(others)}"


def _nearest(account: StoryAccount) -> list[RelatedStory]:
    return sorted(account.related, key=lambda other: (-len(other.names), -len(other.outlets), other.id))
