"""Dated claims in order: plans with their doing, what is past, what goes on, what is ahead."""

from spacy.language import Language

from planting import Aligned, outlet
from rashomon.model.story import TimelineEntry
from rashomon.model.timevalue import interval, precision


def entry(story: Aligned, words: str) -> TimelineEntry:
    (found,) = [t for t in story.alignment.timeline if any(words in story.cut(s) for s in t.evidence)]
    return found


def test_a_plan_and_its_doing_are_one_entry_that_is_past(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Norway and Ecuador are to sign a fishing agreement in Quito on Thursday.", "2026-03-10"),
        outlet("Two", "Norway and Ecuador signed the fishing agreement in Quito on Thursday.", "2026-03-13"),
    )
    signing = entry(story, "signed")
    assert entry(story, "are to sign") == signing
    assert (signing.date, signing.precision, signing.status) == ("2026-03-12", "day", "past")
    assert len(signing.claims) == 2
    done, plan = ({g.id: g for g in story.alignment.claims}[c] for c in signing.claims)
    assert (done.status, plan.status) == ("happened", "planned")


def test_a_plan_for_another_town_or_day_stays_apart(nlp: Language) -> None:
    story = Aligned(
        nlp,
        outlet("One", "Ingrid Dahl will meet Luis Paredes in Oslo on Thursday.", "2026-03-10"),
        outlet("Two", "Ingrid Dahl met Luis Paredes in Quito on Wednesday.", "2026-03-12"),
    )
    assert entry(story, "will meet") != entry(story, "met Luis")
    assert (entry(story, "will meet").status, entry(story, "met Luis").status) == ("planned", "past")


def test_what_is_after_the_last_article_is_planned_whatever_its_tense(nlp: Language) -> None:
    story = Aligned(nlp, outlet("One", "Luis Paredes flies to Oslo on March 20. Norway voted on March 2."))
    assert entry(story, "flies").status == "planned"
    assert entry(story, "voted").status == "past"


def test_entries_stand_in_order_of_time_and_wider_ones_first(nlp: Language) -> None:
    text = (
        "Norway closed its ports on March 2. Ecuador will reopen the port of Manta in May. Norway sold Ecuador 12 "
        "ships in 2019. Ingrid Dahl met Luis Paredes in Quito on March 9. Norway lost 40 ships in March."
    )
    dates = [t.date for t in Aligned(nlp, outlet("One", text)).alignment.timeline]
    assert dates == ["2019", "2026-03", "2026-03-02", "2026-03-09", "2026-05"]


def test_what_is_only_possible_or_denied_and_what_has_no_date_is_no_entry(nlp: Language) -> None:
    text = (
        "Ecuador could reopen the port of Manta in May. Nordfisk denied that it had paid Ingrid Dahl in 2019. "
        "Norway has 400 ships."
    )
    story = Aligned(nlp, outlet("One", text))
    assert len(story.alignment.claims) >= 2
    assert story.alignment.timeline == ()


def test_every_entry_has_the_precision_of_its_date_and_evidence_from_its_claims(nlp: Language) -> None:
    text = "Norway closed its ports on Monday evening. Ecuador reopened the port of Manta last week, and Oslo last May."
    story = Aligned(nlp, outlet("One", text))
    claims = {g.id: g for g in story.alignment.claims}
    assert story.alignment.timeline
    for each in story.alignment.timeline:
        assert interval(each.date) is not None
        assert each.precision == precision(each.date)
        assert set(each.evidence) == {s for c in each.claims for s in claims[c].evidence}
