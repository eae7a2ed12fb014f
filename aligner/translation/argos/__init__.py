"""The engine: texts through a model of an Argos package, tried again where the output is at fault.

Comes in: texts. Goes out: a `Rendering` for each. `plan` cuts a text into tasks, `decoder` runs the model, `faults`
judges the output, `task` decides what to try next. Start reading at `aligner.translation.argos.engine`.
"""
