// The two operations as an ASMX service, in the manner of the server that asmxd takes the
// place of. Each thread has its own connection to the database, whose name is in PEER_DB.

using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Web.Services;
using Mono.Data.Sqlite;

public class SettingsRequestResult
{
    public string Message = "";
    public string[] RequestResults;
    public bool Result;
    public int ResultCode;
}

public class UserInfoResult
{
    public string Message = "";
    public bool Result;
    public int ResultCode;
    public int UserID;
}

[WebService(Namespace = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx")]
public class Peer : WebService
{
    const int WrongLogin = 1, NotFound = 3, Taken = 4;

    [ThreadStatic] static Kept kept;

    static Kept Mine
    {
        get { return kept ?? (kept = new Kept()); }
    }

    // A connection with its statements.
    class Kept
    {
        public readonly SqliteConnection Connection;
        public readonly SqliteCommand Login, Person, Insert;

        public Kept()
        {
            var path = Environment.GetEnvironmentVariable("PEER_DB");
            Connection = new SqliteConnection("URI=file:" + path + ";Default Timeout=10;Synchronous=Full;Journal Mode=Wal");
            Connection.Open();
            Command("PRAGMA wal_autocheckpoint = 32000", 0).ExecuteNonQuery();
            Login = Command("SELECT password_hash FROM users WHERE username_key = ? AND enabled", 1);
            Person = Command(
                "SELECT username, display_name, email, email_verified, enabled FROM users WHERE username_key = ?", 1);
            Insert = Command(
                "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, "
                + "password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?); SELECT last_insert_rowid()", 8);
        }

        SqliteCommand Command(string sql, int parameters)
        {
            var command = new SqliteCommand(sql, Connection);
            for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter());
            command.Prepare();
            return command;
        }
    }

    static SqliteCommand With(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
    }

    static string Hex(byte[] bytes)
    {
        return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
    }

    static string Hashed(string salt, string password)
    {
        using (var sha = SHA256.Create()) return salt + "$" + Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(salt + password)));
    }

    static bool LogsIn(string name, string password)
    {
        var stored = (string)With(Mine.Login, (name ?? "").ToLowerInvariant()).ExecuteScalar();
        if (stored == null) return false;
        var computed = Hashed(stored.Split('$')[0], password ?? "");
        var differs = stored.Length ^ computed.Length;
        for (var i = 0; i < stored.Length && i < computed.Length; i++) differs |= stored[i] ^ computed[i];
        return differs == 0;
    }

    [WebMethod]
    public SettingsRequestResult GetUsersPropertiesbyUsername(
        string authUserName, string authPassword, string username, string[] requestedValues)
    {
        if (!LogsIn(authUserName, authPassword)) return new SettingsRequestResult { ResultCode = WrongLogin };
        var values = new Dictionary<string, string>();
        using (var row = With(Mine.Person, (username ?? "").ToLowerInvariant()).ExecuteReader())
        {
            if (!row.Read()) return new SettingsRequestResult { ResultCode = NotFound };
            values["Username"] = row.GetString(0);
            values["DisplayName"] = row.GetString(1);
            values["EmailAddress"] = row.GetString(2);
            values["IsEmailVerified"] = row.GetInt32(3) != 0 ? "true" : "false";
            values["Enabled"] = row.GetInt32(4) != 0 ? "true" : "false";
        }
        var results = new List<string>();
        string value;
        foreach (var key in requestedValues ?? new string[0])
            if (values.TryGetValue(key, out value)) results.Add(key + "=" + value);
        return new SettingsRequestResult { RequestResults = results.ToArray(), Result = true };
    }

    [WebMethod]
    public UserInfoResult CreateUser2(
        string authUserName, string authPassword, string username, string password, string email, bool isEmailVerified,
        string displayName)
    {
        if (!LogsIn(authUserName, authPassword)) return new UserInfoResult { ResultCode = WrongLogin };
        var salt = new byte[8];
        using (var random = RandomNumberGenerator.Create()) random.GetBytes(salt);
        var now = (long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalMilliseconds;
        var insert = With(
            Mine.Insert, username, username.ToLowerInvariant(), displayName ?? "", email, email.ToLowerInvariant(),
            isEmailVerified ? 1 : 0, Hashed(Hex(salt), password), now);
        try
        {
            return new UserInfoResult { Result = true, UserID = (int)(long)insert.ExecuteScalar() };
        }
        catch (SqliteException error)
        {
            if (error.ErrorCode != SQLiteErrorCode.Constraint) throw;
            return new UserInfoResult { ResultCode = Taken };
        }
    }
}
