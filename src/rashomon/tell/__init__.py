"""From an alignment to an account: title, when, where, and a summary whose every sentence is cited."""

from rashomon.tell.story import VERSION, tell_story

__all__ = ["VERSION", "tell_story"]
