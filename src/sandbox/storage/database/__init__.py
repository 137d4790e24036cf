"""Records in a database: a file of SQLite, or PostgreSQL."""
