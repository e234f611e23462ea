// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is left out is counted in a line, and named in full by who asks.

#include <theme/leftoutpart.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck::ui;

class TestLeftOutPart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void countsAndNamesThem();
    void isHiddenWithoutAny();
};

void TestLeftOutPart::countsAndNamesThem()
{
    QWidget window;
    LeftOutPart part(QStringLiteral("some"), &window);
    auto* count = part.findChild<QPushButton*>(QStringLiteral("someCount"));
    auto* list = part.findChild<QPlainTextEdit*>(QStringLiteral("someList"));
    QVERIFY(count != nullptr && list != nullptr);
    const std::string longName = "orders/" + std::string(300, 'x') + ".yml is left out: it carries no token";
    part.say({longName, "<b>ü</b>.yml is left out: it carries no token"});
    QVERIFY(part.isVisibleTo(&window));
    QVERIFY(!list->isVisibleTo(&window));
    QCOMPARE(count->text(), QStringLiteral("2 requests are left out"));
    count->click();
    QVERIFY(list->isVisibleTo(&window));
    const QStringList lines = list->toPlainText().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0], QString::fromStdString(longName));
    QVERIFY(lines[1].startsWith(QStringLiteral("<b>ü</b>.yml")));
    // Whoever opened it keeps it open.
    part.say({"one.yml is left out: it carries no token"});
    QCOMPARE(count->text(), QStringLiteral("1 request is left out"));
    QVERIFY(list->isVisibleTo(&window));
    count->click();
    QVERIFY(!list->isVisibleTo(&window));
}

void TestLeftOutPart::isHiddenWithoutAny()
{
    QWidget window;
    LeftOutPart part(QStringLiteral("some"), &window);
    QVERIFY(!part.isVisibleTo(&window));
    part.say({"one.yml is left out: it carries no token"});
    part.findChild<QPushButton*>(QStringLiteral("someCount"))->click();
    part.say({});
    QVERIFY(!part.isVisibleTo(&window));
    part.say({"another.yml is left out: it carries no token"});
    QVERIFY(part.isVisibleTo(&window));
    QVERIFY(!part.findChild<QPlainTextEdit*>(QStringLiteral("someList"))->isVisibleTo(&window));
}

QTEST_MAIN(TestLeftOutPart)
#include "tst_leftoutpart.moc"
