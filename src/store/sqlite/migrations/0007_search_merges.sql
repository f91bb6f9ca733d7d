-- Pieces of the search index are merged by eights as before, but by the program, a little at a time.
INSERT INTO user_search (user_search, rank) VALUES ('automerge', 0);
INSERT INTO user_search (user_search, rank) VALUES ('usermerge', 8);
