"""Accounts, sessions, memberships, rights."""
