"""What is done to a text before and after the model, so that nothing in it is damaged.

Comes in: a text, or the model's output. Goes out: the same with what the model must not touch set aside or put back:
addresses, markup, list marks, hours, names, ordinals, separators. Start reading at `aligner.translate.protect.fold`.
"""
