// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the window starts, from outside: what it does not understand is refused with a sentence, and a missing
// display never ends in an abort.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <support/commandline.h>

using namespace claimcheck::test;

class TestStart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void answersWithoutADisplay_data();
    void answersWithoutADisplay();
    void saysThatThereIsNoDisplay();
    void takesAPictureWithoutADisplay_data();
    void takesAPictureWithoutADisplay();
    void saysWhyThereIsNoPicture();

private:
    CommandResult start(const QStringList& arguments, const char* platform) const
    {
        CommandInput input;
        input.program = programsFolder() + QStringLiteral("/claimcheck");
        input.environment = {{QStringLiteral("DISPLAY"), {}},
                             {QStringLiteral("WAYLAND_DISPLAY"), {}},
                             {QStringLiteral("XDG_SESSION_TYPE"), {}},
                             {QStringLiteral("XDG_RUNTIME_DIR"), m_home.path()},
                             {QStringLiteral("XDG_CONFIG_HOME"), m_home.path()},
                             {QStringLiteral("QT_QPA_PLATFORM"), QString::fromLatin1(platform)}};
        return runCommand(arguments, input);
    }

    QTemporaryDir m_home;
};

void TestStart::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("theme") << "--theme bogus"
                           << "bogus";
    QTest::newRow("size") << "--size bogus"
                          << "bogus";
    QTest::newRow("no size") << "--size 0x10"
                             << "0x10";
    QTest::newRow("scene") << "--scene bogus"
                           << "bogus";
    QTest::newRow("scene without a picture") << "--scene work"
                                             << "--screenshot";
    QTest::newRow("option") << "--bogus"
                            << "bogus";
    QTest::newRow("collection") << "/nonexistent/coll"
                                << "/nonexistent/coll";
    QTest::newRow("two collections") << "/tmp /tmp"
                                     << "one";
}

void TestStart::refusesWhatItDoesNotUnderstand()
{
    QFETCH(QString, arguments);
    QFETCH(QString, named);
    const CommandResult result = start(words(qPrintable(arguments)), "offscreen");
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    const QString said = QString::fromStdString(result.err);
    QVERIFY2(said.startsWith(QStringLiteral("claimcheck: ")) && said.contains(named), result.err.c_str());
    QCOMPARE(said.count(u'\n'), 1);
}

void TestStart::answersWithoutADisplay_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("said");
    for (const char* help : {"-h", "--help"})
        QTest::newRow(help) << help << "--screenshot";
    for (const char* version : {"-v", "--version"})
        QTest::newRow(version) << version << "claimcheck ";
}

void TestStart::answersWithoutADisplay()
{
    QFETCH(QString, argument);
    QFETCH(QString, said);
    const CommandResult result = start({argument}, "");
    QCOMPARE(result.status, 0);
    QCOMPARE(result.err, std::string());
    QVERIFY2(QString::fromStdString(result.out).contains(said), result.out.c_str());
}

void TestStart::saysThatThereIsNoDisplay()
{
    const CommandResult result = start({}, "");
    QCOMPARE(result.status, 2);
    const QString said = QString::fromStdString(result.err);
    QVERIFY2(said.contains(QStringLiteral("QT_QPA_PLATFORM=offscreen")), result.err.c_str());
    QCOMPARE(said.count(u'\n'), 1);
}

void TestStart::takesAPictureWithoutADisplay_data()
{
    QTest::addColumn<bool>("together");
    QTest::newRow("--screenshot FILE") << false;
    QTest::newRow("--screenshot=FILE") << true;
}

void TestStart::takesAPictureWithoutADisplay()
{
    QFETCH(bool, together);
    const QString file = m_home.filePath(together ? QStringLiteral("a.png") : QStringLiteral("b.png"));
    const QStringList picture = together ? QStringList{QStringLiteral("--screenshot=") + file}
                                         : QStringList{QStringLiteral("--screenshot"), file};
    const CommandResult result = start(picture + QStringList{QStringLiteral("--scene=start")}, "");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(QFile::exists(file));
}

void TestStart::saysWhyThereIsNoPicture()
{
    const QString file = m_home.filePath(QStringLiteral("nowhere/a.png"));
    const CommandResult result =
        start({QStringLiteral("--screenshot"), file, QStringLiteral("--scene=start")}, "");
    QCOMPARE(result.status, 1);
    QCOMPARE(result.err, "claimcheck: cannot write " + file.toStdString() +
                             ": No such file or directory (check the path)\n");
}

QTEST_GUILESS_MAIN(TestStart)
#include "tst_start.moc"
