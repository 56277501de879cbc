"""What was tried on the public sets and is measured by ``make gate``, but is no part of the product.

``event_mentions``, ``event_chains``: which words of a story tell one event (ECB+). ``statement_relations``: whether one
statement strengthens or weakens another (ClaimDiff). ``entity_history``: what one entity does, in order of time
(timelines of SemEval 2015). ``pair_weights``: the weights of the first two, made by ``scripts/fit_pairs.py``.
"""
