"""From text to segments: strings only, no models, no files but the packaged rules.

    text ──segment──▶ [Segment]        rules from SRX 2.0 files, the packaged one or a CAT tool's (`load_srx`)

Start reading at `segmenter.segment`; how rules are executed is told in `breaks`.
"""

from aligner.text.segmenter import line_layout, segment
from aligner.text.srx import Srx, builtin_srx, load_srx

__all__ = ["Srx", "builtin_srx", "line_layout", "load_srx", "segment"]
