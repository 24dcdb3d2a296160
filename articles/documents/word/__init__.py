"""From a .docx file to its accepted text as HTML and pictures. No Django here."""
