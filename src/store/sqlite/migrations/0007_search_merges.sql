-- Pieces of the search index are merged by eights as before, but a little after each block of new people instead of much at a time.
INSERT INTO user_search (user_search, rank) VALUES ('automerge', 0);
INSERT INTO user_search (user_search, rank) VALUES ('usermerge', 8);
