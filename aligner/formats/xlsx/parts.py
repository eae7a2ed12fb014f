"""The parts of the archive that are always the same."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

BITEXT, DOCUMENTS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"

_TYPES = f"""{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/{BITEXT}" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/{DOCUMENTS}" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>
"""
_ROOT = f"""{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>
"""
_WORKBOOK = f"""{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>
<sheet name="bitext" sheetId="1" r:id="rId1"/>
<sheet name="documents" sheetId="2" r:id="rId2"/>
</sheets></workbook>
"""
_SHEETS = f"""{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>
<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/>
</Relationships>
"""
# Style 1: text (format 49, "@"), wrapped, at the top of its cell. Style 2: the same in bold.
_STYLES = f"""{_DECLARATION}<styleSheet xmlns="{MAIN}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>
"""
FIXED = {
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _ROOT,
    "xl/workbook.xml": _WORKBOOK,
    "xl/_rels/workbook.xml.rels": _SHEETS,
    "xl/styles.xml": _STYLES,
}
"""Every other part by its name."""
