"""Proof under fire: what "never a half-written file, never lost work" comes to, as numbers from one command.

    make soak                                  every family, 20 minutes, docs/reliability.md
    python -m tests.soak --seed 7 --minutes 5  shorter, with another seed; the same command goes on where it was stopped
    python -m tests.soak --seed 7 --only kills --case 12        one case again, with its fault in full

A family is a list of numbered cases. Everything a case does follows from the seed, the family and the number, so that
a fault can be seen again (but for the moment at which a process is killed: the clock of a busy machine has a say in
it). Start reading at `tests.soak.trial`; the families are in `tests.soak.families`.
"""
