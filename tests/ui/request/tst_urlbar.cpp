// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line of method, URL, "Sent as" and Send at any width of the pane: what can give way does, Send never.

#include <QtGui/qimage.h>
#include <QtGui/qpixmap.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlayout.h>
#include <QtWidgets/qpushbutton.h>

#include <request/urlbar.h>
#include <request/urledit.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>

using namespace claimcheck::ui;

namespace {

constexpr int aroundText = 34; ///< of a name in its box: padding and chevron

struct Bar
{
    QWidget window;
    UrlBar* bar = new UrlBar(&window);
    ChevronBox* sentAs = bar->findChild<ChevronBox*>(QStringLiteral("sentAs"));
    QPushButton* send = bar->findChild<QPushButton*>(QStringLiteral("send"));

    explicit Bar(const std::string& chosen)
    {
        window.resize(1200, 60);
        bar->setMethod(QStringLiteral("OPTIONS"));
        bar->setSentAs({{"alice", "the administrator of all shops", "bob"}, chosen});
        window.show();
    }
    int textWidth(const QString& text) const { return sentAs->fontMetrics().horizontalAdvance(text); }
    void resize(int width) const
    {
        bar->resize(width, bar->height());
        bar->layout()->activate();
    }
};

} // namespace

class TestUrlBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void aNameIsShownWhereThereIsRoom()
    {
        const Bar bar("bob");
        bar.resize(900);
        QVERIFY(bar.sentAs->isVisible());
        QVERIFY(bar.sentAs->width() >= bar.textWidth(QStringLiteral("bob")) + aroundText);
    }

    /// The URL gives way to its least width before a letter of the name goes.
    void theUrlGivesWayFirst()
    {
        const Bar bar("the administrator of all shops");
        bar.resize(900);
        const int whole = bar.sentAs->width();
        QVERIFY(bar.bar->url()->width() > 120);
        int elided = 0;
        for (int width = 900; width >= bar.bar->minimumSizeHint().width(); --width) {
            bar.resize(width);
            if (bar.sentAs->width() == whole)
                continue;
            ++elided;
            QVERIFY2(bar.bar->url()->width() == 120, QByteArray::number(width).constData());
        }
        QVERIFY(elided > 0);
    }

    void aNameKeepsItsBeginningInTheNarrowestPane()
    {
        for (const char* chosen : {"bob", "the administrator of all shops", ""}) {
            const Bar bar(chosen);
            bar.resize(bar.bar->minimumSizeHint().width());
            const int letters = 8 * bar.sentAs->fontMetrics().averageCharWidth();
            const int name = bar.textWidth(bar.sentAs->currentText());
            QVERIFY(bar.sentAs->isVisible());
            QVERIFY2(bar.sentAs->width() >= qMin(name, letters) + aroundText,
                     QByteArray::number(bar.sentAs->width()).constData());
        }
    }

    /// What a wide pane gave to a name is no width that the pane has to keep.
    void theLeastWidthIsTheSameInAWidePane()
    {
        const Bar bar("the administrator of all shops");
        bar.resize(bar.bar->minimumSizeHint().width());
        const int least = bar.bar->minimumSizeHint().width();
        bar.resize(900);
        QCOMPARE(bar.bar->minimumSizeHint().width(), least);
        const int others = bar.bar->minimumSizeHint().width() - bar.sentAs->minimumWidth();
        bar.bar->setSentAs({{"alice", std::string(300, 'W')}, std::string(300, 'W')});
        QVERIFY(bar.bar->minimumSizeHint().width() <= others + 140);
    }

    void whatIsElidedIsSaid()
    {
        const QString name = QStringLiteral("the administrator of all shops");
        const Bar bar("the administrator of all shops");
        bar.resize(bar.bar->minimumSizeHint().width());
        QVERIFY(bar.sentAs->width() < bar.textWidth(name));
        QVERIFY(bar.sentAs->toolTip().contains(name));
        QCOMPARE(bar.sentAs->accessibleName(), QString(QStringLiteral("Sent as ") + name));
        QCOMPARE(bar.sentAs->currentText(), name); // as the list has it
    }

    void sendAndTheUrlKeepTheirRoomAtAnyWidth()
    {
        const Bar bar("the administrator of all shops");
        for (const bool busy : {false, true}) {
            bar.bar->setBusy(busy);
            for (int width = 900; width >= bar.bar->minimumSizeHint().width(); width -= 9) {
                bar.resize(width);
                const QByteArray at = QByteArray::number(width);
                QVERIFY2(bar.send->geometry().right() < width, at.constData());
                QVERIFY2(bar.send->width() >= bar.send->minimumSizeHint().width(), at.constData());
                QVERIFY2(bar.bar->url()->width() >= 120, at.constData());
                QVERIFY2(bar.bar->url()->geometry().right() < bar.sentAs->x(), at.constData());
                QVERIFY2(bar.sentAs->geometry().right() < bar.send->x(), at.constData());
                QVERIFY2(bar.sentAs->width() >= 72, at.constData());
            }
        }
    }

    void theFocusIsSeen()
    {
        Bar bar("bob");
        bar.resize(900);
        QVERIFY(QTest::qWaitForWindowActive(&bar.window));
        const auto ring = [&bar] {
            const QImage image = bar.sentAs->grab().toImage();
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    found += image.pixelColor(x, y) == colour(Role::Accent) ? 1 : 0;
            return found;
        };
        bar.send->setFocus();
        QCOMPARE(ring(), 0);
        bar.sentAs->setFocus();
        QTRY_VERIFY(bar.sentAs->hasFocus());
        QVERIFY(ring() > 40);
    }

    /// The line below and the chip call it by its name.
    void theSessionOfTheSignInFormHasItsName()
    {
        const Bar bar("");
        bar.bar->setSentAs({{"alice", "bob"}, "", "demo"});
        QCOMPARE(bar.sentAs->currentText(), QStringLiteral("demo"));
        QVERIFY(bar.sentAs->toolTip().contains(QStringLiteral("demo")));
        bar.bar->setSentAs({{"alice", "bob"}, "", "bob"}); // two of one name
        QCOMPARE(bar.sentAs->currentText(), QStringLiteral("bob (sign-in form)"));
        QCOMPARE(bar.sentAs->findText(QStringLiteral("bob")), 1);
        bar.bar->setSentAs({{"alice", "bob"}, "", ""});
        QCOMPARE(bar.sentAs->currentText(), QStringLiteral("Sign-in form"));
    }

    void whereNobodyCanBeChosenItIsHidden()
    {
        const Bar bar("");
        bar.bar->setSentAs({});
        QVERIFY(bar.sentAs->isHidden());
    }
};

QTEST_MAIN(TestUrlBar)
#include "tst_urlbar.moc"
