// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The collection pane: opening, selecting, new requests, the empty page, files that do not parse.

#include <QtGui/qimage.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtoolbutton.h>
#include <QtWidgets/qtreeview.h>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <theme/theme.h>

using namespace claimcheck;
using ui::CollectionPane;

namespace {

collection::Item item(const char* path, const char* name)
{
    collection::Item result;
    result.path = path;
    result.entry.name = name;
    return result;
}

collection::Collection sample()
{
    collection::Folder orders;
    orders.path = "orders";
    orders.name = "Orders";
    orders.items = {item("orders/list.yml", "List"), item("orders/broken.yml", "")};
    orders.items[1].problem = Error{ErrorKind::Malformed, "cannot read it", "no mapping", "mend it", {}};
    collection::Collection result;
    result.directory = "/nowhere";
    result.name = "<b>API</b>";
    result.root.folders = {orders};
    result.root.items = {item("ping.yml", "Ping")};
    return result;
}

struct Pane
{
    CollectionPane pane;
    QSignalSpy activated{&pane, &CollectionPane::itemActivated};
    QSignalSpy added{&pane, &CollectionPane::newRequestRequested};
    QTreeView* tree = pane.findChild<QTreeView*>(QStringLiteral("collectionTree"));

    Pane()
    {
        pane.resize(280, 500);
        pane.show();
    }
    QModelIndex row(int row, int of = -1) const
    {
        return of < 0 ? tree->model()->index(row, 0)
                      : tree->model()->index(row, 0, tree->model()->index(of, 0));
    }
    void click(const QModelIndex& index)
    {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(index).center());
    }
};

} // namespace

class TestCollectionPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void theEmptyPageOffersBothWays()
    {
        Pane pane;
        QSignalSpy opened(&pane.pane, &CollectionPane::openRequested);
        QSignalSpy created(&pane.pane, &CollectionPane::createRequested);
        pane.pane.setCollection(std::nullopt);
        pane.pane.findChild<QPushButton*>(QStringLiteral("openCollection"))->click();
        pane.pane.findChild<QPushButton*>(QStringLiteral("createCollection"))->click();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(created.size(), 1);
    }

    void whatIsNotSavedCarriesTheMark()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        const auto marks = [&pane](const QModelIndex& row) {
            QRect place = pane.tree->visualRect(row);
            place.setLeft(place.right() - 20);
            const QImage image = pane.tree->viewport()->grab(place).toImage();
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    found += image.pixelColor(x, y) == ui::colour(ui::Role::Accent) ? 1 : 0;
            return found;
        };
        QCOMPARE(marks(pane.row(1)), 0);
        pane.pane.setUnsaved({QStringLiteral("ping.yml")});
        QVERIFY(marks(pane.row(1)) > 12);
        QCOMPARE(marks(pane.row(0, 0)), 0);
        pane.pane.setUnsaved({});
        QCOMPARE(marks(pane.row(1)), 0);
    }

    void rulesForNothingAreToldUnderTheTree()
    {
        Pane pane;
        collection::Collection left = sample();
        const auto* note = pane.pane.findChild<QLabel*>(QStringLiteral("strayRules"));
        pane.pane.setCollection(left);
        QVERIFY(!note->isVisible());
        left.strayRules = {{".claimcheck/connections.yaml", "orders/<b>gone</b>", false}};
        pane.pane.setCollection(left);
        QVERIFY(note->isVisible());
        QVERIFY(note->text().startsWith(QStringLiteral("The rule for orders/<b>gone</b> in "
                                                       ".claimcheck/connections.yaml names no request or "
                                                       "folder. Delete it")));
        QCOMPARE(note->textFormat(), Qt::PlainText);
        const int width = pane.pane.minimumSizeHint().width();
        left.strayRules.insert(left.strayRules.begin(),
                               {".claimcheck/checks.yaml", std::string(2000, 'x') + ".yml", true});
        pane.pane.setCollection(left);
        QVERIFY(note->text().contains(QStringLiteral("There are 2 like it.")));
        QVERIFY(note->text().size() < 400);
        QVERIFY(note->toolTip().contains(QStringLiteral("connections.yaml")));
        QCOMPARE(pane.pane.minimumSizeHint().width(), width); // a long path does not widen the pane
        left.strayRules.clear();
        pane.pane.setCollection(left);
        QVERIFY(!note->isVisible());
    }

    void toolTipsNameTheWholeRequest()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        const QString tip = pane.row(1).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QStringLiteral("Ping")) && tip.contains(QStringLiteral("ping.yml")),
                 qPrintable(tip));
    }

    void toolTipsShowAFolderAsText()
    {
        Pane pane;
        collection::Collection foreign = sample();
        foreign.directory = "/<b>nowhere</b>";
        pane.pane.setCollection(foreign);
        const auto* name = pane.pane.findChild<QLabel*>(QStringLiteral("collectionName"));
        QVERIFY(name->toolTip().startsWith(QStringLiteral("<qt>&lt;b&gt;API&lt;/b&gt;")));
        QVERIFY(name->toolTip().endsWith(QStringLiteral("/&lt;b&gt;nowhere&lt;/b&gt;</qt>")));
        QCOMPARE(name->accessibleDescription(), QStringLiteral("/<b>nowhere</b>"));
    }

    void withoutACollectionItSaysHowToGetOne()
    {
        Pane pane;
        QSignalSpy open(&pane.pane, &CollectionPane::openRequested);
        QVERIFY(!pane.tree->isVisible());
        QTest::mouseClick(pane.pane.findChild<QPushButton*>(QStringLiteral("openCollection")),
                          Qt::LeftButton);
        QCOMPARE(open.size(), 1);
    }

    void aClickOpensARequest()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        pane.click(pane.row(1));
        QCOMPARE(pane.activated.size(), 1);
        QCOMPARE(pane.activated[0][0].toString(), QStringLiteral("ping.yml"));
    }

    void theKeyboardOpensARequest()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        QCOMPARE(pane.activated.size(), 0); // selecting is not opening
        QTest::keyClick(pane.tree, Qt::Key_Return);
        QCOMPARE(pane.activated.size(), 1);
        QCOMPARE(pane.activated[0][0].toString(), QStringLiteral("orders/list.yml"));
    }

    void brokenFilesAreNotOpened()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        pane.click(pane.row(1, 0));
        QCOMPARE(pane.activated.size(), 0);
        QVERIFY(pane.row(1, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("no mapping")));
    }

    void newRequestsGoBesideTheSelection()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        auto* add = pane.pane.findChild<QToolButton*>(QStringLiteral("addRequest"));
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        QTest::mouseClick(add, Qt::LeftButton);
        pane.pane.setCurrent(QStringLiteral("ping.yml"));
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(pane.added.size(), 2);
        QCOMPARE(pane.added[0][0].toString(), QStringLiteral("orders"));
        QCOMPARE(pane.added[1][0].toString(), QString());
    }

    void foldedFoldersAndSelectionSurviveARenewal()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        QVERIFY(pane.tree->isExpanded(pane.row(0)));
        pane.click(pane.row(0));
        QVERIFY(!pane.tree->isExpanded(pane.row(0)));
        pane.pane.setCurrent(QStringLiteral("ping.yml"));
        pane.pane.setCollection(sample());
        QVERIFY(!pane.tree->isExpanded(pane.row(0)));
        QCOMPARE(pane.tree->currentIndex().data().toString(), QStringLiteral("Ping"));
    }

    void itsHeadStandsInLineWithTheTabsBesideIt()
    {
        Pane pane;
        const auto centre = [&pane] {
            for (const QLabel* label : pane.pane.findChildren<QLabel*>())
                if (label->text() == QStringLiteral("Collections"))
                    return label->mapTo(&pane.pane, label->rect().center()).y();
            return 0;
        };
        constexpr int ofTabs = (ui::space::tabs - 2) / 2; // their underline is no part of their text
        pane.pane.setCollection(std::nullopt);
        QTRY_VERIFY2(qAbs(centre() - ofTabs) <= 1, QByteArray::number(centre()).constData());
        pane.pane.setCollection(sample());
        QTRY_VERIFY2(qAbs(centre() - ofTabs) <= 1, QByteArray::number(centre()).constData());
    }

    void aLongNameDoesNotWidenThePane()
    {
        Pane pane;
        collection::Collection named = sample();
        pane.pane.setCollection(named);
        const int least = pane.pane.minimumSizeHint().width();
        named.name = std::string(300, 'W');
        pane.pane.setCollection(named);
        QCOMPARE(pane.pane.minimumSizeHint().width(), least);
        const auto* name = pane.pane.findChild<QLabel*>(QStringLiteral("collectionName"));
        QVERIFY(name->toolTip().contains(toQString(named.name)));
    }

    void namesAreText()
    {
        Pane pane;
        pane.pane.setCollection(sample());
        const auto* name = pane.pane.findChild<QLabel*>(QStringLiteral("collectionName"));
        QCOMPARE(name->text(), QStringLiteral("<b>API</b>"));
        QCOMPARE(name->textFormat(), Qt::PlainText);
        QVERIFY(!pane.pane.grab().isNull());
    }
};

QTEST_MAIN(TestCollectionPane)
#include "tst_collectionpane.moc"
