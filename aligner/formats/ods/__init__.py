"""ODS, the spreadsheet of OpenDocument: read only, as LibreOffice saves our XLSX table, or any table of pairs.

The file itself holds the text that every cell shows. Start reading at `aligner.formats.ods.read`.
"""
