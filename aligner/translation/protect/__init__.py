"""What is done to a text before and after the model, so that nothing in it is damaged.

Comes in: a text, or the model's output. Goes out: the same as the model likes it, or as the reader does. Two tables
say what is done, in order: `aligner.translation.protect.preparations` and `aligner.translation.protect.repairs`;
`steps` takes from them what is for a pair of languages. The other files find what must stay as it is.
"""
