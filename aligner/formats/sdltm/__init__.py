"""Memories of Trados Studio: SQLite databases, read only. Start reading at `SdltmFile`."""
