"""Statements made comparable.

In: the marks of a story's articles and its entities. Out: a ``Story``: every statement with its words, arguments, time,
place and numbers in the forms that matching compares, and the sentences it stands in.
"""
