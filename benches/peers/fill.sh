#!/usr/bin/env bash
# Makes a peer's database: `fill.sh DB PEOPLE`. The people have the same ids, names
# and password (ASMXD_ADMIN_PASSWORD) as those of `examples/fill.rs`.
set -euo pipefail

database=$1
people=$2
salt=0123456789abcdef
hash=$salt\$$(printf '%s%s' "$salt" "$ASMXD_ADMIN_PASSWORD" | sha256sum | cut -d' ' -f1)

rm -f "$database" "$database-wal" "$database-shm"
sqlite3 "$database" <"$(dirname "${BASH_SOURCE[0]}")/schema.sql" >/dev/null
sqlite3 "$database" <<SQL
WITH RECURSIVE n(id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n LIMIT $people),
    people AS (SELECT id, printf('person-%08x', id * 0x9E3779B1 & 0xFFFFFFFF) AS name FROM n)
INSERT INTO users SELECT id, name, name, 'Displayed ' || name, name || '@example.org', name || '@example.org', 1, 1, '$hash', 0
FROM people;
PRAGMA wal_checkpoint(TRUNCATE);
SQL
