// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's authorisation: the kinds of OpenCollection, tokens that are made for each request, and what is
// left out.

#include "postmantext.h"

#include <base/text.h>
#include <interop/import.h>
#include <interop/secrets.h>
#include <store/newcollection.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;
using namespace claimcheck::test;
using collection::AuthMode;
using collection::Item;

namespace {

Imported jwtOf(const std::string& fields)
{
    return requestOf(R"({"url":"x","auth":{"type":"jwt","jwt":[)" + fields + "]}}");
}

} // namespace

class TestPostmanAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kinds();
    void kindsThatTheSchemaLacks();
    void tokensMadeForEachRequest();
    void secretsOfTokensInBase64();
    void tokensThatCannotBeMadeAreNamed();
};

void TestPostmanAuth::kinds()
{
    const auto authOf = [](const std::string& auth) { return itemOf(R"({"url":"x","auth":)" + auth + "}"); };
    using Fields = std::map<std::string, std::string>;
    const Fields basic{{"type", "basic"}, {"username", "u"}, {"password", "p"}};
    for (const char* text :
         {R"({"type":"basic","basic":[{"key":"username","value":"u"},{"key":"password","value":"p"}]})",
          R"({"type":"basic","basic":{"username":"u","password":"p"}})"})
        QCOMPARE(authOf(text).details.credentials.fields, basic);
    QCOMPARE(authOf("null").entry.auth, AuthMode::Inherit);
    QCOMPARE(authOf(R"({"type":"noauth"})").entry.auth, AuthMode::None);
    QCOMPARE(authOf(R"({"type":"bearer","bearer":[{"key":"token","value":"{{token}}"}]})").entry.auth,
             AuthMode::SessionBearer);
    const Item bearer = authOf(R"({"type":"bearer","bearer":[{"key":"token","value":"{{jwt}}"}]})");
    QCOMPARE(bearer.entry.auth, AuthMode::None);
    QCOMPARE(bearer.entry.kept.auth, std::string("bearer"));
    QCOMPARE(
        authOf(
            R"({"type":"apikey","apikey":[{"key":"key","value":"X"},{"key":"value","value":"v"},{"key":"in","value":"query"}]})")
            .details.credentials.field("placement"),
        std::string("query"));
    const auto oauth =
        authOf(R"({"type":"oauth2","oauth2":[{"key":"grant_type","value":"client_credentials"},)"
               R"({"key":"clientId","value":"me"},{"key":"accessTokenUrl","value":"http://t"},)"
               R"({"key":"client_authentication","value":"body"}]})");
    QCOMPARE(oauth.details.credentials.field("flow"), std::string("client_credentials"));
    QCOMPARE(oauth.details.credentials.field("credentials.clientId"), std::string("me"));
    QCOMPARE(oauth.details.credentials.field("credentials.placement"), std::string("body"));
    const auto fetched = authOf(R"({"type":"oauth2","oauth2":[{"key":"accessToken","value":"{{t}}"}]})");
    QCOMPARE(fetched.entry.kept.auth, std::string("bearer"));
}

/// They would make a file that no other tool reads.
void TestPostmanAuth::kindsThatTheSchemaLacks()
{
    for (const std::string kind : {"hawk", "asap", "edgegrid"}) {
        const Imported result =
            requestOf(R"({"url":"x","auth":{"type":")" + kind + R"(",")" + kind + R"(":[]}})");
        const Item& item = result.collection.root.items.at(0);
        QCOMPARE(item.entry.auth, AuthMode::None);
        QVERIFY(item.entry.kept.auth.empty() && item.details.credentials.type.empty());
        QCOMPARE(store::writeItem(item).find(kind), std::string::npos);
        QCOMPARE(notesOf(result),
                 "R: authorisation of the kind " + kind +
                     ": an OpenCollection has no place for it: sent without authorisation until another is "
                     "chosen\n");
    }
    const Imported folder = imported(collectionOf(
        R"({"name":"F","auth":{"type":"hawk","hawk":[]},"item":[)"
        R"({"name":"Open","auth":{"type":"noauth"},"item":[{"name":"In","request":{"url":"x"}}]},)"
        R"({"name":"R","request":{"url":"x"}},)"
        R"({"name":"Own","request":{"url":"x","auth":{"type":"basic","basic":[]}}}]})",
        R"(,"auth":{"type":"basic","basic":[]})"));
    const collection::Folder& inside = folder.collection.root.folders.at(0);
    QVERIFY(inside.keptAuth.empty() && inside.details.credentials.type.empty());
    QCOMPARE(inside.items.at(0).entry.auth, AuthMode::None);
    // Each request that had it from there is named, and no other.
    QCOMPARE(notesOf(folder), std::string("F: authorisation of the kind hawk: an OpenCollection has no place "
                                          "for it: sent without authorisation until another is chosen\n"
                                          "F / R: inherited authorisation of the kind hawk: sent without "
                                          "authorisation until another is chosen\n"));
}

/// A rule of our own says it: OpenCollection has no kind for it.
void TestPostmanAuth::tokensMadeForEachRequest()
{
    Imported result = imported(collectionOf(
        R"({"name":"F","auth":{"type":"jwt","jwt":[{"key":"algorithm","value":"HS384"},)"
        R"({"key":"secret","value":"c2VjcmV0+/c2VjcmV0"},{"key":"isSecretBase64Encoded","value":true},)"
        R"({"key":"addTokenTo","value":"queryParam"},{"key":"queryParamKey","value":"jwt"}]},)"
        R"("item":[{"name":"In","request":{"url":"x"}}]},)"
        R"({"name":"R","request":{"url":"x","auth":{"type":"jwt","jwt":[{"key":"secret","value":"{{key}}"},)"
        R"({"key":"payload","value":"{\"sub\": \"{{user}}\"}"},{"key":"header","value":"{}"},)"
        R"({"key":"headerPrefix","value":"JWT"},{"key":"other","value":"1"}]}}})"));
    QCOMPARE(notesOf(result),
             std::string("R: `other` of the authorisation jwt: an OpenCollection has no place for it\n"));
    QVERIFY(result.collection.root.items.at(0).entry.kept.auth.empty());
    interop::takeSecretsOut(result);
    interop::nameFiles(result);
    QVERIFY(result.minted.empty());
    QCOMPARE(result.collection.minted.size(), std::size_t(2));
    const collection::MintedToken& folder = result.collection.minted[0];
    QCOMPARE(folder.path, std::string("f"));
    QCOMPARE(folder.algorithm, std::string("HS384"));
    QCOMPARE(folder.key, std::string("{{signingKey}}"));
    QVERIFY(folder.inQuery && folder.name == "jwt" && folder.prefix.empty());
    const collection::MintedToken& own = result.collection.minted[1];
    QCOMPARE(own.path, std::string("r.yml"));
    QCOMPARE(own.algorithm, std::string("HS256"));
    QCOMPARE(own.key, std::string("{{key}}"));
    QCOMPARE(own.claims, std::string("{\"sub\": \"{{user}}\"}"));
    QVERIFY(own.header.empty());
    QVERIFY(own.name == "Authorization" && own.prefix == "JWT ");
    const auto& variables = result.collection.environments.at(0).variables;
    QVERIFY(variables.size() == 1 && variables[0].secret);
    QCOMPARE(variables[0].value, std::string(R"({"kty":"oct","k":"c2VjcmV0-_c2VjcmVw"})"));

    const QTemporaryDir parent;
    const auto written = store::writeCollection(result.collection, toUtf8(parent.path()) + "/api");
    QVERIFY_RESULT(written);
    QVERIFY2(!written->problem, written->problem ? describe(*written->problem).c_str() : "");
    QCOMPARE(written->minted, result.collection.minted);
    const collection::Item* const inFolder = collection::findItem(*written, "f/in.yml");
    QVERIFY(inFolder != nullptr);
    QCOMPARE(collection::mintedFor(*written, *inFolder), &written->minted[0]);
}

/// As bytes where it is base64, as text where nothing says that it is.
void TestPostmanAuth::secretsOfTokensInBase64()
{
    const auto keyOf = [](const std::string& secret, const std::string& flag, std::string& notes) {
        const Imported result = jwtOf(R"({"key":"secret","value":")" + secret + R"("})" + flag);
        notes = notesOf(result);
        return result.minted.empty() ? std::string("none") : result.minted[0].rule.key;
    };
    const std::string isBase64 = R"(,{"key":"isSecretBase64Encoded","value":true})";
    const std::string isNot = R"(,{"key":"isSecretBase64Encoded","value":false})";
    const auto jwk = [](const std::string& k) { return R"({"kty":"oct","k":")" + k + R"("})"; };
    std::string notes;
    for (const auto& [secret, k] : std::map<std::string, std::string>{{"c2VjcmV0", "c2VjcmV0"},
                                                                      {"c2VjcmV0cw==", "c2VjcmV0cw"},
                                                                      {"c2VjcmV0cw", "c2VjcmV0cw"},
                                                                      {"c2VjcmV0c3M=", "c2VjcmV0c3M"},
                                                                      {"c2Vj\\ncmV0", "c2VjcmV0"},
                                                                      {"+/+/", "-_-_"},
                                                                      {"c2VjcmV0cx==", "c2VjcmV0cw"},
                                                                      {"c2VjcmV0c3P", "c2VjcmV0c3M"}}) {
        QCOMPARE(keyOf(secret, isBase64, notes), jwk(k));
        QCOMPARE(notes, std::string());
    }
    QCOMPARE(keyOf("c2VjcmV0", isNot, notes), std::string("c2VjcmV0"));
    QCOMPARE(keyOf("c2VjcmV0", "", notes), std::string("c2VjcmV0"));
    QCOMPARE(notes, std::string());
    for (const std::string wrong : {"my secret!", "c2Vjc", "c2Vj=cmV0", "=="}) {
        QCOMPARE(keyOf(wrong, isBase64, notes), wrong);
        QCOMPARE(notes, std::string("R: `isSecretBase64Encoded` of the authorisation jwt: its secret is no "
                                    "base64 and is taken as it is: give it the key as a JWK\n"));
    }
}

void TestPostmanAuth::tokensThatCannotBeMadeAreNamed()
{
    const Imported noKey = jwtOf("");
    QVERIFY(noKey.minted.empty());
    QCOMPARE(notesOf(noKey),
             std::string("R: authorisation of the kind jwt: it has no key to sign with: sent without "
                         "authorisation until another is chosen\n"));
    QCOMPARE(noKey.collection.root.items.at(0).entry.auth, AuthMode::None);
    const Imported list = jwtOf(R"({"key":"secret","value":"{{k}}"},{"key":"payload","value":"[1]"})");
    QCOMPARE(list.minted.size(), std::size_t(1));
    QVERIFY(list.minted[0].rule.claims.empty());
    QCOMPARE(notesOf(list), std::string("R: `payload` of the authorisation jwt: it is no JSON object\n"));
    const Imported coded =
        jwtOf(R"({"key":"secret","value":"{{k}}"},{"key":"isSecretBase64Encoded","value":true})");
    QCOMPARE(coded.minted.size(), std::size_t(1));
    QVERIFY2(notesOf(coded).find("give it the key as a JWK") != std::string::npos, notesOf(coded).c_str());
}

QTEST_GUILESS_MAIN(TestPostmanAuth)
#include "tst_postmanauth.moc"
