"""What a reader is shown of a story: quotations in all their forms, timeline, coverage, wording.

In: a ``Story`` and its facts. Out: the records of the dossier.
"""
