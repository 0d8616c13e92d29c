"""Articles from outside: files, folders, standard input, JSON lines and web pages."""
