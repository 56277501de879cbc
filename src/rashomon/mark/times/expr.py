"""The normal form of a time, free of any anchor, so that an article can be dated again.

It (``Timex.expr``) is a small language: ``point[/part]...[+Tclock]``.

- A TIMEX3 value stands for itself: ``2019-04-24``, ``P2M``, ``PAST_REF``.
- ``day:-1``, ``week:0``, ``weekend:1``, ``month:-1``, ``quarter:0``, ``year:1``, ``decade:0``, ``century:0``: the
  publication day's own unit, so many steps on. ``shift:-2W``: the day itself moved, no more precise than the unit.
- ``weekday:3:past``, ``month-of:2:future``, ``month-day:10-23:near``, ``season:SU:before``, ``quarter-of:3:past``,
  ``half-of:1:past``, ``weekend-of:past``, ``holiday:easter:after`` (or ``holiday:easter:1998``): the one that lies in
  that direction. ``past`` and ``future`` include the publication day, ``before`` and ``after`` do not; ``this`` stays
  in the running week or year; ``present`` and ``near`` are for sentences whose verb does not tell; ``named`` is the day
  named just before ("July 12, a Saturday").
- ``same:day`` (also week, month, quarter, year…), ``then:-1Y``, ``then-weekday:5:before``, ``like:-1``, ``like:1988``,
  ``year-ago:-1Y``: measured from a time named before, or from the publication day where there is none.
- ``ref:P2M:after``: so long after (before) the time named before; its value is the duration. ``ref:P2M:after@20-41``:
  after the event that these code points name; ``ref:P2M:after@20-41=30``: which the time at 30 dates.
  ``;now`` behind it: what is measured is of the article's own day ("the visit comes two months after …"). Read by
  ``model.measure``.
- Parts: ``/Q3``, ``/H1``, ``/07``, ``/SU`` of a year, ``/3`` the weekday of a week, ``/+1D`` a step on, ``/week`` its
  week, ``/5#1`` a month's first Friday, ``/WE#-1`` its last weekend,
  ``/D#-1`` its last day, ``/4#1/week`` its first week (that of the first Thursday), ``/05-01`` a day of a year.
- ``BC0044``, ``BC04``, ``BC2``: a year, a century and a millennium before our era (TIMEX2's way).
- ``+TAF``, ``+T18:00``, ``+T18:00Z``, ``+T17:00-05``: a part of the day, or an hour with its zone.
"""


def without_day(base: str, parts: list[str]) -> str:
    """What the words alone say of a relative time: its TIMEX3 value while the publication day is unknown.

    >>> without_day("weekday:3:past", []), without_day("year:-1", ["Q3"])
    ('XXXX-WXX-3', 'XXXX-Q3')
    """
    name, *args = base.split(":")
    unit = args[0] if name == "same" else name
    value = {
        "weekday": f"XXXX-WXX-{args[0]}",
        "then-weekday": f"XXXX-WXX-{args[0]}",
        "month-of": f"XXXX-{int(args[0]):02d}" if args[0].isdigit() else "",
        "month-day": f"XXXX-{args[0]}",
        "season": f"XXXX-{args[0]}",
        "quarter-of": f"XXXX-Q{args[0]}",
        "half-of": f"XXXX-H{args[0]}",
        "weekend": "XXXX-WXX-WE",
        "weekend-of": "XXXX-WXX-WE",
        "day": "XXXX-XX-XX",
        "holiday": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "decade": "XXX",
        "century": "XX",
    }.get(unit)
    if value is None and name in ("shift", "then"):
        value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}[args[0][-1]]
    value = value or "XXXX"
    for part in parts:
        if part == "week":
            value = "XXXX-WXX"
        elif "#" in part:
            value = value if part.startswith("WE") else f"{value}-XX"
        elif part[0] in "+-":
            value = "XXXX-XX-XX" if part[-1] == "D" else value
        else:
            value = f"{value}-{part}"
    return value
