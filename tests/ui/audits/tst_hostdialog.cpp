// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The question about another machine: its name stands there as it is, whatever a file has it look like.

#include <audits/hostdialog.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck::ui;

class TestHostDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aNameCannotLookLikeAnother();
};

void TestHostDialog::aNameCannotLookLikeAnother()
{
    // Written from the right it ends like a host of ours.
    const std::string host = "moc.elpmaxe.\u202e.invalid";
    HostDialog dialog(host, QStringLiteral("About 3 requests will go to %2."), nullptr);
    auto* const typed = dialog.findChild<QLineEdit*>(QStringLiteral("typedHost"));
    auto* const confirm = dialog.findChild<QPushButton*>(QStringLiteral("confirmHost"));
    const QString question = dialog.findChild<QLabel*>(QStringLiteral("hostQuestion"))->text();
    const QString shown = typed->placeholderText();
    QVERIFY(!question.contains(QChar(0x202e)) && !shown.contains(QChar(0x202e)));
    QVERIFY2(question.contains(QString(QStringLiteral("will go to ") + shown + u'.')), qPrintable(question));
    QVERIFY(shown.startsWith(QLatin1String("moc.elpmaxe.")) && shown.endsWith(QLatin1String(".invalid")));
    typed->setText(QString(shown).remove(QLatin1String("moc.")));
    QVERIFY(!confirm->isEnabled());
    typed->setText(shown);
    QVERIFY(confirm->isEnabled());
}

QTEST_MAIN(TestHostDialog)
#include "tst_hostdialog.moc"
