/* The two operations with gSOAP: a thread for each kept connection with a reading
   connection of its own, and one writing connection behind a mutex, with a durable
   insert each. `server PORT DB`. */
#include "PeerSoap.nsmap"
#include "soapH.h"
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/random.h>

enum { OK = 0, WRONG_LOGIN = 1, NOT_FOUND = 3, TAKEN = 4, BROKEN = 9 };
enum { SALT = 16, HEX = 2 * SHA256_DIGEST_LENGTH };

typedef struct organization__ArrayOfString strings;

/* What a thread keeps for its connection. */
struct session {
  sqlite3 *db;
  sqlite3_stmt *login, *person;
};

static const char *path;
static sqlite3 *writer;
static sqlite3_stmt *insert;
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

static void must(int good, const char *what) {
  if (!good) {
    fprintf(stderr, "gsoap peer: %s\n", what);
    exit(1);
  }
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK, sqlite3_errmsg(db));
  return statement;
}

static sqlite3 *open_database(void) {
  sqlite3 *db;
  must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, "the database cannot be opened");
  sqlite3_busy_timeout(db, 10000);
  sqlite3_exec(db, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 32000", NULL, NULL, NULL);
  return db;
}

/* A name's comparison key; ASCII is enough for what is measured. */
static char *key_of(struct soap *soap, const char *name) {
  char *key = soap_strdup(soap, name ? name : "");
  for (char *c = key; *c; c++)
    if (*c >= 'A' && *c <= 'Z')
      *c += 'a' - 'A';
  return key;
}

/* Writes salt, $ and hash into TO, which has room for SALT + HEX + 2. */
static void hash(const char *salt, const char *password, char *to) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, salt, SALT);
  SHA256_Update(&context, password, strlen(password));
  SHA256_Final(digest, &context);
  memcpy(to, salt, SALT);
  to[SALT] = '$';
  for (int i = 0; i < SHA256_DIGEST_LENGTH; i++)
    sprintf(to + SALT + 1 + 2 * i, "%02x", digest[i]);
}

static int logs_in(struct soap *soap, const char *name, const char *password) {
  sqlite3_stmt *login = ((struct session *)soap->user)->login;
  char computed[SALT + HEX + 2];
  int good = 0;
  sqlite3_bind_text(login, 1, key_of(soap, name), -1, SQLITE_STATIC);
  if (sqlite3_step(login) == SQLITE_ROW && sqlite3_column_bytes(login, 0) == SALT + 1 + HEX) {
    const char *stored = (const char *)sqlite3_column_text(login, 0);
    hash(stored, password ? password : "", computed);
    good = CRYPTO_memcmp(stored, computed, SALT + 1 + HEX) == 0;
  }
  sqlite3_reset(login);
  return good;
}

static char *pair(struct soap *soap, const char *name, const char *value) {
  char *text = soap_malloc(soap, strlen(name) + strlen(value) + 2);
  sprintf(text, "%s=%s", name, value);
  return text;
}

static strings *properties(struct soap *soap, sqlite3_stmt *person, const strings *wanted) {
  static const char *const names[] = {"Username", "DisplayName", "EmailAddress", "IsEmailVerified", "Enabled"};
  strings *found = soap_new_organization__ArrayOfString(soap, 1);
  int most = wanted ? wanted->__sizestring : 0;
  found->string = soap_malloc(soap, (most + 1) * sizeof(char *));
  for (int i = 0; i < most; i++)
    for (int column = 0; column < 5; column++)
      if (wanted->string[i] && !strcmp(wanted->string[i], names[column])) {
        const char *value = column < 3 ? (const char *)sqlite3_column_text(person, column)
                                       : (sqlite3_column_int(person, column) ? "true" : "false");
        found->string[found->__sizestring++] = pair(soap, names[column], value);
      }
  return found;
}

int __organization__GetUsersPropertiesbyUsername(
    struct soap *soap, struct _organization__GetUsersPropertiesbyUsername *call,
    struct _organization__GetUsersPropertiesbyUsernameResponse *response) {
  struct organization__SettingsRequestResult *result = soap_new_organization__SettingsRequestResult(soap, 1);
  sqlite3_stmt *person = ((struct session *)soap->user)->person;
  response->GetUsersPropertiesbyUsernameResult = result;
  result->Message = "";
  if (!logs_in(soap, call->authUserName, call->authPassword)) {
    result->ResultCode = WRONG_LOGIN;
    return SOAP_OK;
  }
  sqlite3_bind_text(person, 1, key_of(soap, call->username), -1, SQLITE_STATIC);
  if (sqlite3_step(person) == SQLITE_ROW) {
    result->RequestResults = properties(soap, person, call->requestedValues);
    result->Result = xsd__boolean__true_;
  } else {
    result->ResultCode = NOT_FOUND;
  }
  sqlite3_reset(person);
  return SOAP_OK;
}

static void put(int place, const char *text) {
  sqlite3_bind_text(insert, place, text ? text : "", -1, SQLITE_STATIC);
}

int __organization__CreateUser2(struct soap *soap, struct _organization__CreateUser2 *call,
                                struct _organization__CreateUser2Response *response) {
  struct organization__UserInfoResult *result = soap_new_organization__UserInfoResult(soap, 1);
  unsigned char random[SALT / 2];
  char salt[SALT + 1], hashed[SALT + HEX + 2];
  int outcome;
  response->CreateUser2Result = result;
  result->Message = "";
  if (!logs_in(soap, call->authUserName, call->authPassword)) {
    result->ResultCode = WRONG_LOGIN;
    return SOAP_OK;
  }
  must(getrandom(random, sizeof random, 0) == sizeof random, "no random bytes");
  for (int i = 0; i < SALT / 2; i++)
    sprintf(salt + 2 * i, "%02x", random[i]);
  hash(salt, call->password ? call->password : "", hashed);
  pthread_mutex_lock(&writing);
  put(1, call->username);
  put(2, key_of(soap, call->username));
  put(3, call->displayName);
  put(4, call->email);
  put(5, key_of(soap, call->email));
  sqlite3_bind_int(insert, 6, call->isEmailVerified);
  put(7, hashed);
  sqlite3_step(insert);
  outcome = sqlite3_reset(insert);
  result->UserID = outcome == SQLITE_OK ? (int)sqlite3_last_insert_rowid(writer) : 0;
  pthread_mutex_unlock(&writing);
  result->Result = outcome == SQLITE_OK;
  result->ResultCode = outcome == SQLITE_OK ? OK : outcome == SQLITE_CONSTRAINT ? TAKEN : BROKEN;
  return SOAP_OK;
}

static void *serve(void *connection) {
  struct soap *soap = connection;
  struct session session;
  session.db = open_database();
  session.login = prepare(session.db, "SELECT password_hash FROM users WHERE username_key = ?1 AND enabled");
  session.person =
      prepare(session.db, "SELECT username, display_name, email, email_verified, enabled FROM users WHERE username_key = ?1");
  soap->user = &session;
  soap_serve(soap);
  sqlite3_finalize(session.login);
  sqlite3_finalize(session.person);
  sqlite3_close(session.db);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
  return NULL;
}

int main(int count, char **arguments) {
  struct soap listener;
  must(count == 3, "expected PORT and DB");
  path = arguments[2];
  signal(SIGPIPE, SIG_IGN);
  writer = open_database();
  insert = prepare(writer, "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, "
                           "password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, unixepoch() * 1000)");
  soap_init2(&listener, SOAP_IO_KEEPALIVE | SOAP_C_UTFSTRING, SOAP_IO_KEEPALIVE | SOAP_C_UTFSTRING);
  listener.max_keep_alive = 1000000000;
  listener.bind_flags = SO_REUSEADDR;
  must(soap_valid_socket(soap_bind(&listener, "127.0.0.1", atoi(arguments[1]), 1024)), "the port is taken");
  while (soap_valid_socket(soap_accept(&listener))) {
    pthread_t thread;
    struct soap *connection = soap_copy(&listener);
    must(connection && !pthread_create(&thread, NULL, serve, connection), "no thread");
    pthread_detach(thread);
  }
  return 1;
}
