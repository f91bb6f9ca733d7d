-- Lists of people: the rank of each, what sorts and filters walk along, and the search index.

-- The highest role: 0 end user, 1 custom employee roles only, 2 agent, 3 manager, 4 administrator. It follows the roles by itself.
ALTER TABLE users ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;

CREATE VIEW ranks (user_id, rank) AS
    SELECT user_id, max(CASE role_id WHEN 6 THEN 4 WHEN 5 THEN 3 WHEN 4 THEN 2 ELSE employee END)
    FROM user_roles JOIN roles ON id = role_id GROUP BY user_id;

UPDATE users SET rank = ranks.rank FROM ranks WHERE user_id = id;

CREATE TRIGGER rank_after_giving AFTER INSERT ON user_roles BEGIN
    UPDATE users SET rank = (SELECT rank FROM ranks WHERE user_id = new.user_id)
        WHERE id = new.user_id AND rank <> (SELECT rank FROM ranks WHERE user_id = new.user_id);
END;
CREATE TRIGGER rank_after_taking AFTER DELETE ON user_roles BEGIN
    UPDATE users SET rank = ifnull((SELECT rank FROM ranks WHERE user_id = old.user_id), 0)
        WHERE id = old.user_id AND rank <> ifnull((SELECT rank FROM ranks WHERE user_id = old.user_id), 0);
END;

-- Each creation pays for these two; both grow at their ends.
CREATE INDEX users_by_verified ON users (email_verified);
CREATE INDEX users_by_last_login ON users (last_login);

-- Few people are employees, and few are disabled: only these pay. SQLite uses such an index only for its very condition.
CREATE INDEX employees_by_id ON users (id) WHERE rank <> 0;
CREATE INDEX employees_by_username ON users (username_key) WHERE rank <> 0;
CREATE INDEX employees_by_email ON users (email_key) WHERE rank <> 0;
CREATE INDEX employees_by_rank ON users (rank) WHERE rank <> 0;
CREATE INDEX employees_by_last_login ON users (last_login) WHERE rank <> 0;
CREATE INDEX disabled_by_id ON users (id) WHERE enabled = 0;
CREATE INDEX disabled_by_username ON users (username_key) WHERE enabled = 0;

-- Which three characters stand side by side in the comparison keys of user name, display name and e-mail address. It holds no texts.
CREATE VIRTUAL TABLE user_search USING fts5
    (keys, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
-- Merging pieces by eights instead of by fours makes creations among a million people cheaper, and searches hardly dearer.
INSERT INTO user_search (user_search, rank) VALUES ('automerge', 8);
