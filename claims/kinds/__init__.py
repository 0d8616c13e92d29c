"""One file per kind of claim, each with `find(sentence, says) -> list[Draft]`: what it asserts."""
