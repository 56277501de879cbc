"""Which statements of different articles state one fact.

In: a ``Story``. Out: facts (groups of statements), and for every pair of sentences of two articles how likely they
state one fact. Candidates come cheaply from shared words; a learned decision judges them; groups are formed by its
probabilities.
"""
