// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of special kinds in the inspector: the disclosures of an SD-JWT with their places, the proof of its
// holder, and a DPoP proof that is checked with its own key once the request is said.

#include <QtCore/qcryptographichash.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qtabbar.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/key.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/data.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/tokenpane.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Inspector
{
    TokenPane pane;

    Inspector()
    {
        pane.setClock([] { return fromUnixSeconds(1'800'000'010); });
        pane.resize(1300, 900);
        pane.show();
    }
    template <typename T>
    T* find(const char* name)
    {
        return pane.findChild<T*>(QLatin1String(name));
    }
    QString kind()
    {
        return find<QLabel>("tokenKind")->isVisible() ? find<QLabel>("tokenKind")->text() : QString();
    }
    QStringList column(const char* table, int column)
    {
        QStringList texts;
        const QAbstractItemModel* model = find<QTableView>(table)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, column).data().toString());
        return texts;
    }
    QString check(const QString& title)
    {
        const QStringList titles = column("tokenChecks", 0);
        const auto row = titles.indexOf(title);
        return row < 0 ? QString() : column("tokenChecks", 1)[row];
    }
    void setSecret(const char* secret)
    {
        inspect::KeyRing ring;
        ring.keys.push_back(jose::secretKey(Secret(secret)));
        pane.setKeyRing(ring);
    }
    void showDisclosures() { find<QTabBar>("payloadViews")->setCurrentIndex(2); }
};

std::string textOf(const json::Value& object, const char* name)
{
    return object.find(name)->string();
}

/// The first presentation that sd-jwt-python made with something in it.
json::Value presentation(const json::Document& vectors)
{
    return vectors.root().items().front();
}

std::string sha256(const std::string& text)
{
    const QByteArray hash =
        QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256);
    return jose::encodeBase64Url(hash.toStdString());
}

std::string signedBy(const jose::Key& key, const std::string& type, const std::string& claims)
{
    jose::SignOptions options;
    options.header = R"({"typ":")" + type + R"(","alg":"ES256"})";
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("ES256"), key, claims, options);
    return token ? std::string(token->reveal()) : std::string();
}

/// One claim disclosed, and the holder's proof behind it (RFC 9901 §4.3).
QString boundToken(const jose::Key& issuer)
{
    const jose::Key holder = *jose::generateKeyFor("ES256");
    const std::string disclosure = jose::encodeBase64Url(R"(["salt","name","Alice"])");
    const std::string presented =
        signedBy(issuer, "example+sd-jwt",
                 R"({"_sd":[")" + sha256(disclosure) + R"("],"_sd_alg":"sha-256","cnf":{"jwk":)" +
                     *jose::publicJwk(holder) + "}}") +
        '~' + disclosure + '~';
    return toQString(presented + signedBy(holder, "kb+jwt",
                                          R"({"iat":1800000000,"aud":"verifier","nonce":"n-1","sd_hash":")" +
                                              sha256(presented) + "\"}"));
}

QString dpopProof(const std::string& claims)
{
    const jose::Key key = *jose::generateKeyFor("ES256");
    jose::SignOptions options;
    options.header = R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + *jose::publicJwk(key) + "}";
    const Result<Secret> proof = jose::sign(*jose::findAlgorithm("ES256"), key, claims, options);
    return proof ? toQString(proof->reveal()) : QString();
}

} // namespace

class KindsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void disclosuresAreListedWithTheirPlaces();
    void theHoldersProofIsExplained();
    void aDisclosureThatIsNotInTheTokenIsSaid();
    void ordinaryTokensHaveNoneOfIt();
    void aDpopProofIsCheckedForItsRequest();
    void otherKindsAreNamed();
};

void KindsTest::disclosuresAreListedWithTheirPlaces()
{
    const json::Document vectors = *json::parse(test::data("sd-jwt/generated.json"));
    const json::Value vector = presentation(vectors);
    Inspector inspector;
    const std::string text = textOf(vector, "presentation");
    inspector.pane.setToken(toQString(text));
    QCOMPARE(inspector.pane.inspection().token.text, text);
    const jose::SdJwt& sd = *inspector.pane.inspection().sdJwt;
    QVERIFY2(inspector.kind().contains(QLatin1String("SD-JWT")), qPrintable(inspector.kind()));
    inspector.showDisclosures();
    QVERIFY(inspector.find<QTableView>("disclosures")->isVisible());
    QCOMPARE(inspector.column("disclosures", 0).size(), static_cast<qsizetype>(sd.disclosures.size()));
    for (std::size_t index = 0; index < sd.disclosures.size(); ++index) {
        const auto row = static_cast<qsizetype>(index);
        QCOMPARE(inspector.column("disclosures", 0)[row], toQString(sd.disclosures[index].path));
        QCOMPARE(inspector.column("disclosures", 1)[row], toQString(sd.disclosures[index].value));
        QCOMPARE(inspector.column("disclosures", 3)[row], toQString(sd.disclosures[index].digest));
    }
    QVERIFY(inspector.find<QLabel>("disclosureSummary")->text().contains(QLatin1String("sha-256")));
    QVERIFY(inspector.column("keyBinding", 0).isEmpty());
}

void KindsTest::theHoldersProofIsExplained()
{
    const jose::Key issuer = *jose::generateKeyFor("ES256");
    Inspector inspector;
    inspect::KeyRing ring;
    ring.keys = {issuer};
    inspector.pane.setKeyRing(ring);
    inspector.pane.setToken(boundToken(issuer));
    QVERIFY2(inspector.kind().contains(QLatin1String("key binding")), qPrintable(inspector.kind()));
    QCOMPARE(inspector.check(QStringLiteral("Signature")), QStringLiteral("passed"));
    QCOMPARE(inspector.check(QStringLiteral("Disclosures")), QStringLiteral("passed"));
    QCOMPARE(inspector.check(QStringLiteral("Key binding")), QStringLiteral("passed"));
    QCOMPARE(inspector.check(QStringLiteral("Proof nonce")), QStringLiteral("not checked"));
    inspector.find<QLineEdit>("expectNonce")->setText(QStringLiteral("another"));
    QCOMPARE(inspector.check(QStringLiteral("Proof nonce")), QStringLiteral("failed"));
    inspector.find<QLineEdit>("expectNonce")->setText(QStringLiteral("n-1"));
    QCOMPARE(inspector.check(QStringLiteral("Proof nonce")), QStringLiteral("passed"));
    inspector.showDisclosures();
    QVERIFY(inspector.column("keyBinding", 0).contains(QStringLiteral("sd_hash")));
    QVERIFY(inspector.column("keyBinding", 0).contains(QStringLiteral("nonce")));
}

void KindsTest::aDisclosureThatIsNotInTheTokenIsSaid()
{
    const json::Document vectors = *json::parse(test::data("sd-jwt/generated.json"));
    const json::Value vector = presentation(vectors);
    Inspector inspector;
    const std::string stranger = jose::encodeBase64Url(R"(["salt","admin",true])") + "~";
    inspector.pane.setToken(toQString(textOf(vector, "presentation") + stranger));
    inspector.showDisclosures();
    QVERIFY(inspector.find<QLabel>("disclosureFaults")->isVisible());
    QCOMPARE(inspector.column("disclosures", 2).last(), QStringLiteral("no digest in the token"));
    QVERIFY(!inspector.column("tokenClaims", 0).contains(QStringLiteral("admin")));
}

void KindsTest::ordinaryTokensHaveNoneOfIt()
{
    const json::Document vectors = *json::parse(test::data("sd-jwt/generated.json"));
    Inspector inspector;
    inspector.pane.setToken(toQString(textOf(presentation(vectors), "presentation")));
    inspector.showDisclosures();
    inspector.pane.setToken(QStringLiteral("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl"));
    QVERIFY(inspector.kind().isEmpty());
    QVERIFY(!inspector.find<QTabBar>("payloadViews")->isTabVisible(2));
    QVERIFY(!inspector.find<QTableView>("disclosures")->isVisible());
    QVERIFY(inspector.find<QTableView>("tokenClaims")->isVisible());
}

void KindsTest::aDpopProofIsCheckedForItsRequest()
{
    Inspector inspector;
    inspector.pane.setToken(
        dpopProof(R"({"jti":"j1","htm":"POST","htu":"https://api.example/token","iat":1800000000})"));
    QVERIFY2(inspector.kind().contains(QLatin1String("POST https://api.example/token")),
             qPrintable(inspector.kind()));
    auto* banner = inspector.find<Banner>("verdictBanner");
    QCOMPARE(banner->word(), QStringLiteral("Not verified"));
    inspector.find<QLineEdit>("expectMethod")->setText(QStringLiteral("POST"));
    inspector.find<QLineEdit>("expectUrl")->setText(QStringLiteral("https://api.example/token"));
    QCOMPARE(banner->word(), QStringLiteral("Verified"));
    QCOMPARE(inspector.check(QStringLiteral("Method")), QStringLiteral("passed"));
    QCOMPARE(inspector.check(QStringLiteral("Address")), QStringLiteral("passed"));
    inspector.find<QLineEdit>("expectMethod")->setText(QStringLiteral("GET"));
    QCOMPARE(inspector.check(QStringLiteral("Method")), QStringLiteral("failed"));
    QVERIFY(banner->tone() != Tone::Ok);
}

void KindsTest::otherKindsAreNamed()
{
    Inspector inspector;
    for (const auto& [type, word] :
         {std::pair("at+jwt", "access token"), std::pair("application/AT+JWT", "access token"),
          std::pair("logout+jwt", "logout token"), std::pair("secevent+jwt", "security event")}) {
        const std::string header = std::string(R"({"alg":"HS256","typ":")") + type + "\"}";
        inspector.pane.setToken(toQString(jose::encodeBase64Url(header) + ".e30.c2ln"));
        QVERIFY2(inspector.kind().contains(QLatin1String(word)), qPrintable(inspector.kind()));
    }
    inspector.pane.setToken(QStringLiteral("v4.public.eyJkYXRhIjoieCJ9c2lnbmF0dXJl"));
    QVERIFY2(inspector.find<Banner>("verdictBanner")->sentence().contains(QLatin1String("PASETO")),
             qPrintable(inspector.find<Banner>("verdictBanner")->sentence()));
}

QTEST_MAIN(KindsTest)
#include "tst_kinds.moc"
