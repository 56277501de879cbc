"""A dossier made by hand from the bundled story, so that the report can be tested without the rooms that fill it."""

from rashomon.model.article import Article, Failure
from rashomon.model.dossier import Dossier, StoryAccount
from rashomon.model.marks import Place
from rashomon.model.spans import Span
from rashomon.model.story import (
    Alignment,
    ClaimGroup,
    Conflict,
    Derivation,
    OnlyOne,
    Origin,
    Reading,
    Wording,
)
from report_words import (
    ARTICLES,
    at,
    choice,
    claim,
    credit,
    entity,
    entry,
    ids,
    quotation,
    sentence,
    spans,
    told,
    variant,
)

_STRUCK = "struck a drifting barge in thick fog off the Turkish town of Rize on "

CLAIMS = (
    claim(
        1,
        {
            "L": "Davit Gurandze signed the agreement",
            "G": "Georgia and Turkey signed an agreement on Thursday",
            "C": "The document that Georgia and Turkey signed on Thursday",
            "S": "signing what the government calls the most detailed rescue agreement",
        },
        {"Batumi Lantern": "L", "Gwangan Herald": "G", "Costa Verde Observer": "C", "Tbilisi Sentinel": "S"},
        when="2025-09-18",
    ),
    claim(
        2,
        {
            "H": f"The Medea Star, with 212 people aboard, {_STRUCK}July 12",
            "W": f"The Medea Star, with 212 people aboard, {_STRUCK}12 July",
            "B": f"The Medea Star, with 212 people aboard, {_STRUCK}July 12",
            "K": "the Medea Star, on an overnight run from Batumi, hit a drifting barge off Rize on 12 July",
            "G": "the Medea Star ran into a barge",
        },
        {"Reuters": "HWB", "The Calder Standard": "K", "Anadolu": "G"},
        when="2025-07-12",
    ),
    claim(
        3,
        {
            "H": "commits both coast guards to launch a boat within 15 minutes of any distress call",
            "L": "Under the agreement a boat must be launched within 15 minutes of a distress call",
            "C": "it obliges either coast guard to put a boat to sea within 15 minutes of a call",
        },
        {"Reuters": "H", "Batumi Lantern": "L", "Costa Verde Observer": "C"},
    ),
    claim(
        4,
        {
            "W": "was cleared of any fault last month by inspectors from both countries",
            "S": "inspectors from Georgia and Türkiye found last month that the crew had done nothing wrong",
        },
        {"The Westmark Dispatch": "W", "Tbilisi Sentinel": "S"},
        when="2025-08",
    ),
    claim(
        5,
        {
            "L": "the ferry would sail on Oct. 3",
            "S": "The first passengers are to leave Batumi on the first Friday of October",
            "C": "the Medea Star sails a fortnight from today",
            "H": "the first sailing could leave Batumi on Oct. 3",
        },
        {"Davit Gurandze": "L", "Tbilisi Sentinel": "S", "Costa Verde Observer": "C", "Reuters": "H"},
        status="planned",
        when="2025-10-03",
    ),
    claim(
        6,
        {
            "H": "waited 47 minutes for the first rescue boat",
            "W": "waited 47 minutes for the first rescue boat",
            "B": "waited 47 minutes for the first rescue boat",
        },
        {"Reuters": "HWB"},
        "single-origin",
    ),
    claim(
        7,
        {
            "H": "Fourteen people were injured",
            "B": "Fourteen people were injured",
            "S": "Fourteen of the 212 people on board were injured in the July collision",
        },
        {"Reuters": "HB", "Tbilisi Sentinel": "S"},
        "contested",
    ),
    claim(
        8,
        {"C": "two Georgian lifeboats will be stationed in the Turkish port of Hopa from November to March"},
        {"Costa Verde Observer": "C"},
        "single-origin",
        "planned",
        "2025-11",
    ),
    claim(
        9,
        {"K": "The meeting was to have been held last Friday but was put off at Tbilisi's request"},
        {"The Calder Standard": "K"},
        "single-origin",
    ),
    claim(
        10,
        {"S": "The minister will present a medal for seamanship to the ferry’s captain on Monday"},
        {"Tbilisi Sentinel": "S"},
        "single-origin",
        "planned",
        "2025-09-22",
    ),
    claim(
        11,
        {"B": "crews from Trabzon and Batumi had trained together twice earlier this month"},
        {"Orhan Yelkenli": "B"},
        "single-origin",
        speaker="Orhan Yelkenli",
    ),
    claim(12, {"W": "Bookings from Batumi fell by a third in August"}, {"The Westmark Dispatch": "W"}, "single-origin"),
)

CONFLICTS = (
    Conflict(
        "k_0000000000000001",
        "number",
        "contradiction",
        "How many people were injured in the collision of 12 July?",
        (
            Reading(
                "14",
                ids("HBS"),
                spans(
                    {
                        "H": "Fourteen people were injured",
                        "B": "Fourteen people were injured",
                        "S": "Fourteen of the 212 people on board were injured",
                    }
                ),
            ),
            Reading(
                "19",
                ids("KG"),
                spans({"K": "Nineteen passengers and crew were injured", "G": "Nineteen people were injured"}),
            ),
        ),
        (CLAIMS[6].id,),
    ),
    Conflict(
        "k_0000000000000002",
        "time",
        "contradiction",
        "When was the first round of talks in Batumi?",
        (
            Reading(
                "2025-08-14",
                ids("HL"),
                spans(
                    {
                        "H": "The two ministers last met on Aug. 14 in Batumi",
                        "L": "Aug. 14, when a first round of talks, held in this city",
                    }
                ),
            ),
            Reading("2025-08-21", ids("C"), spans({"C": "the first round of talks, held in Batumi on 21 August"})),
        ),
    ),
)

QUOTATIONS = (
    quotation(
        1,
        "e_davit",
        "Davit Gurandze",
        "direct",
        variant(
            "H",
            "direct",
            "We did not come here to ask whose fog it was,",
            "We came so that the next captain who calls for help is answered by both shores, "
            "and answered within minutes.",
        ),
        variant(
            "B",
            "direct",
            "We have not come to argue about who owned the fog,",
            "We have come so that when the next ship’s master sends out a distress signal, both coasts reply to him, "
            "and in a matter of minutes.",
        ),
        variant("W", "mixed", "answered by both shores"),
        variant("G", "indirect", "his delegation had not traveled there to apportion blame for July's collision"),
        variant("C", "mixed", "whose fog it was"),
    ),
    quotation(
        2,
        "e_leyla",
        "Leyla Saridere",
        "direct",
        variant("W", "direct", "The sea does not check passports,", "and from this winter neither will the lifeboats."),
        variant("G", "mixed", "does not check passports."),
    ),
    quotation(3, "e_zurab", "Zurab Gurandze", "direct", variant("L", "direct", "I was asked to go to Trabzon,")),
    quotation(
        4,
        "e_none",
        "a port official",
        "indirect",
        variant(
            "C",
            "indirect",
            "Technicians from the two control rooms will meet in Batumi on 26 September",
            chain="InterPressNews",
        ),
    ),
)

TIMELINE = (
    entry("2011", "year", "past", {"S": "has commanded the ship since 2011"}),
    entry(
        "2025-07-12",
        "day",
        "past",
        {
            "H": f"The Medea Star, with 212 people aboard, {_STRUCK}July 12",
            "K": "hit a drifting barge off Rize on 12 July",
        },
        (CLAIMS[1].id,),
    ),
    entry("2025-08-14", "day", "past", {"H": "The two ministers last met on Aug. 14 in Batumi"}),
    entry(
        "2025-08",
        "month",
        "past",
        {"W": "was cleared of any fault last month by inspectors from both countries"},
        (CLAIMS[3].id,),
    ),
    entry("2025-09-12", "day", "past", {"K": "The meeting was to have been held last Friday"}),
    entry("2025-09-16TEV", "time", "past", {"H": "flew in from Tbilisi on Tuesday evening"}),
    entry(
        "2025-09-17",
        "day",
        "ongoing",
        {
            "H": "opened two days of talks in the Black Sea port of Trabzon on Wednesday",
            "W": "Ministers from Ankara and Tbilisi began talks in Trabzon this morning",
        },
    ),
    entry(
        "2025-09-18T11:40",
        "time",
        "past",
        {"C": "Signed at 11:40 a.m. in the courtyard of Trabzon’s old customs house"},
    ),
    entry("2025-09-18", "day", "past", {"G": "Georgia and Turkey signed an agreement on Thursday"}, (CLAIMS[0].id,)),
    entry("2025-09-22", "day", "planned", {"S": "The minister will present a medal for seamanship"}, (CLAIMS[9].id,)),
    entry(
        "2025-09-26",
        "day",
        "planned",
        {
            "C": "Technicians from the two control rooms will meet in Batumi on 26 September",
            "L": "engineers from both countries would meet in Batumi next Friday",
        },
    ),
    entry(
        "2025-10-03",
        "day",
        "planned",
        {
            "L": "the ferry would sail on Oct. 3",
            "S": "The first passengers are to leave Batumi on the first Friday of October",
        },
        (CLAIMS[4].id,),
    ),
    entry("FUTURE_REF", "time", "planned", {"G": "will enter into force 30 days after both parliaments ratify it"}),
)

ENTITIES = (
    entity("e_davit", "Davit Gurandze", "PERSON", {"Davit Gurandze": "KHWBLGSC"}),
    entity("e_zurab", "Zurab Gurandze", "PERSON", {"Zurab Gurandze": "WLSC"}),
    entity(
        "e_leyla", "Leyla Saridere", "PERSON", {"Leyla Saridere": "HWLGC", "Leyla Sarıdere": "KB", "Sarıdere": "KB"}
    ),
    entity("e_turkey", "Turkey", "PLACE", {"Turkey": "HWLGC", "Türkiye": "KBSC"}, Place("Turkey", "TR", 39.0, 35.0)),
    entity("e_trabzon", "Trabzon", "PLACE", {"Trabzon": "KHWBLGSC"}, Place("Trabzon", "TR", 41.0, 39.7)),
    entity("e_batumi", "Batumi", "PLACE", {"Batumi": "KHWBLGSC"}, Place("Batumi", "GE", 41.6, 41.6)),
    entity("e_star", "Medea Star", "OTHER", {"Medea Star": "KHWBLGC"}),
    entity("e_reuters", "Reuters", "ORG", {"Reuters": "HW"}),
)

WORDING = (
    Wording("e_turkey", (choice("Turkey", "HWLGC"), choice("Türkiye", "KBSC"))),
    Wording("e_leyla", (choice("Leyla Saridere", "HWLGC"), choice("Leyla Sarıdere", "KB"))),
)

_REUTERS_PARAGRAPH = "The Medea Star, with 212 people aboard"

DERIVATIONS = (
    Derivation("Reuters", ids("H")[0], "credit", (at("H", "(Reuters)"),), "agency:reuters"),
    Derivation("Reuters", ids("W")[0], "cites", (at("W", "Reuters reported"),), "agency:reuters"),
    Derivation("Anadolu", ids("G")[0], "cites", (at("G", "according to the Anadolu news agency"),), "agency:anadolu"),
    Derivation("InterPressNews", ids("C")[0], "cites", (at("C", "InterPressNews reported on Thursday"),)),
    Derivation(
        ids("H")[0],
        ids("B")[0],
        "copied",
        (at("B", ARTICLES[3].text[ARTICLES[3].text.index(_REUTERS_PARAGRAPH) :].split("\n")[0]),),
    ),
    Derivation(
        ids("H")[0], ids("W")[0], "copied", (at("W", f"{_REUTERS_PARAGRAPH}, {_STRUCK}12 July"),), undirected=True
    ),
)

CREDITS = {
    "B": (credit("B", "AFP Photo", "AFP", "photo"),),
    "G": (credit("G", "AFP", "AFP", "wire"), credit("G", "Anadolu", "Anadolu", "wire")),
    "H": (credit("H", "Reuters", "Reuters", "wire"),),
}

TOLD = tuple(
    told(article, CREDITS.get("KHWBLGSC"[number] if number < 8 else "", ())) for number, article in enumerate(ARTICLES)
)

ALIGNMENT = Alignment(
    "s_0000000000000001",
    ids("KHWBLGSC"),
    ENTITIES,
    DERIVATIONS,
    CLAIMS,
    CONFLICTS,
    QUOTATIONS,
    TIMELINE,
    tuple(OnlyOne(c.id, c.evidence[0].article_id) for c in CLAIMS[7:]),
    WORDING,
)

FERRY = StoryAccount(
    "s_0000000000000001",
    "Georgia and Turkey sign rescue pact after ferry collision",
    "2025-09-16",
    "2025-09-19",
    (Place("Trabzon", "TR", 41.0, 39.7), Place("Batumi", "GE", 41.6, 41.6)),
    (
        sentence(
            "Georgia and Turkey signed an agreement on Thursday that puts their coast guards under one alarm bell.",
            {
                "G": "Georgia and Turkey signed an agreement on Thursday",
                "L": "Davit Gurandze signed the agreement",
                "C": "The document that Georgia and Turkey signed on Thursday",
            },
        ),
        sentence(
            "Under the agreement a boat must be launched within 15 minutes of a distress call, no matter whose control "
            "room picks it up.",
            {
                "L": "Under the agreement a boat must be launched within 15 minutes of a distress call",
                "H": "commits both coast guards to launch a boat within 15 minutes of any distress call",
            },
        ),
        sentence(
            "The Medea Star, with 212 people aboard, struck a drifting barge in thick fog off the Turkish town of Rize "
            "on "
            "July 12 and waited 47 minutes for the first rescue boat.",
            {
                "H": f"The Medea Star, with 212 people aboard, {_STRUCK}July 12",
                "W": "waited 47 minutes",
                "B": "waited 47 minutes",
                "G": "the Medea Star ran into a barge",
            },
        ),
        sentence(
            "The first passengers are to leave Batumi on the first Friday of October.",
            {
                "S": "The first passengers are to leave Batumi on the first Friday of October",
                "C": "the Medea Star sails a fortnight from today",
            },
        ),
    ),
    ALIGNMENT,
)


def alone(article: Article, number: int = 2) -> StoryAccount:
    """A story that one article alone tells, its first line its only claim."""
    line = article.text.split("\n", 1)[0]
    span = Span(article.id, 0, len(line))
    id_ = f"s_{number:016x}"
    group = ClaimGroup(
        f"c_{'f' * 8}{number:08x}",
        line,
        "single-origin",
        (Origin(article.outlet or article.ref, (article.id,)),),
        (article.id,),
        "happened",
        (span,),
    )
    shared = Alignment(id_, (article.id,), (), (), (group,), (), (), (), (), ())
    title = article.title or article.ref
    return StoryAccount(id_, title, article.published and article.published[:10], None, (), (), shared)


FAILURES = (
    Failure("scans/page-04.bin", "read", "not text: a zero byte in the first kilobyte"),
    Failure("empty.txt", "read", "empty"),
)

ONE = Dossier(TOLD[:8], (FERRY,), ())

SEVERAL = Dossier(TOLD, (FERRY, alone(ARTICLES[8])), FAILURES)
