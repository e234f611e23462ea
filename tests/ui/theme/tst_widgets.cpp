// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text that is longer than the room it has: nothing else goes out of reach for it. A banner can be read in
// every theme, also in one that comes while it is shown. Boxes of one line and of several agree where their
// text begins.

#include <theme/banner.h>
#include <theme/elidedlabel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include <initializer_list>
#include <memory>

#include <QtGui/qimage.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>

using namespace claimcheck::ui;

namespace {

/// The first column behind the frame in which something dark stands; -1: none.
int textBeginsAt(QWidget& box)
{
    constexpr int frame = 4; // with its round corners
    const QImage picture = box.grab().toImage();
    for (int x = frame; x < picture.width() - frame; ++x)
        for (int y = frame; y < picture.height() - frame; ++y)
            if (qGray(picture.pixel(x, y)) < 128)
                return x;
    return -1;
}

} // namespace

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
    void boxesBeginTheirTextAtTheSamePlace()
    {
        const QString text = QStringLiteral("HHHH");
        QLineEdit line(text);
        QPlainTextEdit box;
        insetText(&box);
        box.setPlainText(text);
        QPlainTextEdit asItComes(text);
        for (QWidget* each : std::initializer_list<QWidget*>{&line, &box, &asItComes}) {
            each->setFont(monoFont());
            each->resize(200, 80);
        }
        const int begin = textBeginsAt(line);
        QVERIFY(begin > 0);
        QVERIFY2(qAbs(textBeginsAt(box) - begin) <= 1, qPrintable(QString::number(textBeginsAt(box))));
        QVERIFY(qAbs(textBeginsAt(asItComes) - begin) > 1);
        QVERIFY(!box.document()->isModified());
    }
    void aMoreButtonSaysWhatItDoes()
    {
        const std::unique_ptr<QPushButton> more(moreButton(QStringLiteral("more")));
        QCOMPARE(more->text(), QStringLiteral("More"));
        QVERIFY(!more->icon().isNull());
        const QImage closed = more->icon().pixmap(16, 16).toImage();
        more->click();
        QCOMPARE(more->text(), QStringLiteral("Less"));
        QVERIFY(more->icon().pixmap(16, 16).toImage() != closed);
        more->click();
        QCOMPARE(more->text(), QStringLiteral("More"));
        QCOMPARE(more->icon().pixmap(16, 16).toImage(), closed);
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
