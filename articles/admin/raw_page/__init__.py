"""The admin of raw pages: upload, review of the parsed page, drafts."""
