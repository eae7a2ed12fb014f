"""Text memories of Wordfast: tables of tab-separated values, read only. Start reading at `WordfastFile`."""
