"""The signature: one line that names every choice and version behind a result.

It goes into the bitext, the TMX and TEI headers, the foot of the review page and every score, in the manner of
sacreBLEU (Post 2018, "A Call for Clarity in Reporting BLEU Scores").
"""

from __future__ import annotations

import datetime
import os


def signature(**choices: str | int | float | bool) -> str:
    """Join choices to one line, in the order given; separators inside values are replaced.

    >>> signature(aligner="0.1.0", srx="fr-1 en-1", beam=2)
    'aligner:0.1.0|srx:fr-1 en-1|beam:2'
    """
    # a bar or a line end in a value, such as a file's name, would end its field
    plain = {name: str(value).replace("|", "/").replace("\n", " ") for name, value in choices.items()}
    return "|".join(f"{name}:{value}" for name, value in plain.items())


def now() -> str:
    """UTC to the second, ISO 8601; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = (
        datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        if epoch.isdigit()
        else datetime.datetime.now(datetime.UTC)
    )
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
