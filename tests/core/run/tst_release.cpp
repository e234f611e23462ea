// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A secret goes only where it was let go: which secrets a request takes along, in whatever form, and where it
// goes; and a run that asks, is refused, or is stopped while it asks.

#include <core/run/secretrun.h>
#include <core/store/folder.h>
#include <run/runner.h>

#include <QtCore/qfile.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::run;
using Run = test::SecretRun;

namespace {

const std::vector<SecretName> guarded{{"local", "password"}, {"local", "pin"}, {"", "process.env.KEY"}};

/// A collection with one request, given as YAML behind its `info`.
struct Shop
{
    explicit Shop(const std::string& request, const std::string& more = {})
    {
        folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n"
                                               "  - {secret: true, name: pin}\n"
                                               "  - {name: both, value: \"a{{password}}\"}\n" +
                                                   more);
        folder.write("a.yml", "info: {name: A, type: http}\n" + request);
        collection = folder.open();
    }

    Values values() const
    {
        const Outside outside{{},
                              {{"local", "password", Secret("s3cret-word"), SecretSource::Keychain},
                               {"local", "pin", Secret("4711-0815"), SecretSource::Keychain}},
                              {},
                              {{"KEY", "process-key"}}};
        Values values{scopesFor(collection, item(), "local", outside), {}};
        values.environment = "local";
        return values;
    }
    const collection::Item& item() const { return collection.root.items.at(0); }
    Release release(const Guard& guard) const
    {
        const auto request = prepare(collection, item(), values());
        if (!request)
            qFatal("%s", describe(request.error()).c_str());
        return releaseFor(*request, {}, guard, prepare, collection, item(), values());
    }
    std::string taken() const { return namesOf(release({guarded, {}, {}}).secrets); }

    test::CollectionFolder folder;
    collection::Collection collection;
};

} // namespace

class TestRelease : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatIsTakenAlong_data();
    void findsWhatIsTakenAlong();
    void findsASigningSecret();
    void theCollectionCannotHideIt();
    void whatIsReleasedIsNotNamed();
    void holdsBackWhatWasNotLetGoThere();
    void fillsInOutsideOfARun();
    void tellsAnEnvironmentsSecretFromThatOfAFile();
    void guardsWhatIsSecret();
    void namesWhereItGoes_data();
    void namesWhereItGoes();
    void aRunRefusesWhereNobodyCanBeAsked();
    void aRunAsks_data();
    void aRunAsks();
    void isStoppedWhileItAsks();
    void noSecretGoesToAKeysAddress();
};

void TestRelease::findsWhatIsTakenAlong_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("taken");
    const auto row = [](const char* name, const char* request, const char* taken) {
        QTest::newRow(name) << QByteArray(request) << QByteArray(taken);
    };
    row("nothing", "http: {method: GET, url: \"http://h/a\"}\n", "");
    row("the URL", "http: {method: GET, url: \"http://h/{{password}}\"}\n", "password (local)");
    row("the host itself", "http: {method: GET, url: \"http://{{pin}}.h/\"}\n", "pin (local)");
    row("through another variable", "http: {method: GET, url: \"http://h/?q={{both}}\"}\n",
        "password (local)");
    row("a header", "http: {method: GET, url: \"http://h/\", headers: [{name: X, value: \"{{pin}}\"}]}\n",
        "pin (local)");
    row("a header's name",
        "http: {method: GET, url: \"http://h/\", headers: [{name: \"X-{{pin}}\", value: y}]}\n",
        "pin (local)");
    row("a header that is off",
        "http: {method: GET, url: \"http://h/\", headers: [{name: X, value: \"{{pin}}\", disabled: true}]}\n",
        "");
    row("JSON",
        "http: {method: POST, url: \"http://h/\", body: {type: json, data: '{\"a\":\"{{password}}\"}'}}\n",
        "password (local)");
    row("a form",
        "http: {method: POST, url: \"http://h/\", body: {type: form-urlencoded, data: [{name: a, value: "
        "\"{{pin}}\"}]}}\n",
        "pin (local)");
    row("a part",
        "http: {method: POST, url: \"http://h/\", body: {type: multipart-form, data: [{name: a, type: text, "
        "value: \"{{pin}}\"}]}}\n",
        "pin (local)");
    row("a path parameter",
        "http: {method: GET, url: \"http://h/:id\", params: [{name: id, value: \"{{pin}}\", type: path}]}\n",
        "pin (local)");
    row("Basic, which is Base64",
        "http: {method: GET, url: \"http://h/\", auth: {type: basic, username: u, password: "
        "\"{{password}}\"}}\n",
        "password (local)");
    row("Digest, which is sent as a hash",
        "http: {method: GET, url: \"http://h/\", auth: {type: digest, username: u, password: "
        "\"{{password}}\"}}\n",
        "password (local)");
    row("the process", "http: {method: GET, url: \"http://h/{{process.env.KEY}}\"}\n", "process.env.KEY");
    row("two", "http: {method: GET, url: \"http://h/{{pin}}/{{password}}\"}\n",
        "password (local), pin (local)");
}

void TestRelease::findsWhatIsTakenAlong()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, taken);
    QCOMPARE(Shop(request.toStdString()).taken(), taken.toStdString());
}

/// The value is in no byte of the request, and who gets the token can guess it.
void TestRelease::findsASigningSecret()
{
    Shop shop("http: {method: GET, url: \"http://h/\"}\n");
    shop.folder.write(
        ".claimcheck/sessions.yaml",
        "minted:\n  - {path: a.yml, algorithm: HS256, key: \"{{password}}\", allowWeakKey: true, "
        "claims: '{\"sub\": \"x\"}'}\n");
    shop.collection = shop.folder.open();
    QCOMPARE(shop.taken(), std::string("password (local)"));
}

void TestRelease::theCollectionCannotHideIt()
{
    const Shop shop("http: {method: GET, url: \"http://h/{{password}}\"}\n",
                    "  - {name: \"$guarded 0\", value: x}\n  - {name: \"$guarded 1\", value: y}\n");
    QCOMPARE(shop.taken(), std::string("password (local)"));
}

void TestRelease::whatIsReleasedIsNotNamed()
{
    const Shop shop("http: {method: GET, url: \"http://h/{{pin}}/{{password}}\"}\n");
    std::vector<std::string> asked;
    const Guard guard{guarded,
                      [&asked](const SecretName& secret, const std::string& destination) {
                          asked.push_back(destination);
                          return secret.name == "pin";
                      },
                      {}};
    const Release release = shop.release(guard);
    QCOMPARE(namesOf(release.secrets), std::string("password (local)"));
    QCOMPARE(release.destination, std::string("http://h:80"));
    QCOMPARE(asked.front(), std::string("http://h:80"));
}

void TestRelease::holdsBackWhatWasNotLetGoThere()
{
    const Guard guard{guarded,
                      [](const SecretName& secret, const std::string& destination) {
                          return secret.name == "pin" && destination == "https://a:443";
                      },
                      {}};
    QCOMPARE(namesOf(heldBack(guarded, guard, "https://a:443")),
             std::string("password (local), process.env.KEY"));
    QVERIFY(heldBack(guarded, guard, "https://b:443") == guarded);
    QVERIFY(heldBack(guarded, {}, "https://a:443") == guarded); // nobody let anything go
    QVERIFY(heldBack({}, guard, "https://a:443").empty());
    QVERIFY(isPlainOrigin("https://a:443") && !isPlainOrigin("https://a:443 (through http://b:1)"));
}

/// What the window and the command line send is filled in as in a run.
void TestRelease::fillsInOutsideOfARun()
{
    const Shop shop("http: {method: GET, url: https://a/}\n");
    const Outside outside{{},
                          {{"local", "password", Secret("s3cret-word"), SecretSource::Keychain}},
                          {},
                          {{"KEY", "process-key"}}};
    const Values values = valuesFor(shop.collection, shop.item(), "local", outside);
    QCOMPARE(values.environment, std::string("local"));
    QCOMPARE(*values.resolve("{{both}} {{process.env.KEY}}", "body"),
             std::string("as3cret-word process-key"));
    const auto one = values.resolve("{{$guid}}", "body");
    const auto another = values.resolve("{{$guid}}", "body");
    QVERIFY(one && another && one->size() == 36 && *one != *another);
    QVERIFY(!values.resolve("{{$nothing}}", "body"));
}

void TestRelease::tellsAnEnvironmentsSecretFromThatOfAFile()
{
    const Shop shop("http: {method: GET, url: \"http://h/{{KEY}}\"}\n",
                    "  - {secret: true, name: KEY, disabled: true}\n");
    Values values{scopesFor(shop.collection, shop.item(), "local", {{}, {}, {{"KEY", "of-the-file"}}, {}}),
                  {}};
    values.environment = "local";
    const auto request = prepare(shop.collection, shop.item(), values);
    QVERIFY(request.has_value());
    const Guard guard{{{"local", "KEY"}, {"", "KEY"}}, {}, {}};
    const Release release = releaseFor(*request, {}, guard, prepare, shop.collection, shop.item(), values);
    QCOMPARE(namesOf(release.secrets), namesOf({{"", "KEY"}}));
}

void TestRelease::guardsWhatIsSecret()
{
    const Outside outside{
        {{"given", "1"}},
        {{"local", "a", Secret("1"), SecretSource::Keychain}, {"local", "b", {}, SecretSource::Missing}},
        {{"HOST", "h"}, {"API_KEY", "k"}, {"SIGNING", "9f3k2m1q8zX7"}},
        {{"HOME", "/root"}}};
    QCOMPARE(namesOf(guardedIn(outside)),
             std::string("a (local), process.env.HOME, API_KEY, process.env.API_KEY, SIGNING, "
                         "process.env.SIGNING"));
}

void TestRelease::namesWhereItGoes_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("verify");
    QTest::addColumn<QByteArray>("authorities");
    QTest::addColumn<QByteArray>("proxy");
    QTest::addColumn<QByteArray>("destination");
    QTest::newRow("plain") << QByteArray("https://H/a?b") << true << QByteArray() << QByteArray()
                           << QByteArray("https://h:443");
    QTest::newRow("a proxy before TLS that is verified")
        << QByteArray("https://h/") << true << QByteArray() << QByteArray("http://p:1")
        << QByteArray("https://h:443");
    QTest::newRow("a proxy that reads along")
        << QByteArray("http://h/") << true << QByteArray() << QByteArray("http://u:pw@p:1")
        << QByteArray("http://h:80 (through http://p:1)");
    QTest::newRow("not verified, through a proxy")
        << QByteArray("https://h/") << false << QByteArray() << QByteArray("http://p:1")
        << QByteArray("https://h:443 (its certificate is not verified, through http://p:1)");
    QTest::newRow("authorities of its own")
        << QByteArray("https://h/") << true << QByteArray("/c/ca.pem") << QByteArray("http://p:1")
        << QByteArray("https://h:443 (trusting ca.pem, through http://p:1)");
}

void TestRelease::namesWhereItGoes()
{
    QFETCH(QByteArray, url);
    QFETCH(bool, verify);
    QFETCH(QByteArray, authorities);
    QFETCH(QByteArray, proxy);
    QFETCH(QByteArray, destination);
    http::Request request;
    request.url = url.toStdString();
    request.tls.verify = verify;
    request.tls.caFile = authorities.toStdString();
    request.proxy = proxy.toStdString();
    QCOMPARE(destinationOf(request), destination.toStdString());
    QCOMPARE(destinationOf(request, request), http::originOf(request.url)); // the user's own connection
}

void TestRelease::aRunRefusesWhereNobodyCanBeAsked()
{
    Run run;
    const Report report = run.toEnd();
    QCOMPARE(report.count(Status::Failed), std::size_t(2));
    QCOMPARE(run.server.seen.size(), std::size_t(0));
    const std::string origin = http::originOf(run.server.url());
    QCOMPARE(report.results.at(0).error,
             "the request was not sent: it takes password (local) to " + origin +
                 ", where that was not sent before (if it belongs there, allow it where the window asks, or "
                 "with --allow-origin " +
                 origin + ")");
    run.options.guard.isReleased = [&origin](const SecretName&, const std::string& destination) {
        return destination == origin;
    };
    QCOMPARE(run.toEnd().count(Status::Passed), std::size_t(2));
    QCOMPARE(run.server.seen.size(), std::size_t(2));
}

void TestRelease::aRunAsks_data()
{
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("allowed") << true;
    QTest::newRow("refused") << false;
}

void TestRelease::aRunAsks()
{
    QFETCH(bool, isAllowed);
    Run run;
    std::vector<Release> asked;
    run.options.guard.ask = [&](const Release& release, QObject* context, std::function<void(bool)> answer) {
        asked.push_back(release);
        QTimer::singleShot(0, context, [isAllowed, answer = std::move(answer)] { answer(isAllowed); });
    };
    const Report report = run.toEnd();
    QCOMPARE(report.count(isAllowed ? Status::Passed : Status::Failed), std::size_t(2));
    QCOMPARE(run.server.seen.size(), std::size_t(isAllowed ? 2 : 0));
    QCOMPARE(asked.size(), std::size_t(2)); // each time: who asks the user remembers
    QCOMPARE(asked.front().destination, http::originOf(run.server.url()));
}

void TestRelease::isStoppedWhileItAsks()
{
    Run run;
    QPointer<QObject> asking;
    run.options.guard.ask = [&](const Release&, QObject* context, const std::function<void(bool)>&) {
        asking = context;
    };
    const Report report = run.toEnd([&](Runner&) { return !asking.isNull(); });
    QVERIFY(report.isInterrupted);
    QVERIFY(asking.isNull()); // an answer would find nobody
    QCOMPARE(report.results.at(0).reason, std::string("interrupted"));
    QCOMPARE(report.count(Status::Skipped), std::size_t(2));
    QVERIFY(run.server.seen.empty());
}

/// keys.yaml names addresses that the run asks by itself.
void TestRelease::noSecretGoesToAKeysAddress()
{
    Run run;
    run.folder.write("a.yml", "info: {name: a, type: http}\nhttp: {method: GET, url: \"" +
                                  run.server.url("/open") + "\"}\n");
    QFile::remove(toQString(run.folder.path("b.yml")));
    run.options.checks.keys["theirs"] = {collection::KeyOrigin::JwksUrl, run.server.url("/{{password}}"), {}};
    collection::RequestChecks checks;
    checks.token.key = "theirs";
    checks.assertions.push_back({"token.verdict", "eq", "verified", true});
    run.options.checks.requests["a.yml"] = checks;
    run.body = R"({"token":"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"})";
    run.toEnd();
    QVERIFY(run.hasSeen("/open"));
    QVERIFY(!run.hasSeen("s3cret-word"));
    run.options.guard.secrets.clear(); // nothing else keeps it from there
    run.toEnd();
    QVERIFY(run.hasSeen("s3cret-word"));
}

QTEST_GUILESS_MAIN(TestRelease)
#include "tst_release.moc"
