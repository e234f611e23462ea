// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client certificate for a request's host, changed in the window: it stands where OpenCollection has it,
// is taken back by undo, and no file has its passphrase.

#include "settingswindow.h"

#include <mainwindow/noticebar.h>
#include <request/certificatedialog.h>
#include <theme/theme.h>

#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using collection::ClientCertificate;

namespace {

constexpr const char* environmentFile = "environments/local.yml";
const std::string localEnvironment = "name: local # ours\n";

struct Window : SettingsWindow
{
    Window()
        : SettingsWindow(
              {{"a.yml", "info: {name: A, type: http}\nhttp: {method: GET, url: \"https://h:8443/a\"}\n"},
               {"plain.yml", "info: {name: P, type: http}\nhttp: {method: GET, url: \"http://h/a\"}\n"},
               {environmentFile, localEnvironment},
               {"certs/a.pem", "x"},
               {"certs/a.key", "x"},
               {"certs/a.p12", "x"}})
    {
        workbench.selectEnvironment("local");
    }
    /// Null: none came.
    CertificateDialog* open(const char* request = "a.yml")
    {
        openRequest(request);
        for (QPushButton* button : tabs->findChildren<QPushButton*>(QStringLiteral("requestCertificate")))
            if (tabs->currentItem().path == request)
                button->click();
        return shown<CertificateDialog>();
    }
    static QLineEdit* field(CertificateDialog* dialog, const char* name)
    {
        return dialog->findChild<QLineEdit*>(QLatin1String(name));
    }
    static void type(CertificateDialog* dialog, const char* name, const char* text)
    {
        field(dialog, name)->setText(QLatin1String(text));
    }
    static QString said(CertificateDialog* dialog)
    {
        const auto* label = dialog->findChild<QLabel*>(QStringLiteral("certificateProblem"));
        return label->isVisible() ? label->text() : QString();
    }
    const collection::Environment& environment() { return workbench.collection()->environments.front(); }
    std::string text() { return SettingsWindow::text(environmentFile); }
};

} // namespace

class TestCertificates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aPairIsWrittenAndTakenBack();
    void noFileHasThePassphrase();
    void theOneThatCountsIsChanged();
    void canBeRemoved();
    void returnSavesAndRemovesNothing();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void withoutTlsThereIsNone();
};

void TestCertificates::aPairIsWrittenAndTakenBack()
{
    Window w;
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    QCOMPARE(Window::field(dialog, "certificateDomain")->text(), QStringLiteral("h:8443"));
    QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("removeCertificate"))->isVisible());
    Window::type(dialog, "certificateFile", "certs/a.pem");
    Window::type(dialog, "certificateKey", "certs/a.key");
    Window::click(dialog, "saveCertificate");
    QVERIFY2(!dialog->isVisible(), qPrintable(Window::said(dialog)));
    QCOMPARE(w.environment().certificates,
             (std::vector<ClientCertificate>{{"h:8443", "certs/a.pem", "certs/a.key", {}, true}}));
    QVERIFY2(w.undo()->text().contains(QLatin1String("h:8443")), qPrintable(w.undo()->text()));
    w.undo()->trigger();
    QCOMPARE(w.text(), localEnvironment);
}

void TestCertificates::noFileHasThePassphrase()
{
    Window w;
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    QCOMPARE(Window::field(dialog, "certificatePassphrase")->echoMode(), QLineEdit::Password);
    Window::type(dialog, "certificateFile", "certs/a.p12");
    Window::type(dialog, "certificatePassphrase", "s3cret-word");
    Window::click(dialog, "saveCertificate");
    QVERIFY2(!dialog->isVisible(), qPrintable(Window::said(dialog)));
    QCOMPARE(w.environment().certificates.front().passphrase, std::string("{{clientPassphrase}}"));
    QCOMPARE(w.environment().variables.size(), std::size_t(1));
    QVERIFY(w.environment().variables.front().name == "clientPassphrase");
    QVERIFY(w.environment().variables.front().secret);
    QVERIFY2(w.text().find("s3cret") == std::string::npos, w.text().c_str());
    w.undo()->trigger(); // the certificate and the name at once
    QCOMPARE(w.text(), localEnvironment);
}

/// What it says beside, and where it stands, stays.
void TestCertificates::theOneThatCountsIsChanged()
{
    Window w;
    const std::string before = localEnvironment +
                               "clientCertificates:\n"
                               "  - {domain: other, type: pkcs12, pkcs12FilePath: certs/a.p12}\n"
                               "  - domain: h # ours\n"
                               "    type: pkcs12\n"
                               "    pkcs12FilePath: certs/old.p12\n"
                               "    passphrase: '{{pw}}'\n";
    w.folder.write(environmentFile, before);
    const auto opened = w.workbench.openCollection(w.folder.root);
    QVERIFY(opened.has_value());
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    QCOMPARE(Window::field(dialog, "certificateFile")->text(), QStringLiteral("certs/old.p12"));
    QCOMPARE(Window::field(dialog, "certificateVariable")->text(), QStringLiteral("pw"));
    Window::type(dialog, "certificateFile", "certs/a.p12");
    Window::click(dialog, "saveCertificate");
    QVERIFY2(!dialog->isVisible(), qPrintable(Window::said(dialog)));
    std::string after = before;
    after.replace(after.find("certs/old.p12"), 13, "certs/a.p12");
    QCOMPARE(w.text(), after);
}

void TestCertificates::canBeRemoved()
{
    Window w;
    w.folder.write(environmentFile, localEnvironment +
                                        "clientCertificates:\n"
                                        "  - {domain: h, type: pkcs12, pkcs12FilePath: certs/a.p12}\n");
    const auto opened = w.workbench.openCollection(w.folder.root);
    QVERIFY(opened.has_value());
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    Window::click(dialog, "removeCertificate");
    QVERIFY(!dialog->isVisible());
    QCOMPARE(w.text(), localEnvironment);
}

/// Return pressed the first button of the row, and that is Remove.
void TestCertificates::returnSavesAndRemovesNothing()
{
    Window w;
    w.folder.write(environmentFile, localEnvironment +
                                        "clientCertificates:\n"
                                        "  - {domain: h, type: pkcs12, pkcs12FilePath: certs/old.p12}\n");
    const auto opened = w.workbench.openCollection(w.folder.root);
    QVERIFY(opened.has_value());
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    Window::type(dialog, "certificateFile", "certs/a.p12");
    QTest::keyClick(Window::field(dialog, "certificateFile"), Qt::Key_Return);
    QVERIFY2(!dialog->isVisible(), qPrintable(Window::said(dialog)));
    QCOMPARE(w.environment().certificates,
             (std::vector<ClientCertificate>{{"h", "certs/a.p12", {}, {}, true}}));
}

void TestCertificates::whatIsWrongIsSaid_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("no file") << QByteArray() << QByteArray("no file");
    QTest::newRow("outside") << QByteArray("../a.pem") << QByteArray("outside");
    QTest::newRow("not there") << QByteArray("certs/b.pem") << QByteArray("no such file");
}

void TestCertificates::whatIsWrongIsSaid()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, why);
    Window w;
    CertificateDialog* dialog = w.open();
    QVERIFY(dialog != nullptr);
    Window::type(dialog, "certificateFile", certificate.constData());
    Window::click(dialog, "saveCertificate");
    QVERIFY(dialog->isVisible());
    QVERIFY2(Window::said(dialog).contains(QLatin1String(why)), qPrintable(Window::said(dialog)));
    QCOMPARE(w.text(), localEnvironment);
}

void TestCertificates::withoutTlsThereIsNone()
{
    Window w;
    QVERIFY(w.open("plain.yml") == nullptr);
    QVERIFY2(w.window.findChild<NoticeBar*>()->text().contains(QLatin1String("https")),
             qPrintable(w.window.findChild<NoticeBar*>()->text()));
}

QTEST_MAIN(TestCertificates)
#include "tst_certificates.moc"
