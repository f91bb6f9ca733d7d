-- The search index follows what is written: it holds everybody up to `done`, and entries that are to be made anew or removed are in `search_stale`.
CREATE TABLE search_progress (done INTEGER NOT NULL) STRICT;
INSERT INTO search_progress (done) SELECT ifnull(max(id), 0) FROM user_search_docsize;
CREATE TABLE search_stale (id INTEGER PRIMARY KEY) STRICT;
