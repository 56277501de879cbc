"""A name without what stands round it."""

import re

_TRIM_FRONT = re.compile(r"^(?:[\W_]+|(?:the|The|THE|a|A|an|An|this|its|his|her|their|our|former|ex)\s+)+")
_TRIM_BACK = re.compile(r"(?:'s|'|[\s\-–—.,;:!?\"”“)\]}(\[{/&*]+)+$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Jr|Sr|Inc|Co|Ltd|Corp|St)\.$")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without articles before it, and possessives and punctuation round it."""
    front = _TRIM_FRONT.match(text[start:end])
    if front:
        start += front.end()
    while start < end:
        body = text[start:end]
        back = _TRIM_BACK.search(body)
        if not back or (_ABBREVIATION.search(body) and not body.endswith("'s")):
            break
        end = start + back.start()
    return start, end
