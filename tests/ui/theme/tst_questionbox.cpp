// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The box that asks: plain text, verbs, the safe answer for whoever hits a key without reading.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

#include <theme/questionbox.h>
#include <theme/theme.h>

using namespace claimcheck::ui;

namespace {

struct Asked
{
    QWidget window;
    mutable int lost = 0;
    mutable int saved = 0;
    QuestionBox* box =
        new QuestionBox(QStringLiteral("lossQuestion"), QStringLiteral("<b>x</b> goes."), &window);

    explicit Asked(bool offersToSave = false)
    {
        window.show();
        box->explain(QStringLiteral("In <i>y</i>."));
        if (offersToSave)
            box->offer(QStringLiteral("Save"), [this] { ++saved; });
        box->offerLoss(QStringLiteral("Discard changes"), [this] { ++lost; });
        box->ask(QStringLiteral("Keep editing"));
    }
    QStringList verbs() const
    {
        QStringList found;
        for (const QAbstractButton* button : box->buttons())
            found.append(QString(button->text()).remove(u'&'));
        found.sort();
        return found;
    }
    void press(const char* verb) const
    {
        for (QAbstractButton* button : box->buttons())
            if (QString(button->text()).remove(u'&') == QLatin1String(verb))
                return button->click();
        qFatal("there is no button %s", verb);
    }
    bool isGone() const { return window.findChild<QuestionBox*>() == nullptr; }
};

} // namespace

class TestQuestionBox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void saysAllAsPlainText()
    {
        const Asked asked;
        QCOMPARE(asked.box->text(), QStringLiteral("<b>x</b> goes."));
        int found = 0;
        for (const QLabel* label : asked.box->findChildren<QLabel*>()) {
            if (label->text().isEmpty())
                continue;
            QCOMPARE(label->textFormat(), Qt::PlainText);
            ++found;
        }
        QCOMPARE(found, 2);
    }

    void hasAVerbOnEachButton()
    {
        const Asked asked(true);
        QCOMPARE(asked.verbs(), QStringList({QStringLiteral("Discard changes"),
                                             QStringLiteral("Keep editing"), QStringLiteral("Save")}));
    }

    void theSafeAnswerIsTheDefault()
    {
        const Asked asked;
        QVERIFY(asked.box->defaultButton() != nullptr);
        QCOMPARE(asked.box->defaultButton()->objectName(), QStringLiteral("safeAnswer"));
        QCOMPARE(asked.box->escapeButton(), asked.box->defaultButton());
        QTest::keyClick(asked.box, Qt::Key_Return);
        QCOMPARE(asked.lost, 0);
        QTRY_VERIFY(asked.isGone());
    }

    void whatLosesNothingMayBeTheDefault()
    {
        const Asked asked(true);
        QCOMPARE(QString(asked.box->defaultButton()->text()).remove(u'&'), QStringLiteral("Save"));
        QCOMPARE(asked.box->escapeButton()->objectName(), QStringLiteral("safeAnswer"));
    }

    void escapeLosesNothing()
    {
        const Asked asked(true);
        QTest::keyClick(asked.box, Qt::Key_Escape);
        QCOMPARE(asked.lost + asked.saved, 0);
        QTRY_VERIFY(asked.isGone());
    }

    void closingItLosesNothing()
    {
        const Asked asked(true);
        asked.box->close();
        QCOMPARE(asked.lost + asked.saved, 0);
        QTRY_VERIFY(asked.isGone());
    }

    void theDeedIsDoneOnce()
    {
        const Asked asked(true);
        asked.press("Discard changes");
        QCOMPARE(asked.lost, 1);
        QCOMPARE(asked.saved, 0);
        QTRY_VERIFY(asked.isGone());
    }
};

QTEST_MAIN(TestQuestionBox)
#include "tst_questionbox.moc"
