"""Which paragraphs are headings."""


def is_heading(paragraph: str, *, parts: int) -> bool:
    """Whether a paragraph looks like a heading: one short piece without final punctuation."""
    return parts == 1 and len(paragraph) <= 120 and paragraph[-1].isalnum()
