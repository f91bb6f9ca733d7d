// What every part of the story needs: the services in one version of SOAP, answers
// that are judged at once, checks that are counted, and the names and values that are
// used. The first check that fails is thrown as one sentence that tells what was
// expected and what was seen.

#pragma once

#include "services.h" // All generated headers; first, since it is compiled beforehand.

#include <QString>
#include <QStringList>

enum Code {
    Success = 0,
    AuthenticationFailed = 1,
    NotFound = 3,
    AlreadyExists = 4,
    InvalidValue = 5,
    RuleBroken = 6,
};

constexpr int AGENT = 4;
constexpr char PASSWORD[] = "Story-Pass-2026";
constexpr char ROUND_TRIP[] = "Zoë <&> \"O'Neil\" 日本";

struct Failed {
    QString sentence;
};

class Checks {
public:
    explicit Checks(const QString &label) : label(label) { }

    template <class T> void equal(const QString &what, const T &expected, const T &seen)
    {
        holds(what, text(expected), expected == seen, text(seen));
    }

    void holds(const QString &what, const QString &wanted, bool condition, const QString &seen);

    QString label;
    int passed = 0;

private:
    static QString text(const QString &value) { return '"' + value + '"'; }
    static QString text(const QStringList &values) { return '[' + values.join(", ") + ']'; }
    static QString text(const QList<int> &values);
    static QString text(double value) { return QString::number(value); }
};

class Caller {
public:
    Caller(const QString &base, int version, const QString &name, const QString &password);

    // The request of an operation, as the administrator.
    template <class Request> Request as_administrator() const
    {
        Request request;
        request.setAuthUserName(name);
        request.setAuthPassword(password);
        return request;
    }

    // An answer of a service; its outcome has to be `code`, because of just these fields.
    template <class Service, class Answer>
    Answer judged(const QString &operation, Service &service, const Answer &answer,
        Code code, const QStringList &fields)
    {
        checks.equal("error of " + operation, QString(), service.lastError());
        checks.equal("ResultCode of " + operation + " (" + answer.message() + ")", int(code), answer.resultCode());
        checks.equal("Result of " + operation, code == Success, answer.result());
        if constexpr (requires { answer.errors(); }) {
            QStringList seen;
            for (const auto &error : answer.errors().fieldError()) {
                seen += error.field();
                checks.equal("Code of " + error.field(), int(code), error.code());
            }
            checks.equal("Errors of " + operation, fields, seen);
        }
        return answer;
    }

    // A service answers an operation that it does not have with a fault.
    void unknown_operation(KDSoapClientInterface *service, const QString &name_space);

    Checks checks;
    Organization::SvcOrganization organization;
    Structure::SvcStructure structure;
    Accounts::SvcAccounts accounts;
    const QString name;
    const QString password;
    const QString unique; // No one else has this in a name.

private:
    const int version;
};

// Calls an operation of a service with its request; fields may follow the code.
#define ANSWER(caller, service, operation, request, code, ...)                                          \
    (caller).judged(#operation, (caller).service, (caller).service.operation(request).operation##Result(), \
        code, QStringList {__VA_ARGS__})

// A list as the services take it, of a generated type.
template <class List> List strings(const QStringList &items)
{
    List list;
    list.setString(items);
    return list;
}

template <class List> List shorts(const QList<int> &items)
{
    List list;
    list.setShort(items);
    return list;
}

void people(Caller &caller);
void desk(Caller &caller);
void accounts(Caller &caller);
