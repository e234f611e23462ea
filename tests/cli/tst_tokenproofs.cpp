// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SD-JWTs and DPoP proofs in `token verify` and `token decode` from outside: published ones, exact words and
// exit status.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenProofs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void verifiesASdJwt();
    void decodesASdJwt();
    void verifiesADpopProof();
    void needsTheWholeRequest();
    void takesNoEmptyAccessToken();
    void namesPaseto();

private:
    QTemporaryDir m_folder;
    QString m_key;
    QString m_sdJwt;
    QString m_proof;
};

void TestTokenProofs::initTestCase()
{
    const auto issued = json::parse(data("sd-jwt/generated.json"));
    QVERIFY_RESULT(issued);
    const json::Value vector = issued->root().items().at(1);
    QCOMPARE(vector.find("id")->string(), std::string("array_full_sd"));
    m_sdJwt = QString::fromStdString(vector.find("presentation")->string());
    QFile file(m_folder.filePath(QStringLiteral("issuer.jwk")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::string key(vector.find("issuer_jwk")->items().front().text());
    file.write(key.data(), static_cast<qint64>(key.size()));
    m_key = file.fileName();
    const auto standard = json::parse(data("rfc-appendix/rfc-appendix.json"));
    QVERIFY_RESULT(standard);
    for (const json::Value& entry : standard->root().items())
        if (entry.find("kind")->string() == "dpop-proof")
            m_proof = QString::fromStdString(entry.find("token")->string());
}

void TestTokenProofs::verifiesASdJwt()
{
    const QStringList verify = words("token verify --at 1700000000 --key") + QStringList{m_key, m_sdJwt};
    const CommandResult good = runCommand(verify);
    QCOMPARE(good.status, 0);
    QVERIFY2(good.out.starts_with("verified\n"), good.out.c_str());
    QVERIFY2(good.out.find("\nDisclosed\n  is_over.18  false\n") != std::string::npos, good.out.c_str());
    const auto document = json::parse(runCommand(verify + words("--json")).out);
    QVERIFY_RESULT(document);
    QCOMPARE(std::string(document->root().find("claims")->find("is_over")->find("18")->text()),
             std::string("false"));
    QCOMPARE(document->root().find("sd_jwt")->find("disclosures")->size(), std::size_t(1));
    // One character of a disclosure changed: it is no longer the issuer's.
    QStringList changed = verify;
    changed.last().replace(changed.last().size() - 4, 1, QStringLiteral("Y"));
    QCOMPARE(runCommand(changed).status, 1);
    QCOMPARE(runCommand(verify + words("--nonce n")).status, 1);
}

void TestTokenProofs::decodesASdJwt()
{
    const CommandResult shown = runCommand(words("token decode") + QStringList{m_sdJwt});
    QCOMPARE(shown.status, 0);
    QVERIFY2(shown.out.starts_with(m_sdJwt.toStdString() + "\n"), shown.out.c_str());
    QVERIFY2(shown.out.find("  is_over.18  false\n") != std::string::npos, shown.out.c_str());
    QVERIFY(shown.out.find("verified") == std::string::npos);
    QCOMPARE(runCommand(words("token decode") + QStringList{m_sdJwt + u"!~"_qs}).status, 1);
}

void TestTokenProofs::verifiesADpopProof()
{
    // RFC 9449 §4.1, Fig. 1 and 2.
    const QStringList verify = words("token verify --at 1562262620 --htm POST --htu") +
                               QStringList{u"https://server.example.com/token"_qs, m_proof};
    const CommandResult good = runCommand(verify);
    QCOMPARE(good.err, std::string());
    QCOMPARE(good.status, 0);
    QVERIFY2(good.out.find("EC P-256 public key (the proof's own jwk)") != std::string::npos,
             good.out.c_str());
    const CommandResult bound = runCommand(verify + words("--access-token abc.def"));
    QCOMPARE(bound.status, 1);
    QVERIFY2(bound.out.starts_with("rejected by policy: the proof names no access token (ath)\n"),
             bound.out.c_str());
    QStringList late = verify;
    late.replaceInStrings(QStringLiteral("1562262620"), QStringLiteral("1562263620"));
    QVERIFY(runCommand(late).out.starts_with("expired: made 17 min ago"));
    QCOMPARE(runCommand(late + words("--leeway 1000")).status, 0);
}

void TestTokenProofs::needsTheWholeRequest()
{
    const CommandResult half =
        runCommand(words("token verify --at 1562262620 --htm POST") + QStringList{m_proof});
    QCOMPARE(half.status, 1);
    QVERIFY2(half.out.starts_with("no key: none was given\n"), half.out.c_str());
    QVERIFY2(half.err.find("once --htm and --htu say what request it is for") != std::string::npos,
             half.err.c_str());
}

// What a variable leaves that is not set: without a comparison, a proof for any access token would hold.
void TestTokenProofs::takesNoEmptyAccessToken()
{
    const QStringList verify = words("token verify --at 1562262620 --htm POST --htu") +
                               QStringList{u"https://server.example.com/token"_qs, m_proof};
    const QStringList lint = words("token lint --at 1562262620") + QStringList{m_proof};
    for (const QStringList& call : {verify, lint}) {
        const CommandResult result = runCommand(call + QStringList{u"--access-token"_qs, QString()});
        QCOMPARE(result.status, 2);
        QCOMPARE(result.out, std::string());
        QVERIFY2(result.err.find("--access-token: it is empty") != std::string::npos, result.err.c_str());
    }
}

void TestTokenProofs::namesPaseto()
{
    const CommandResult shown = runCommand(words("token decode v4.public.eyJkYXRhIjoidGhpcyJ9"));
    QCOMPARE(shown.status, 1);
    QCOMPARE(
        shown.out,
        std::string("v4.public.eyJkYXRhIjoidGhpcyJ9\n"
                    "Broken\n"
                    "  token, byte 0: this is a PASETO version 4, public: another kind of token than JWT, "
                    "which is not read here\n"
                    "Findings\n"
                    "  info    PASETO-SEEN  A PASETO token (v4.public), no JOSE one [PASETO "
                    "specification]\n"));
}

QTEST_GUILESS_MAIN(TestTokenProofs)
#include "tst_tokenproofs.moc"
