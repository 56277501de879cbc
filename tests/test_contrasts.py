"""Words that set outlets apart where they tell the same."""

from spacy.language import Language

from planting import Aligned, outlet
from rashomon.align.statements.stems import stem
from rashomon.align.views.contrasts import MOST, colour

PLAIN = "Mayor Ingrid Dahl criticised the harbour board on Monday after the ferry Solveig ran aground near Bergen."
LOADED = "Mayor Ingrid Dahl slammed the harbour board on Monday after the ferry Solveig ran aground near Bergen."


def printed(story: Aligned) -> list[tuple[str, set[str], set[str]]]:
    """Word, outlets, and the words in its stead."""
    return [
        (c.choice.text, story.refs(c.choice.articles), {i.text for i in c.instead}) for c in story.alignment.contrasts
    ]


def test_a_loaded_word_is_told_with_the_word_in_its_stead(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", LOADED), outlet("Two", PLAIN))
    assert ("slammed", {"One"}, {"criticised"}) in printed(story)
    for contrast in story.alignment.contrasts:
        for choice in (contrast.choice, *contrast.instead):
            assert choice.count == len(choice.evidence)
            assert {story.cut(s).lower() for s in choice.evidence} == {choice.text}
        assert {s.article_id for s in contrast.beside}.isdisjoint(contrast.choice.articles)


def test_outlets_that_word_it_alike_have_no_contrast(nlp: Language) -> None:
    assert printed(Aligned(nlp, outlet("One", LOADED), outlet("Two", LOADED))) == []
    assert printed(Aligned(nlp, outlet("One", LOADED))) == []


def test_names_numbers_days_and_quoted_speech_are_no_choice_of_words(nlp: Language) -> None:
    quoted = "Mayor Luis Paredes “slammed” 17 members of the port board on Tuesday after the ferry Solveig ran aground."
    plain = "Mayor Ingrid Dahl criticised 12 members of the port board on Monday after the ferry Solveig ran aground."
    told = {word for word, _, _ in printed(Aligned(nlp, outlet("One", quoted), outlet("Two", plain)))}
    assert told.isdisjoint({"slammed", "dahl", "paredes", "luis", "ingrid", "monday", "tuesday", "17", "12"})


def test_what_nobody_else_tells_is_no_contrast(nlp: Language) -> None:
    alone = "A furious crowd of anglers hurled herring at the town hall in Narvik on Sunday."
    told = {word for word, _, _ in printed(Aligned(nlp, outlet("One", f"{PLAIN} {alone}"), outlet("Two", PLAIN)))}
    assert told.isdisjoint({"furious", "hurled"})


def test_an_outlet_that_has_both_words_does_not_choose(nlp: Language) -> None:
    both = f"{LOADED} The union criticised the board as well. Others criticised it on Sunday, and criticised it again."
    told = printed(Aligned(nlp, outlet("One", both), outlet("Two", PLAIN)))
    assert all("criticised" not in instead for _, _, instead in told)


def test_contrasts_are_few_and_do_not_depend_on_the_order_of_articles(nlp: Language) -> None:
    articles = [outlet("One", LOADED), outlet("Two", PLAIN), outlet("Three", PLAIN.replace("ran", "was run"))]
    there, back = (printed(Aligned(nlp, *order)) for order in (articles, articles[::-1]))
    assert there == back
    assert 0 < len(there) <= MOST


def test_loaded_words_lie_above_plain_ones_with_the_same_meaning() -> None:
    for loaded, plain in (("slammed", "criticised"), ("fierce", "strong"), ("notorious", "known"), ("smear", "accuse")):
        assert colour(stem(loaded)) > colour(stem(plain)) + 0.5
    assert colour("no such word") == 0.0
