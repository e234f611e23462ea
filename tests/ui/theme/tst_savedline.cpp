// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a report was saved is said, and its folder is a click away.

#include <theme/savedline.h>
#include <theme/theme.h>

#include <QtCore/qurl.h>
#include <QtGui/qdesktopservices.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck::ui;

class TestSavedLine : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void takeUrl(const QUrl& url) { m_opened.push_back(url); }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    void saysTheFileAndOpensItsFolder();

private:
    QList<QUrl> m_opened;
};

void TestSavedLine::initTestCase()
{
    applyTheme(*qApp, ThemeName::Light);
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "takeUrl");
}

void TestSavedLine::saysTheFileAndOpensItsFolder()
{
    QWidget window;
    SavedLine line(QStringLiteral("some"), &window);
    const auto* words = line.findChild<QLabel*>(QStringLiteral("someWords"));
    auto* folder = line.findChild<QPushButton*>(QStringLiteral("someFolder"));
    QVERIFY(words != nullptr && folder != nullptr);
    QVERIFY(!line.isVisibleTo(&window));
    line.say(QStringLiteral("/tmp/some reports/%1 <b>#x.html"));
    QVERIFY(line.isVisibleTo(&window));
    QCOMPARE(words->text(), QStringLiteral("Saved as %1 <b>#x.html in /tmp/some reports"));
    QCOMPARE(words->textFormat(), Qt::PlainText);
    folder->click();
    QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(QStringLiteral("/tmp/some reports"))});
    line.clear();
    QVERIFY(!line.isVisibleTo(&window));
    QVERIFY(words->text().isEmpty());
}

QTEST_MAIN(TestSavedLine)
#include "tst_savedline.moc"
