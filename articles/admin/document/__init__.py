"""The admin of source documents: upload, preview, drafts, the files themselves."""
