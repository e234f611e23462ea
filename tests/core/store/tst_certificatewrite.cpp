// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Client certificates written into an environment and into the collection: their own lines alone, valid by
// the schema, and no passphrase in any file.

#include "folder.h"
#include "schemaof.h"

#include <store/certificatewrite.h>
#include <store/treechange.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::ClientCertificate;

namespace {

constexpr const char* environmentFile = "environments/local.yml";
constexpr const char* root = "opencollection.yml";

const std::string commented = "name: local # ours\n"
                              "clientCertificates:\n"
                              "  - domain: a.example # the first\n"
                              "    type: pem\n"
                              "    certificateFilePath: certs/a.pem\n"
                              "    privateKeyFilePath: certs/a.key\n"
                              "  - {domain: '*', type: pkcs12, pkcs12FilePath: b.p12, disabled: true}\n"
                              "# the end\n";

ClientCertificate pem()
{
    return {"a.example", "certs/a.pem", "certs/a.key", {}, true};
}

ClientCertificate bundle()
{
    return {"b.example:8443", "certs/b.p12", {}, "{{passphrase}}", true};
}

} // namespace

class TestCertificateWrite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewOneIsValid();
    void onlyItsOwnLinesChange();
    void theLastOneTakesItsListAlong();
    void pemBecomesABundle();
    void itCanBeTakenBack();
    void othersChangesAreNotWrittenOver();
    void refusesWhatMayNotStandThere_data();
    void refusesWhatMayNotStandThere();
    void aPassphraseThatIsThereMayStay();
    void aFileThatIsGoneIsSaid();
};

void TestCertificateWrite::aNewOneIsValid()
{
    for (const ClientCertificate& certificate : {pem(), bundle()}) {
        const auto text = store::withCertificate("name: local\n", environmentFile, {}, certificate);
        QVERIFY_RESULT(text);
        const std::string problem = SchemaOf("Environment").problemOf(*text);
        QVERIFY2(problem.empty(), (problem + "\n" + *text).c_str());
        const CollectionFolder folder;
        const auto change = store::changeCertificate(folder.root, root, {}, certificate);
        QVERIFY_RESULT(change);
        QVERIFY_RESULT(store::apply(*change));
        QCOMPARE(folder.open().certificates, std::vector{certificate});
        const std::string whole = store::readFile(folder.path(root), 10'000).value_or("");
        QVERIFY2(SchemaOf("").problemOf(whole).empty(), whole.c_str());
    }
}

void TestCertificateWrite::onlyItsOwnLinesChange()
{
    ClientCertificate changed = pem();
    changed.certificateFile = "certs/other.pem";
    auto text = store::withCertificate(commented, environmentFile, pem(), changed);
    QVERIFY_RESULT(text);
    std::string wanted = commented;
    wanted.replace(wanted.find("certs/a.pem"), 11, "certs/other.pem");
    QCOMPARE(*text, wanted);
    text = store::withCertificate(commented, environmentFile, {}, bundle());
    QVERIFY_RESULT(text);
    QVERIFY2(text->starts_with(commented.substr(0, commented.find("# the end"))), text->c_str());
    QVERIFY2(text->find("passphrase: ") != std::string::npos, text->c_str());
    text = store::withCertificate(commented, environmentFile, pem(), pem());
    QVERIFY_RESULT(text);
    QCOMPARE(*text, commented);
}

void TestCertificateWrite::theLastOneTakesItsListAlong()
{
    const auto one = store::withCertificate("name: local\n", environmentFile, {}, pem());
    QVERIFY_RESULT(one);
    const auto none = store::withCertificate(*one, environmentFile, pem(), {});
    QVERIFY_RESULT(none);
    QVERIFY2(none->find("clientCertificates") == std::string::npos, none->c_str());
}

void TestCertificateWrite::pemBecomesABundle()
{
    ClientCertificate changed = bundle();
    changed.domain = "a.example";
    const auto text = store::withCertificate(commented, environmentFile, pem(), changed);
    QVERIFY_RESULT(text);
    QVERIFY2(text->find("privateKeyFilePath") == std::string::npos, text->c_str());
    QVERIFY2(text->find("b.p12") < text->find("'*'"), text->c_str()); // the first one that fits counts
    const std::string problem = SchemaOf("Environment").problemOf(*text);
    QVERIFY2(problem.empty(), (problem + "\n" + *text).c_str());
}

void TestCertificateWrite::itCanBeTakenBack()
{
    const CollectionFolder folder;
    folder.write(environmentFile, commented);
    const auto change = store::changeCertificate(folder.root, environmentFile, pem(), {});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(store::apply(*change));
    QCOMPARE(folder.open().environments.front().certificates.size(), std::size_t(1));
    QVERIFY_RESULT(store::apply(store::inverse(*change)));
    QCOMPARE(store::readFile(folder.path(environmentFile), 10'000).value_or(""), commented);
    const auto nothing = store::changeCertificate(folder.root, environmentFile, pem(), pem());
    QVERIFY_RESULT(nothing);
    QVERIFY(nothing->isEmpty());
}

void TestCertificateWrite::othersChangesAreNotWrittenOver()
{
    ClientCertificate other = pem();
    other.keyFile = "certs/old.key";
    const auto text = store::withCertificate(commented, environmentFile, other, pem());
    QVERIFY(!text);
    QCOMPARE(text.error().kind, ErrorKind::Refused);
    QCOMPARE(text.error().what, std::string("cannot save the client certificate for a.example"));
    QVERIFY(!store::withCertificate("a: [", environmentFile, {}, pem()));
}

void TestCertificateWrite::refusesWhatMayNotStandThere_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char* name, const char* domain, const char* certificate, const char* key,
                        const char* passphrase, bool isAllowed) {
        QTest::newRow(name) << QString::fromLatin1(domain) << QString::fromLatin1(certificate)
                            << QString::fromLatin1(key) << QString::fromLatin1(passphrase) << isAllowed;
    };
    row("a pair", "a", "a.pem", "a.key", "", true);
    row("a bundle", "a", "a.p12", "", "{{pw}}", true);
    row("variables", "{{host}}", "{{file}}", "{{key}}", "", true);
    row("no host", "", "a.pem", "a.key", "", false);
    row("no file", "a", "", "a.key", "", false);
    row("a file outside", "a", "../a.pem", "a.key", "", false);
    row("a key outside", "a", "a.pem", "/etc/ssl/a.key", "", false);
    row("a file outside with mere braces", "a", "../{{a.pem", "a.key", "", false);
    row("a passphrase", "a", "a.p12", "", "s3cret", false);
    row("half a passphrase", "a", "a.p12", "", "s3cret{{pw}}", false);
    row("one between two", "a", "a.p12", "", "{{pw}}s3cret{{pw}}", false);
    row("an empty name", "a", "a.p12", "", "{{}}", false);
}

void TestCertificateWrite::refusesWhatMayNotStandThere()
{
    QFETCH(QString, domain);
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    QFETCH(bool, isAllowed);
    const CollectionFolder folder;
    const ClientCertificate wanted{domain.toStdString(), certificate.toStdString(), key.toStdString(),
                                   passphrase.toStdString(), true};
    const auto change = store::changeCertificate(folder.root, root, {}, wanted);
    QCOMPARE(change.has_value(), isAllowed);
    if (!change) {
        QCOMPARE(change.error().kind, ErrorKind::Refused);
        QVERIFY(!change.error().why.empty() && !change.error().fix.empty());
        QVERIFY(describe(change.error()).find("s3cret") == std::string::npos);
    }
}

/// Another program wrote it: that is no reason to refuse everything else.
void TestCertificateWrite::aPassphraseThatIsThereMayStay()
{
    const CollectionFolder folder;
    folder.write(environmentFile,
                 "name: local\nclientCertificates:\n"
                 "  - {domain: a, type: pkcs12, pkcs12FilePath: a.p12, passphrase: theirs}\n");
    const ClientCertificate before = folder.open().environments.front().certificates.front();
    ClientCertificate changed = before;
    changed.domain = "b";
    QVERIFY_RESULT(store::changeCertificate(folder.root, environmentFile, before, changed));
    changed.passphrase = "ours";
    QVERIFY(!store::changeCertificate(folder.root, environmentFile, before, changed));
}

void TestCertificateWrite::aFileThatIsGoneIsSaid()
{
    const CollectionFolder folder;
    const auto change = store::changeCertificate(folder.root, environmentFile, {}, pem());
    QVERIFY(!change);
    QVERIFY2(describe(change.error()).find(environmentFile) != std::string::npos,
             describe(change.error()).c_str());
}

QTEST_GUILESS_MAIN(TestCertificateWrite)
#include "tst_certificatewrite.moc"
