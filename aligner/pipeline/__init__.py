"""The whole job: documents in, bitexts and exports out. The library's front door.

    >>> from aligner.pipeline import run                                                      # doctest: +SKIP
    >>> report = run(Project(Path("corpus"), Path(".")), RunOptions())                        # doctest: +SKIP

`plan` decides for each document what there is to do, `work` does it for a group of documents at a time, `publish`
brings the exports up to date, and `run` ties them together. `leftover`, `renamed` and `prune` see to documents whose
sources were deleted or renamed. Start reading at `run.run`.
"""

from aligner.pipeline.report import Outcome, Report
from aligner.pipeline.run import run

__all__ = ["Outcome", "Report", "run"]
