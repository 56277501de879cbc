"""Where articles contradict each other.

In: a ``Story`` and its facts. Out: conflicts, each one question with the readings that exclude each other, every
reading with its words.
"""
