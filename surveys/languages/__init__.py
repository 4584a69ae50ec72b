"""The languages of respondents: interface words, translations of questionnaires, pages to write both."""
