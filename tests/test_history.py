"""What one entity does, says and has done to it: which words, and on which days."""

import dataclasses

from spacy.language import Language

from lab.entity_history import day_of_news, history_of
from planting import outlet
from rashomon.align.coreference.entities import merge_entities
from rashomon.align.statements.event_dates import with_event_dates
from rashomon.align.statements.prepare import prepare
from rashomon.mark.annotate import annotate
from rashomon.model.article import Article


def told(nlp: Language, name: str, *articles: Article) -> list[tuple[str, str]]:
    """Date and word of everything in the history of ``name``."""
    marks = {a.id: annotate(a, nlp) for a in articles}
    story = with_event_dates(prepare(articles, marks, merge_entities(articles, marks)))
    return [(h.date, h.span.cut(story.texts[h.span.article_id])) for h in history_of(story, name)]


def test_what_it_does_says_and_has_done_to_it_is_its_history_across_articles(nlp: Language) -> None:
    one = outlet("One", "Norway bought two trawlers on March 3. Ecuador fined Norway on Monday.", "2026-03-11")
    two = outlet("Two", "Ecuador sold Norway a port in 2019. Luis Paredes flew to Oslo on March 4.", "2026-03-12")
    assert told(nlp, "Norway", one, two) == [("2019", "sold"), ("2026-03-03", "bought"), ("2026-03-09", "fined")]
    assert told(nlp, "Luis Paredes", one, two) == [("2026-03-04", "flew")]


def test_nobody_of_that_name_has_no_history(nlp: Language) -> None:
    assert told(nlp, "Ingrid Dahl", outlet("One", "Norway bought two trawlers on March 3.")) == []


def test_what_is_done_without_a_time_is_of_the_day_of_the_news_and_a_plan_is_not(nlp: Language) -> None:
    text = "Norway bought two trawlers. Norway will sell its port. Norway may close its office."
    found = {word: day for day, word in told(nlp, "Norway", outlet("One", text, "2026-03-11"))}
    assert found["bought"] == "2026-03-11"
    assert found["sell"] == "" == found["close"]


def test_the_day_of_the_news_is_the_first_that_the_top_names_if_it_was_not_long_ago(nlp: Language) -> None:
    def news(text: str, published: str | None = "2026-03-11") -> str:
        return day_of_news(annotate(outlet("One", text, published), nlp))

    assert news("Norway bought two trawlers on Sunday. It paid on Monday.") == "2026-03-08"
    assert news("Norway, which had sold its port on June 2, 1987, bought two trawlers.") == "2026-03-11"
    assert news("Norway will buy two trawlers on March 20.") == "2026-03-11"
    late = "Norway bought two trawlers. " + "The port is old. " * 6 + "It closed on Sunday."
    assert news(late) == "2026-03-11"
    assert news("Norway bought two trawlers on Sunday.", None) == ""


def test_saying_is_dated_as_what_is_done(nlp: Language) -> None:
    text = "Norway closed its port on Sunday. “We are sorry for every family,” said Ingrid Dahl."
    assert ("2026-03-08", "said") in told(nlp, "Ingrid Dahl", outlet("One", text, "2026-03-11"))


def test_of_a_light_verb_the_object_is_the_event_and_what_merely_is_so_is_none(nlp: Language) -> None:
    text = "Norway made an offer on March 3. Norway is a kingdom. Norway has two trawlers."
    assert told(nlp, "Norway", outlet("One", text)) == [("2026-03-03", "offer")]


def test_a_thing_is_known_by_what_its_name_adds_to_its_makers(nlp: Language) -> None:
    one = outlet("One", "Volvo unveiled the Volvo 380 on March 3. Volvo sold its office on March 4.")
    two = outlet("Two", "Ecuador bought twelve 380s on March 5. Ecuador bought 3,800 boats on March 6.")
    assert told(nlp, "Volvo 380", one, two) == [("2026-03-03", "unveiled"), ("2026-03-05", "bought")]


def test_a_history_does_not_hang_on_the_order_of_articles(nlp: Language) -> None:
    one = outlet("One", "Norway bought two trawlers on March 3.")
    two = outlet("Two", "Norway sold a port on March 2. Norway closed.")
    assert told(nlp, "Norway", one, two) == told(nlp, "Norway", two, one)


def test_marks_without_sentences_tell_the_day_of_publication(nlp: Language) -> None:
    marks = annotate(outlet("One", "Norway closed on Sunday."), nlp)
    assert day_of_news(dataclasses.replace(marks, sentences=())) == "2026-03-11"
