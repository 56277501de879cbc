"""Coreference: the people, places and organisations of a story under all their names.

In: the articles of a story and their marks. Out: an ``EntityIndex``: the entities, and which entity each mention,
and each phrase without a name, refers to.
"""
