"""The parse as lists says the same as the parser's own objects."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from rashomon.mark.language import load_pipeline, parse
from rashomon.mark.tree import Tree

_NLP: Language = load_pipeline()
_TEXTS = st.lists(
    st.sampled_from(
        [
            "Ana Ruiz, the mayor, said the bridge that storms had damaged in March would reopen.",
            "He came.",
            "“Who?”",
            "\n",
            "\n\n",
            "  ",
            "🙂",
            "Prices (up 3%) rose – and fell – in Larvik on May 3.",
        ]
    )
    | st.text(max_size=20),
    max_size=6,
).map(" ".join)


@given(_TEXTS)
def test_every_list_equals_what_the_tokens_say(text: str) -> None:
    doc = parse(text, _NLP)
    tree = Tree(doc)
    assert len(tree) == len(doc)
    for token in doc:
        at = token.i
        assert (tree.text[at], tree.lower[at], tree.lemma[at]) == (token.text, token.lower_, token.lemma_)
        assert (tree.pos[at], tree.tag[at], tree.dep[at]) == (token.pos_, token.tag_, token.dep_)
        assert (tree.ent[at], tree.start[at], tree.end[at]) == (token.ent_type_, token.idx, token.idx + len(token))
        assert (tree.head[at], tree.children[at]) == (token.head.i, [c.i for c in token.children])
        assert (tree.low[at], tree.high[at]) == (token.left_edge.i, token.right_edge.i)
        assert (tree.sentence[at], tree.stop[at]) == (token.sent.start, token.sent.end)
    assert tree.ents == [(e.start, e.end, e.label_) for e in doc.ents]


@given(_TEXTS)
def test_sentences_hold_every_word_once_and_are_never_blank(text: str) -> None:
    tree = Tree(parse(text, _NLP))
    ranges = list(tree.sentences())
    held = [at for begin, end in ranges for at in range(begin, end)]
    assert held == sorted(set(held))
    assert {at for at in range(len(tree)) if not tree.text[at].isspace()} <= set(held)
    for begin, end in ranges:
        assert not tree.text[begin].isspace()
        assert not tree.text[end - 1].isspace()
