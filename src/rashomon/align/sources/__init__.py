"""Where articles have their words from.

In: articles, their credits and the passages they have in common. Out: derivations (who printed whose words), and
for any statements the independent origins behind them.
"""
