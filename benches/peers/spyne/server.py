"""The two operations with spyne as a WSGI application; gunicorn runs it, and
PEER_DB names the database. Each thread has its own connection."""

import hashlib
import hmac
import os
import secrets
import sqlite3
import threading
import time

from spyne import Application, Array, Boolean, ComplexModel, Integer32, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

NAMESPACE = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx"
WRONG_LOGIN, NOT_FOUND, TAKEN = 1, 3, 4

local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["PEER_DB"], timeout=10, isolation_level=None)
        local.connection.execute("PRAGMA synchronous = FULL")
        local.connection.execute("PRAGMA wal_autocheckpoint = 32000")
    return local.connection


class SettingsRequestResult(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [
        ("Message", Unicode),
        ("RequestResults", Array(Unicode, member_name="string")),
        ("Result", Boolean(min_occurs=1)),
        ("ResultCode", Integer32(min_occurs=1)),
    ]


class UserInfoResult(ComplexModel):
    __namespace__ = NAMESPACE
    _type_info = [
        ("Message", Unicode),
        ("Result", Boolean(min_occurs=1)),
        ("ResultCode", Integer32(min_occurs=1)),
        ("UserID", Integer32(min_occurs=1)),
    ]


def hashed(salt, password):
    return f"{salt}${hashlib.sha256((salt + password).encode()).hexdigest()}"


def logs_in(name, password):
    query = "SELECT password_hash FROM users WHERE username_key = ? AND enabled"
    row = database().execute(query, [(name or "").lower()]).fetchone()
    return bool(row) and hmac.compare_digest(row[0], hashed(row[0].split("$")[0], password or ""))


class Peer(ServiceBase):
    @rpc(
        Unicode, Unicode, Unicode, Array(Unicode, member_name="string"),
        _returns=SettingsRequestResult, _out_variable_name="GetUsersPropertiesbyUsernameResult",
    )
    def GetUsersPropertiesbyUsername(ctx, authUserName, authPassword, username, requestedValues):
        if not logs_in(authUserName, authPassword):
            return SettingsRequestResult(Message="", Result=False, ResultCode=WRONG_LOGIN)
        query = "SELECT username, display_name, email, email_verified, enabled FROM users WHERE username_key = ?"
        row = database().execute(query, [(username or "").lower()]).fetchone()
        if not row:
            return SettingsRequestResult(Message="", Result=False, ResultCode=NOT_FOUND)
        flags = ["true" if flag else "false" for flag in row[3:]]
        values = dict(zip(["Username", "DisplayName", "EmailAddress", "IsEmailVerified", "Enabled"], [*row[:3], *flags]))
        results = [f"{key}={values[key]}" for key in requestedValues or [] if key in values]
        return SettingsRequestResult(Message="", RequestResults=results, Result=True, ResultCode=0)

    @rpc(
        Unicode, Unicode, Unicode, Unicode, Unicode, Boolean, Unicode,
        _returns=UserInfoResult, _out_variable_name="CreateUser2Result",
    )
    def CreateUser2(ctx, authUserName, authPassword, username, password, email, isEmailVerified, displayName):
        if not logs_in(authUserName, authPassword):
            return UserInfoResult(Message="", Result=False, ResultCode=WRONG_LOGIN, UserID=0)
        row = [
            username, username.lower(), displayName or "", email, email.lower(), int(bool(isEmailVerified)),
            hashed(secrets.token_hex(8), password), int(time.time() * 1000),
        ]
        insert = (
            "INSERT INTO users (username, username_key, display_name, email, email_key, email_verified, enabled, "
            "password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)"
        )
        try:
            made = database().execute(insert, row).lastrowid
        except sqlite3.IntegrityError:
            return UserInfoResult(Message="", Result=False, ResultCode=TAKEN, UserID=0)
        return UserInfoResult(Message="", Result=True, ResultCode=0, UserID=made)


application = WsgiApplication(
    Application([Peer], NAMESPACE, name="Peer", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())
)
