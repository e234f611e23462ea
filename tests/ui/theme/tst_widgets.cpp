// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text that is longer than the room it has: nothing else goes out of reach for it. A banner can be read in
// every theme, also in one that comes while it is shown.

#include <theme/banner.h>
#include <theme/elidedlabel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>

using namespace claimcheck::ui;

class TestWidgets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void aWrappedLabelAsksForNoWidth()
    {
        QWidget page;
        auto* column = new QVBoxLayout(&page);
        QLabel* label = wrapped(plainLabel(QString(4000, u'W')));
        column->addWidget(label);
        QVERIFY2(page.minimumSizeHint().width() < 100,
                 qPrintable(QString::number(page.minimumSizeHint().width())));
        label->setText(QStringLiteral("one two three ").repeated(40));
        QVERIFY(label->sizePolicy().hasHeightForWidth());
        QVERIFY(page.layout()->heightForWidth(200) > page.layout()->heightForWidth(2000));
    }
    void anElidedLabelShowsWhatFits()
    {
        const QString name = QStringLiteral("administrator of everything there is");
        ElidedLabel label(name);
        QCOMPARE(label.text(), name);
        label.resize(label.sizeHint());
        QCOMPARE(label.shownText(), name);
        QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
        label.resize(label.sizeHint().width() / 2, label.height());
        QVERIFY(label.shownText().endsWith(u'…') && label.shownText().size() < name.size());
        QCOMPARE(label.text(), name);
        QVERIFY(!label.grab().isNull());
    }
    void aBannerFollowsTheTheme_data()
    {
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<Role>("role");
        QTest::newRow("bad") << Tone::Bad << Role::Bad;
        QTest::newRow("warn") << Tone::Warn << Role::Warn;
        QTest::newRow("ok") << Tone::Ok << Role::Ok;
        QTest::newRow("info") << Tone::Info << Role::Info;
        QTest::newRow("neutral") << Tone::Neutral << Role::Text;
    }
    void aBannerFollowsTheTheme()
    {
        QFETCH(Tone, tone);
        QFETCH(Role, role);
        Banner banner;
        banner.say(Tone::Bad, QStringLiteral("Before"), QStringLiteral("Something else."));
        banner.setFigure(QStringLiteral("0:05"));
        banner.show();
        banner.say(tone, QStringLiteral("Cannot send"), QStringLiteral("Nobody answers."));
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Light}) {
            applyTheme(*qApp, name);
            for (const QLabel* label : banner.findChildren<QLabel*>())
                if (!label->text().isEmpty())
                    QCOMPARE(label->palette().color(QPalette::WindowText), colour(role));
        }
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
