"""The grammar of time expressions: one regular expression over the row of word classes.

``<weekday>`` stands for one word of that class, ``<month|may>`` for one of either, ``{COUNT}`` for a smaller rule. The
rules are tried in order, so the longer reading of the same words comes first. What a rule found is understood by the
function of the same name in ``readings``.
"""

import functools
import re

from rashomon.mark.times.lexicon import CLASS_CHARACTERS

PARTS = {
    "DAY": r"(?:<weekday>|<weekday-short>\.?)",
    "MONTH": r"(?:<month|may>|<month-short>\.?)",
    "DIGITS": r"<day-number|integer|year-number|decimal>",
    "WORDS": r"(?:<a>(?=<hundred>))?(?:<number|hundred>)(?:-?<number|hundred>){0,6}",
    "COUNT": r"(?:<a>?<few><of>?|{DIGITS}(?:-?<fraction>|-?<day-number>/<day-number>)?|{WORDS})(?:<and><a><half>)?",
    "RANGE": r"{COUNT}(?:(?:<to|or|and>|-){COUNT})?",
    "UNIT": r"<unit|quarter|second>",
    "UNITS": r"<unit|units|quarter|second>",
    "ABOUT": r"(?:<about|nearly>|<over>(?=<a><unit>)|<more|less><than>|<at><least|most>|<up><to>)",
    "EDGE": r"(?:<early|late|earlier|later>-?(?:<in>)?|<the>?<edge><of>)",
    "NUMBERED": r"(?:<ordinal|ordinal-number|second>)",
    "POSS": r"(?:'w?)",
    "ZONE": r"(?:,?\(?<zone>(?:[-~]<day-number>)?\)?|,?<local><time>)",
    "ERA": r"(?:<bc|ad>|<before><christ>)",
    "NUMERAL": r"<day-number|integer|year-number|decimal>",
    # "last year", "of that year", "the following year" behind a day or a month.
    "YEARWARD": r"(?:,?<of>?(?:<this|last|next|that>|<the><latest|following>)<unit>)",
    "CLOCK": (
        r"(?:<year-number|integer|decimal>{ZONE}|<decimal><ampm>{ZONE}?|(?:<day-number>(?:[:.]<day-number|integer>)?<ampm>|<day-number|integer>:<day-number|integer>(?:<ampm>)?"
        r"|<day-number|number><clock>|<noon>){ZONE}?(?:<in><the><daypart>)?|<day-number|number><in><the><daypart>)"
    ),
    "SEASON": r"<season|fall>",
    "DIRECTED": r"(?:<the>?<last|next|coming|following|prior>|<this><coming|last>|<this|that|current>|<the><current>)",
    "YEARISH": r"(?:<fiscal>?<year-number>|{DIRECTED}<fiscal>?<unit>|<the><fiscal>?<unit>)",
}

RULES = (
    ("iso", r"<iso>"),
    ("era_year", r"<about>?{NUMERAL}(?=(?:<to|or|and>|-){NUMERAL}{ERA})|<about>?{NUMERAL}{ERA}|<ad>{NUMERAL}"),
    ("era_century", r"<the>?{NUMBERED}(?=(?:<to|or|and>|-)<the>?(?:<early|late>-?)?{NUMBERED}-?<unit|units>{ERA})"),
    ("era_century", r"<the>?(?:<early|late>-?)?(?:{NUMBERED}-?<unit|units>|<decade-number>){ERA}"),
    ("numeric", r"<day-number>/<day-number>/<year-number|integer|day-number>"),
    ("numeric", r"<day-number>-<day-number>-<year-number>|<year-number>/<day-number>/<day-number>"),
    ("dotted", r"<decimal>\.<year-number|day-number>"),
    ("spelled", r"<day-number|ordinal-number>[-/.]<month|may|month-short>[-/.]<year-number|integer|day-number>"),
    ("spelled", r"<month|may|month-short>-<day-number>-<year-number>"),
    (
        "clock",
        r"{ABOUT}?{CLOCK}(?:(?:,|<on>)?"
        r"(?:<early|late>?(?:{DAY}|<today>)|{MONTH}<day-number>(?:,?<year-number>)?))?",
    ),
    (
        "date",
        r"(?:<this>?<coming|last>?{DAY},?<the>?)?{MONTH}<day-number|ordinal-number|ordinal|second>"
        r"(?!:<day-number|integer>|/|<ampm>)"
        r"(?:,?<year-number>|{YEARWARD})?",
    ),
    (
        "first_day",
        r"<day-number|ordinal-number>(?=(?:<and|to|or>|-)<day-number|ordinal-number><of>?{MONTH}(?!<day-number>))",
    ),
    (
        "date",
        r"(?:{DAY},?<the>?)?(?:<the>?<day-number|ordinal-number|ordinal|second><of>|<day-number|ordinal-number>-?)"
        r"{MONTH}(?:,?<year-number>|{YEARWARD})?",
    ),
    (
        "month",
        r"{EDGE}?{MONTH}(?:,?(?:<of>)?(?:<year-number>|<number>-?<number>(?:-<number>)?)|{YEARWARD})",
    ),
    ("year", r"<the><unit><number>-?<number|hundred>(?:-?<number>)?"),
    ("shifted_day", r"<the>?<unit><before>(?:<today>|(?:<last|this|next>)?{DAY})"),
    ("weekdays", r"(?:<every|each><other>?)?(?:<weekdays><dayparts|daypart>?|{DAY}<dayparts>)"),
    ("every", r"<every|each>(?:<other>|{COUNT})?(?:{UNITS}|<weekend|daypart|season|fall>|{DAY}<daypart>?|{MONTH})"),
    ("week_of", r"<the>?<unit><of>{MONTH}<day-number>"),
    (
        "nth_unit",
        r"<the>?<ordinal|ordinal-number|second|last|final><unit|units|quarter><of>(?:{MONTH}(?!\.?<day-number>)"
        r"(?:,?<of>?<year-number>|<of>?<this|last|next><unit>)?|<the|this|next|last|that|every|each><unit>|<year-number>)",
    ),
    ("unit_of", r"<the|its><last><unit>(?=<of>(?!<this|that|next|last>))"),
    (
        "nth_day",
        r"<the>?<ordinal|ordinal-number|second|last>(?:{DAY}|<weekend>)<of|in>"
        r"(?:{MONTH}(?:,?<of>?<year-number>)?|<the|this|next|last><unit>|<every|each><unit>)(?!\.?<day-number>)",
    ),
    ("counted_from", r"{ABOUT}?(?:{RANGE}{UNITS}|<a>{UNIT})<from>(?:<today>|<this|next|coming>?{DAY})"),
    ("weekday", r"{EDGE}?(?:{DIRECTED}<unit>{POSS}?)?{DAY}(?:<of>?<the>?<last|this|next><unit>)"),
    ("weekday", r"(?:{EDGE}|<early|late><on>)?(?:{DIRECTED})?(?:{DAY})(?:,?<late|early>?-?<daypart|noon>)?"),
    ("today", r"(?:<early|late|earlier|later>-?)?(?:<today>(?:<daypart|noon>)?|<daypart|noon><today>)"),
    (
        "daypart",
        r"(?:<early|late|earlier|later>-?)?(?:<the>?<next|following|prior|last>|<this|that>)<same>?<daypart>",
    ),
    ("bare_daypart", r"<early|late>-?<daypart>|(?<=<in>)<the><daypart>"),
    ("night_before", r"<the><daypart|unit><before>"),
    ("tonight", r"(?:<early|late|earlier|later>)?<tonight>"),
    ("half", r"(?:<the>)?(?:<fiscal>)?(?:{NUMBERED}|<last|latest>)-?<half>(?:<of>(?:{YEARISH}|<decade-number>))"),
    ("half", r"(?:<the>)?<ordinal|second>-<half>"),
    ("numbered", r"(?:<letter><day-number>|<day-number><letter>)(?:,?<of>?<fiscal>?<year-number>)?"),
    ("numbered", r"<fiscal>?<year-number>,?<letter><day-number>"),
    (
        "quarter",
        r"(?:(?:<the>?(?:<unit>-<ago|earlier>|<fiscal>?(?:<year-number>{POSS}?|<decade-number>))|{DIRECTED}<unit>{POSS}?|<the|latest>)-?)?"
        r"<latest>?<fiscal>?-?{NUMBERED}-?(?:<fiscal>)?<quarter>(?:<of>{YEARISH})?",
    ),
    ("like_period", r"<the>?<latest>?(?:<unit>-<ago|earlier>)(?:<quarter|period>|{COUNT}{UNITS})?"),
    ("like_period", r"<the><latest>?<year-number><quarter|period>"),
    ("like_period", r"<the><quarter|latest><period>?(?:<a><unit><ago|earlier>|<last><unit>)"),
    ("same_period", r"<the|that|this><latest|current>?<fiscal>?<quarter>"),
    ("same_period", r"<the><latest><period>"),
    ("amount_in", r"<the><ordinal>?<number|day-number|integer><consecutive>?<units>"),
    (
        "amount_in",
        r"{ABOUT}?<the>?(?:<this><last>|<last|next|coming|these|latest|following>){RANGE}-?<consecutive>?"
        r"{UNITS}(?:<or><so>)?",
    ),
    ("recent", r"<the>?(?:<past-adj|coming|last|next>|<these>)<units>(?:<and><units>)?"),
    ("relative", r"{EDGE}?{DIRECTED}<fiscal>?-?(?:{UNIT}|<weekend>|{SEASON})(?:<or><so>)?"),
    ("relative_month", r"{EDGE}?(?:<this|last|next|coming>|<this><last|coming>){MONTH}(?!\.?<day-number>)"),
    ("end_of", r"<the>?<edge><of><the><fiscal>?(?:<unit|quarter|weekend>)"),
    ("end_of", r"<about>?(?:<the>)?<unit>(?:-|'w)?<edge>"),
    ("earlier_in", r"<earlier|later|early|late><in><the><unit>"),
    ("earlier_in", r"<earlier|later><that|the><other>?<unit>"),
    (
        "season",
        r"{EDGE}?<the>?(?:<early|late>-?)?{SEASON}(?:<of>?(?:<year-number>|<number><number>"
        r"(?:-<number>)?)|<of>?<this|last|next><unit>)?",
    ),
    ("century", r"(?:<the>)?(?:<early|late>-?)?{NUMBERED}-?<unit>"),
    ("decade", r"(?:<the>?<edge><of>)?(?:<the>)?(?:<early|late>-?)?<decade-number>"),
    ("decade", r"<the>(?:<early|late>-?)?<decades>"),
    (
        "ago",
        r"{ABOUT}?(?:{RANGE}-?<consecutive>?{UNITS}|<a>{UNIT}|<units>)(?:<or><so>)?(?:<and><a><half>)?"
        r"(?:<ago>|<earlier|later>(?!<than|this|that|in>)|<from><now>)",
    ),
    ("halved", r"<half><a|of><a>?<unit>"),
    (
        "amount",
        r"{ABOUT}?(?:{RANGE}(?:-|<more|additional|consecutive>)*{UNITS}|<a><additional|consecutive>?"
        r"{UNIT})(?:<and><a><half>)?(?:<or><so>|<or><few|number>)?(?!-<ago|earlier>)",
    ),
    ("amount", r"{ABOUT}?<additional><unit>"),
    ("vague", r"<units>(?:-<long>|(?:<or|and><units>)?)"),
    ("vague", r"<unit>-<long>"),
    ("fiscal_year", r"{EDGE}?<the>?<current>?<fiscal>(?:<unit>)?<year-number>"),
    ("the_unit", r"<the>(?:<fiscal|consecutive>)?<unit|weekend>(?!-<ago|earlier>)"),
    ("holiday", r"{DIRECTED}?<holiday>"),
    ("month", r"{EDGE}?{MONTH}"),
    (
        "year",
        r"{EDGE}?(?:<the><unit>)?(?:<year-number>)(?![-/.:,]?<integer|decimal>)"
        r"(?:<or><later|earlier|before>|<and><beyond>)?",
    ),
    ("year", r"<number>-?<number>(?:-?<number>)?"),
    ("set", r"<set>"),
    ("now", r"<now|present>|(?<!<the>)<current>(?=w)"),
    ("past", r"<more>?<past-ref>"),
    ("past", r"<the><last>(?!<w>)"),
    ("future", r"<the><near>?<future|term>"),
    ("these_days", r"<these><units>"),
)  # fmt: skip


def expand(rule: str) -> str:
    """A rule as a regular expression over the row of word classes."""
    while re.search(r"\{[A-Z_]+\}", rule):
        rule = re.sub(r"\{([A-Z_]+)\}", lambda match: f"(?:{PARTS[match[1]]})", rule)
    rule = rule.replace("<w>", "w").replace("<same>", f"[{CLASS_CHARACTERS['latest']}]")
    return re.sub(
        r"<([a-z|-]+)>", lambda match: "[" + "".join(map(CLASS_CHARACTERS.__getitem__, match[1].split("|"))) + "]", rule
    )


# Without one of these within reach there is no time; common words such as "the" and "a" are not worth a try of the
# whole grammar otherwise.
_CORE = (
    "weekday|weekday-short|weekdays|month|may|month-short|unit|units|quarter|half|weekend|period|daypart|dayparts|noon"
    "|season|fall|seasons|today|tonight|decades|decade-number|set|present|past-ref|future|term|holiday|year-number|ampm"
    "|clock|iso|now|last|current|letter|bc|ad|final|zone|local"
)
_NEVER_FIRST = frozenset(
    [
        "of",
        "in",
        "at",
        "on",
        "to",
        "or",
        "and",
        "than",
        "its",
        "other",
        "before",
        "from",
        "ago",
        "ends",
        "long",
        "zone",
        "local",
        "time",
        "clock",
        "soon",
        "ahead",
        "period",
        "fraction",
        "ampm",
        "by",
        "so",
        "least",
        "most",
        "old",
        "right",
        "weekends",
        "bc",
        "christ",
        "seasons",
        "dayparts",
    ]
) - {"at"}


@functools.cache
def compiled() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Where a rule may begin, the grammar as one pattern, and the rule's name for each group number less one."""
    first = "".join(char for name, char in CLASS_CHARACTERS.items() if name not in _NEVER_FIRST)
    core = expand(f"<{_CORE}>")
    spelled = expand("(?<=<number>)(?=-?<number|hundred>)")  # "nineteen ninety-one"
    dotted = expand(r"(?<=<decimal>)(?=\.)")  # "09.08.21"
    begin = re.compile(f"[{first}](?:(?<={core})|{dotted}|(?=[^~]?[^~]?[^~]?[^~]?[^~]?{core}|[:/])|{spelled})")
    pattern = re.compile("|".join(f"({expand(rule)})" for _, rule in RULES))
    return begin, pattern, tuple(name for name, _ in RULES)
