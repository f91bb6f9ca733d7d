#include "caller.h"

#include <QCoreApplication>
#include <QRandomGenerator>

void Checks::holds(const QString &what, const QString &wanted, bool condition, const QString &seen)
{
    if (!condition)
        throw Failed {label + ": " + what + ": expected " + wanted + ", saw " + seen + "."};
    passed++;
}

QString Checks::text(const QList<int> &values)
{
    QStringList texts;
    for (int value : values)
        texts += QString::number(value);
    return text(texts);
}

static QString random_name(int version)
{
    return QString("kdsoap-soap%1-%2-%3")
        .arg(version)
        .arg(QCoreApplication::applicationPid())
        .arg(QRandomGenerator::system()->generate(), 8, 16, QChar('0'));
}

Caller::Caller(const QString &base, int version, const QString &name, const QString &password)
    : checks(QString("kdsoap, SOAP 1.%1").arg(version))
    , name(name)
    , password(password)
    , unique(random_name(version))
    , version(version)
{
    auto soap = version == 1 ? KDSoapClientInterface::SOAP1_1 : KDSoapClientInterface::SOAP1_2;
    auto prepare = [&](auto &service, const QString &file) {
        service.setEndPoint(base + "/Services2/" + file);
        service.setSoapVersion(soap);
    };
    prepare(organization, "svcOrganization.asmx");
    prepare(structure, "svcStructure.asmx");
    prepare(accounts, "svcAccounts.asmx");
}

void Caller::unknown_operation(KDSoapClientInterface *service, const QString &name_space)
{
    auto reply = service->call("NoSuchOperation", KDSoapMessage(), name_space + "/NoSuchOperation");
    checks.holds("an unknown operation", "a fault", reply.isFault(), "none");
    auto parts = reply.childValues();
    auto code = version == 1 ? parts.child("faultcode") : parts.child("Code").childValues().child("Value");
    checks.equal("code of its fault", QString(version == 1 ? "soap:Client" : "soap:Sender"), code.value().toString());
}
