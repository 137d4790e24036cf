"""Checks that may take their time, in processes of their own."""
