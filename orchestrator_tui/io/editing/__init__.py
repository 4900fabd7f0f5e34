"""Changing facts in the files of a mission, beside any number of other writers.

What happens when two write at once: those who ask wait for each other (`locks`). Of those who do
not, `commit` looks at what it really replaced (`exchange`), and steps back where that is not what
it had read; `open_writers` are waited for; `leftovers` finds what nobody has seen, also after a
writer died (`intents`, `drafts`), and merges it (`unseen`). `points` are where tests interrupt.

What changes in a mission: `present` is the mission as it is (`left_out`: without its broken parts),
`home` is the part in which a fact belongs, and `planned` is what edits make of it; `preview` shows
that as a diff.

What changes in a text: `text_edit` makes `steps` of edits, each in one of the `excerpts` of the
`lines`, by a syntax tree (`tree_edit`, `tree_removal`, `tree_values`, `scalars`); the `proof` is
that what is read back means (`meaning`) what was meant. `differences` goes the other way.
"""
