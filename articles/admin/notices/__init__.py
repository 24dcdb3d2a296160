"""提醒 (notices): what a member wants to be told, and what could not be sent."""
