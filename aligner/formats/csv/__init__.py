"""The table of pairs with commas, for spreadsheets that open such a file at once; read as TSV is.

Start reading at `aligner.formats.csv.write`; the columns are those of `aligner.formats.tsv.write`.
"""
