"""Pages that hold no article but a check of the visitor, a refusal or an error."""

import re

from rashomon.read.words import word_list

# Words up to which a text may be nothing but such a notice; articles about them are longer.
_NOTICE_WORDS = 150


def is_blocked(title: str | None, text: str) -> bool:
    """Whether a page says that it holds something back, and nothing else.

    >>> is_blocked("Just a moment...", "Verify you are human by completing the action below.")
    True
    """
    if len(text.split()) > _NOTICE_WORDS:
        return False
    words = (
        " "
        + " ".join(re.findall(r"[a-z0-9]+", f"{title or ''} {text}".lower().replace("’", "").replace("'", "")))
        + " "
    )
    found = [phrase for phrase in word_list("blocked.txt") if f" {phrase} " in words]
    headed = [
        phrase
        for phrase in found
        if f" {phrase} " in " " + " ".join(re.findall(r"[a-z0-9]+", (title or "").lower())) + " "
    ]
    covered = sum(len(phrase.split()) for phrase in found)
    return bool(found) and (len(found) > 1 or bool(headed) or covered * 4 >= len(words.split()))
