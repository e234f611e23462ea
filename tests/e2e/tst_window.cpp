// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main job through the window's own widgets against the guide's API on Express: log in, verify with the
// secret, look into the token, call the protected route, tamper with the token, leave it out, start again.

#include <QtCore/qregularexpression.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qradiobutton.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <mainwindow/mainwindow.h>
#include <response/textview.h>
#include <sessions/sessionchip.h>
#include <support/nodeserver.h>
#include <theme/banner.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

constexpr int answerWithin = 15'000; ///< ms

/// The same header and signature around a payload that says "root".
QString withAnotherUser(const QString& token)
{
    QStringList parts = token.split(u'.');
    Result<std::string> payload = jose::decodeBase64Url(toUtf8(parts.value(1)));
    const std::size_t user = payload ? payload->find("demo") : std::string::npos;
    if (user == std::string::npos)
        qFatal("the token is not the one that the server made");
    parts[1] = toQString(jose::encodeBase64Url(payload->replace(user, 4, "root")));
    return parts.join(u'.');
}

/// One start of the program, without a program around it.
struct Program
{
    workbench::Workbench workbench;
    MainWindow window;

    explicit Program(const QString& configDirectory) : window(workbench, configDirectory.toStdString())
    {
        window.begin();
        window.resize(1280, 800);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not become active");
    }

    /// The widget of that name which a person can see now.
    template <typename Widget>
    Widget* see(const char* name)
    {
        for (Widget* widget : window.findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    template <typename Widget>
    Widget* find(const char* name)
    {
        auto* widget = see<Widget>(name);
        return widget ? widget : (qFatal("nobody can see a widget of that name: %s", name), nullptr);
    }

    void click(const char* name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    void type(const char* name, const QString& text)
    {
        auto* edit = find<QLineEdit>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    QString status()
    {
        auto* label = see<QLabel>("responseStatus");
        return label ? label->text() : QString();
    }
    QString body()
    {
        const auto* view = see<TextView>("responseBody");
        return view ? QString::fromStdString(view->text()) : QString();
    }
    /// All cells of a table that can be seen.
    QString cells(const char* name)
    {
        const QAbstractItemModel* model = find<QTableView>(name)->model();
        QString text;
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                text += model->index(row, column).data().toString() + u'\n';
        return text;
    }
};

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void logsInAndVerifies();
    void looksIntoTheToken();
    void callsTheProtectedRoute();
    void seesATamperedTokenRefused();
    void seesNoTokenRefused();
    void findsEverythingAgainAfterARestart();
    void saysWhenTheServerIsGone();
    void cleanupTestCase() { m_program.reset(); }

private:
    QString at(const char* path) const { return m_server.url() + QString::fromLatin1(path); }

    test::NodeServer m_server;
    QTemporaryDir m_config;
    std::unique_ptr<Program> m_program;
};

void TestWindow::initTestCase()
{
    const QString problem = m_server.start(QStringLiteral("express"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    applyTheme(*qApp, ThemeName::Light);
    m_program = std::make_unique<Program>(m_config.path());
}

void TestWindow::logsInAndVerifies()
{
    m_program->click("sessionChip"); // nobody is signed in: it shows the login
    m_program->type("loginUrl", at("/login"));
    m_program->type("loginUser", QStringLiteral("demo"));
    m_program->type("loginPassword", QStringLiteral("any password"));
    m_program->type("loginSecret", QStringLiteral("your_secret_key"));
    m_program->click("signIn");
    QTRY_VERIFY_WITH_TIMEOUT(m_program->see<Banner>("loginResult") != nullptr, answerWithin);
    const auto* banner = m_program->find<Banner>("loginResult");
    QCOMPARE(banner->tone(), Tone::Ok);
    QVERIFY2(banner->sentence().simplified().contains(QStringLiteral("body .token: verified")),
             qPrintable(banner->sentence()));
    const QString left = m_program->find<SessionChip>("sessionChip")->stateText();
    QVERIFY2(QRegularExpression(QStringLiteral("^(1:00:00|59:\\d\\d)$")).match(left).hasMatch(),
             qPrintable(left));
}

void TestWindow::looksIntoTheToken()
{
    m_program->click("inspectLoginToken");
    const auto* banner = m_program->find<Banner>("verdictBanner");
    QCOMPARE(banner->tone(), Tone::Ok);
    QVERIFY2(banner->word().contains(QStringLiteral("verified"), Qt::CaseInsensitive),
             qPrintable(banner->word()));
    const QString claims = m_program->cells("tokenClaims");
    QVERIFY2(claims.contains(QStringLiteral("username")) && claims.contains(QStringLiteral("demo")),
             qPrintable(claims));
    const QString findings = m_program->cells("tokenFindings");
    QVERIFY2(findings.contains(QStringLiteral("32")), qPrintable(findings)); // HS256 asks for 32 bytes
    QVERIFY2(findings.contains(QStringLiteral("list"), Qt::CaseInsensitive), qPrintable(findings));
}

void TestWindow::callsTheProtectedRoute()
{
    QTest::keyClick(&m_program->window, Qt::Key_N, Qt::ControlModifier);
    m_program->type("requestUrl", at("/protected"));
    m_program->find<FlatTabBar>("requestParts")->setCurrentIndex(3);
    QTest::mouseClick(m_program->find<QRadioButton>("authRaw"), Qt::LeftButton, {}, QPoint(8, 8));
    m_program->click("send");
    QTRY_COMPARE_WITH_TIMEOUT(m_program->status(), QStringLiteral("200 OK"), answerWithin);
    QTRY_VERIFY(m_program->body().contains(QStringLiteral("\"message\": \"This is a protected route\"")));
}

void TestWindow::seesATamperedTokenRefused()
{
    QTest::keyClick(&m_program->window, Qt::Key_3, Qt::ControlModifier); // the inspector
    auto* edit = m_program->find<QPlainTextEdit>("tokenText");
    const QString token = withAnotherUser(edit->toPlainText());
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, token);
    QTRY_VERIFY(m_program->find<Banner>("verdictBanner")->tone() == Tone::Bad);
    m_program->click("useInRequest");
    m_program->click("send");
    QTRY_COMPARE_WITH_TIMEOUT(m_program->status(), QStringLiteral("401 Unauthorized"), answerWithin);
    QTRY_VERIFY(m_program->body().contains(QStringLiteral("Unauthorized")));
}

void TestWindow::seesNoTokenRefused()
{
    m_program->find<FlatTabBar>("requestParts")->setCurrentIndex(1);
    auto* headers = m_program->find<QTableView>("requestHeaders");
    const QModelIndex tick = headers->model()->index(0, 0);
    QCOMPARE(tick.siblingAtColumn(1).data().toString(), QStringLiteral("Authorization"));
    QTest::mouseClick(headers->viewport(), Qt::LeftButton, {}, headers->visualRect(tick).center());
    QCOMPARE(tick.data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Unchecked));
    m_program->find<FlatTabBar>("requestParts")->setCurrentIndex(3);
    QTest::mouseClick(m_program->find<QRadioButton>("authNone"), Qt::LeftButton, {}, QPoint(8, 8));
    QTest::keyClick(&m_program->window, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->status(), QStringLiteral("403 Forbidden"), answerWithin);
    QTRY_VERIFY(m_program->body().contains(QStringLiteral("No token provided")));
}

void TestWindow::findsEverythingAgainAfterARestart()
{
    m_program->window.close();
    m_program.reset();
    for (const QFileInfo& file : QDir(m_config.path()).entryInfoList(QDir::Files)) {
        QFile kept(file.filePath());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QByteArray bytes = kept.readAll();
        for (const char* secret : {"any password", "your_secret_key", "eyJ"})
            QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
    }
    m_program = std::make_unique<Program>(m_config.path());
    QCOMPARE(m_program->find<QLineEdit>("requestUrl")->text(), at("/protected"));
    m_program->click("sessionChip");
    QCOMPARE(m_program->find<QLineEdit>("loginUrl")->text(), at("/login"));
    QCOMPARE(m_program->find<QLineEdit>("loginUser")->text(), QStringLiteral("demo"));
    QVERIFY(m_program->find<QLineEdit>("loginPassword")->text().isEmpty());
}

void TestWindow::saysWhenTheServerIsGone()
{
    m_server.stop();
    m_program->type("loginPassword", QStringLiteral("x"));
    m_program->click("signIn");
    QTRY_VERIFY_WITH_TIMEOUT(m_program->see<Banner>("loginResult") != nullptr, answerWithin);
    QCOMPARE(m_program->find<Banner>("loginResult")->tone(), Tone::Bad);
    QVERIFY(!m_program->find<QLabel>("loginFix")->text().isEmpty());
    QTest::keyClick(&m_program->window, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->see<Banner>("responseError") != nullptr, answerWithin);
    QVERIFY(m_program->status().isEmpty());
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
