// The two operations with the npm package soap: a process for each core that share a
// port, each with its own connection to the database. `node server.js PORT DB`.

import cluster from "node:cluster";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import Database from "better-sqlite3";
import soap from "soap";

const [port, path] = process.argv.slice(2);
const code = { wrongLogin: 1, notFound: 3, taken: 4 };

function hash(salt, password) {
  return `${salt}$${createHash("sha256").update(salt + password).digest("hex")}`;
}

function handlers(database) {
  const login = database.prepare("SELECT password_hash FROM users WHERE username_key = ? AND enabled").pluck();
  const person = database.prepare(
    "SELECT username, display_name, email, email_verified, enabled FROM users WHERE username_key = ?",
  );
  const insert = database.prepare(
    "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, password_hash, created_at) " +
      "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)",
  );
  const logsIn = (call) => {
    const stored = login.get(String(call.authUserName).toLowerCase());
    if (!stored) return false;
    const computed = hash(stored.split("$")[0], String(call.authPassword));
    return stored.length === computed.length && timingSafeEqual(Buffer.from(stored), Buffer.from(computed));
  };
  return {
    GetUsersPropertiesbyUsername(call) {
      const answer = (rest) => ({ GetUsersPropertiesbyUsernameResult: { Message: "", ...rest } });
      if (!logsIn(call)) return answer({ Result: false, ResultCode: code.wrongLogin });
      const row = person.get(String(call.username).toLowerCase());
      if (!row) return answer({ Result: false, ResultCode: code.notFound });
      const values = {
        Username: row.username,
        DisplayName: row.display_name,
        EmailAddress: row.email,
        IsEmailVerified: row.email_verified === 1,
        Enabled: row.enabled === 1,
      };
      const wanted = [call.requestedValues?.string ?? []].flat();
      const string = wanted.filter((key) => key in values).map((key) => `${key}=${values[key]}`);
      return answer({ RequestResults: { string }, Result: true, ResultCode: 0 });
    },
    CreateUser2(call) {
      const answer = (rest) => ({ CreateUser2Result: { Message: "", ...rest } });
      if (!logsIn(call)) return answer({ Result: false, ResultCode: code.wrongLogin, UserID: 0 });
      const hashed = hash(randomBytes(8).toString("hex"), String(call.password));
      const [name, email] = [String(call.username), String(call.email)];
      try {
        const verified = call.isEmailVerified ? 1 : 0;
        const row = [name, name.toLowerCase(), String(call.displayName), email, email.toLowerCase(), verified, hashed, Date.now()];
        return answer({ Result: true, ResultCode: 0, UserID: Number(insert.run(row).lastInsertRowid) });
      } catch (error) {
        if (error.code !== "SQLITE_CONSTRAINT_UNIQUE") throw error;
        return answer({ Result: false, ResultCode: code.taken, UserID: 0 });
      }
    },
  };
}

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); i += 1) cluster.fork();
} else {
  const database = new Database(path, { timeout: 10000 });
  database.pragma("synchronous = FULL");
  database.pragma("wal_autocheckpoint = 32000");
  const server = createServer((_, response) => response.writeHead(404).end());
  server.keepAliveTimeout = 60000;
  server.listen(Number(port), "127.0.0.1");
  const wsdl = readFileSync(new URL("../peer.wsdl", import.meta.url), "utf8");
  soap.listen(server, "/Services2/svcOrganization.asmx", { Peer: { PeerSoap: handlers(database) } }, wsdl);
}
