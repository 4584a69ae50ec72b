"""Spreadsheets of the follow-up: what comes in is read, checked and confirmed; what goes out opens anywhere."""
