// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Editing the tree by keyboard, menu and drag, and searching in it: which signal tells what.

#include <QtCore/qmimedata.h>
#include <QtCore/qtimer.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qwindow.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtoolbutton.h>
#include <QtWidgets/qtreeview.h>

#include <collection/search.h>
#include <collections/collectionpane.h>
#include <state/collectionmodel.h>
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

collection::Folder folder(const char* path, const char* name)
{
    collection::Folder result;
    result.path = path;
    result.name = name;
    return result;
}

collection::Collection sample()
{
    collection::Folder orders = folder("orders", "Orders");
    orders.items = {item("orders/list.yml", "List"), item("orders/add.yml", "Add & more"),
                    item("orders/broken.yml", "")};
    orders.items[2].problem = Error{ErrorKind::Malformed, "cannot read it", "no mapping", "mend it", {}};
    collection::Folder users = folder("users", "Users");
    users.items = {item("users/me.yml", "Me")};
    collection::Collection result;
    result.directory = "/nowhere";
    result.name = "API";
    result.root.folders = {orders, users};
    result.root.items = {item("ping.yml", "Ping"), item("pong.yml", "Pong")};
    return result;
}

struct Pane
{
    CollectionPane pane;
    QTreeView* tree = pane.findChild<QTreeView*>(QStringLiteral("collectionTree"));
    QLineEdit* find = pane.findChild<QLineEdit*>(QStringLiteral("findRequest"));
    QSignalSpy renamed{&pane, &CollectionPane::renameRequested};
    QSignalSpy moved{&pane, &CollectionPane::moveRequested};
    QSignalSpy deleted{&pane, &CollectionPane::deleteRequested};
    QSignalSpy duplicated{&pane, &CollectionPane::duplicateRequested};
    QSignalSpy activated{&pane, &CollectionPane::itemActivated};
    QSignalSpy folders{&pane, &CollectionPane::newFolderRequested};

    Pane()
    {
        pane.setSearch([](const std::string& text) { return collection::search(sample(), text); });
        pane.setCollection(sample());
        pane.resize(280, 500);
        pane.show();
        QApplication::setActiveWindow(&pane);
        tree->setFocus();
    }
    QModelIndex at(std::initializer_list<int> rows) const
    {
        QModelIndex index;
        for (const int row : rows)
            index = tree->model()->index(row, 0, index);
        return index;
    }
    void click(const QModelIndex& index, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, keys, tree->visualRect(index).center());
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(tree, Qt::Key(key), modifiers);
    }
    QLineEdit* nameLine() const { return qobject_cast<QLineEdit*>(tree->indexWidget(tree->currentIndex())); }
    bool drop(const QModelIndexList& rows, int row, const QModelIndex& parent)
    {
        const std::unique_ptr<QMimeData> data(tree->model()->mimeData(rows));
        const bool can = tree->model()->canDropMimeData(data.get(), Qt::MoveAction, row, 0, parent);
        tree->model()->dropMimeData(data.get(), Qt::MoveAction, row, 0, parent);
        QCoreApplication::processEvents(); // told when the view is done with the drop
        return can;
    }
};

/// The words of the menu that is about to open.
QStringList wordsOfNextMenu(const std::function<void()>& open)
{
    QStringList words;
    QTimer::singleShot(0, qApp, [&words] {
        if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
            for (const QAction* action : menu->actions())
                words.append((action->isEnabled() ? QString() : QStringLiteral("-")) + action->text());
            menu->close();
        }
    });
    open();
    return words;
}

} // namespace

class TestTreeEditing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void theCommandsOwnKeyAddsNothingToTheChoice()
    {
        Pane pane;
        QWindow* window = pane.pane.windowHandle();
        for (const Qt::KeyboardModifier held : {Qt::ControlModifier, Qt::ShiftModifier}) {
            const int key = held == Qt::ControlModifier ? Qt::Key_Control : Qt::Key_Shift;
            pane.click(pane.at({0}));
            QTest::keyPress(window, Qt::Key(key), held);
            QCOMPARE(QGuiApplication::keyboardModifiers(), held);
            const QString path = pane.at({1}).data(ui::CollectionModel::PathRole).toString();
            pane.pane.choose({path}); // as after Ctrl+D, which makes that one
            QTest::keyRelease(window, Qt::Key(key), held);
            QCOMPARE(pane.tree->currentIndex(), pane.at({1}));
            QCOMPARE(pane.tree->selectionModel()->selectedRows(), QModelIndexList{pane.at({1})});
        }
    }

    void aNameIsTypedInPlace()
    {
        Pane pane;
        pane.pane.setCurrent(QStringLiteral("orders/add.yml"));
        pane.press(Qt::Key_F2);
        QLineEdit* line = pane.nameLine();
        QVERIFY(line != nullptr);
        QCOMPARE(line->text(), QStringLiteral("Add & more"));
        QCOMPARE(line->accessibleName(), QStringLiteral("New name of Add & more"));
        QVERIFY(line->hasSelectedText());
        line->setText(QStringLiteral(" Create "));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(pane.renamed.size(), 1);
        QCOMPARE(pane.renamed[0][0].toString(), QStringLiteral("orders/add.yml"));
        QCOMPARE(pane.renamed[0][1].toString(), QStringLiteral("Create"));
        QCOMPARE(pane.activated.size(), 0);
    }

    void aNameIsNotChangedByLooking()
    {
        Pane pane;
        const auto type = [&pane](const char* text, Qt::Key end) {
            pane.pane.editName(QStringLiteral("ping.yml"));
            QLineEdit* line = pane.nameLine();
            QVERIFY(line != nullptr);
            line->setText(QLatin1String(text));
            QTest::keyClick(line, end);
            QTRY_VERIFY(pane.nameLine() == nullptr);
        };
        type("Ping", Qt::Key_Return);
        type("Other", Qt::Key_Escape);
        type("  ", Qt::Key_Return);
        QCoreApplication::processEvents();
        QCOMPARE(pane.renamed.size(), 0);
    }

    void aNameIsTypedOnWhileFilesChange()
    {
        Pane pane;
        pane.pane.editName(QStringLiteral("pong.yml"));
        pane.nameLine()->setText(QStringLiteral("Half a"));
        pane.nameLine()->setSelection(1, 3);
        collection::Collection fuller = sample();
        fuller.root.items.insert(fuller.root.items.begin(), item("early.yml", "Early"));
        pane.pane.setCollection(fuller);
        QLineEdit* line = pane.nameLine();
        QVERIFY(line != nullptr);
        QVERIFY(line->hasFocus());
        QCOMPARE(line->text(), QStringLiteral("Half a"));
        QCOMPARE(line->selectedText(), QStringLiteral("alf"));
        QTest::keyClick(line, Qt::Key_End);
        QTest::keyClicks(line, QStringLiteral(" name"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(pane.renamed.size(), 1);
        QCOMPARE(pane.renamed[0], (QVariantList{QStringLiteral("pong.yml"), QStringLiteral("Half a name")}));
    }

    void aNameOfWhatIsGoneIsNotTypedOn()
    {
        Pane pane;
        pane.pane.editName(QStringLiteral("pong.yml"));
        collection::Collection shorter = sample();
        shorter.root.items.pop_back();
        pane.pane.setCollection(shorter);
        QVERIFY(pane.nameLine() == nullptr);
        QCoreApplication::processEvents();
        QCOMPARE(pane.renamed.size(), 0);
    }

    void aBrokenFileIsNamedWithoutItsEnding()
    {
        Pane pane;
        pane.pane.editName(QStringLiteral("orders/broken.yml"));
        QCOMPARE(pane.nameLine()->text(), QStringLiteral("broken"));
    }

    void keysDuplicateAndDelete()
    {
        Pane pane;
        pane.click(pane.at({2}));
        pane.click(pane.at({0, 0}), Qt::ControlModifier);
        QCOMPARE(pane.activated.size(), 1); // choosing a second one opens nothing
        const QStringList both{QStringLiteral("orders/list.yml"), QStringLiteral("ping.yml")};
        pane.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(pane.duplicated.size(), 1);
        QCOMPARE(pane.duplicated[0][0].toStringList(), both); // in the order of the tree
        pane.press(Qt::Key_Delete);
        QCOMPARE(pane.deleted.size(), 1);
        QCOMPARE(pane.deleted[0][0].toStringList(), both);
    }

    void keysWorkInTheTreeOnly()
    {
        Pane pane;
        pane.pane.setCurrent(QStringLiteral("ping.yml"));
        pane.find->setFocus();
        QTest::keyClick(pane.find, Qt::Key_Delete);
        QCOMPARE(pane.deleted.size(), 0);
    }

    void keysMoveAmongSiblings()
    {
        Pane pane;
        const auto last = [&pane] { return pane.moved.takeLast(); };
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        pane.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(pane.moved.size(), 0); // it is the first
        pane.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(last(), (QVariantList{QStringList{QStringLiteral("orders/list.yml")},
                                       QStringLiteral("orders"), QStringLiteral("orders/broken.yml")}));
        pane.pane.setCurrent(QStringLiteral("ping.yml"));
        pane.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(pane.moved.size(), 0); // what is above is a folder
        pane.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(last(), (QVariantList{QStringList{QStringLiteral("ping.yml")}, QString(), QString()}));
        pane.pane.setCurrent(QStringLiteral("users"));
        pane.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(last(),
                 (QVariantList{QStringList{QStringLiteral("users")}, QString(), QStringLiteral("orders")}));
    }

    void rowsAreDropped()
    {
        Pane pane;
        QVERIFY(pane.drop({pane.at({3}), pane.at({0, 1})}, 0, pane.at({1})));
        QCOMPARE(pane.moved.size(), 1);
        QCOMPARE(pane.moved[0],
                 (QVariantList{QStringList{QStringLiteral("orders/add.yml"), QStringLiteral("pong.yml")},
                               QStringLiteral("users"), QStringLiteral("users/me.yml")}));
        QVERIFY(pane.drop({pane.at({2})}, -1, pane.at({0}))); // on a folder: behind all in it
        QCOMPARE(pane.moved[1][1].toString(), QStringLiteral("orders"));
        QCOMPARE(pane.moved[1][2].toString(), QString());
        QVERIFY(pane.drop({pane.at({0, 0})}, -1, {})); // below all rows
        QCOMPARE(pane.moved[2][1].toString(), QString());
        QCOMPARE(pane.tree->model()->rowCount(), 4); // nothing has moved before it is said so
    }

    void whatCannotBeDroppedIsNot()
    {
        Pane pane;
        QVERIFY(!pane.drop({pane.at({0})}, -1, pane.at({0}))); // a folder into itself
        QVERIFY(!pane.drop({pane.at({2})}, -1, pane.at({3}))); // into a request
        collection::Collection other = sample();
        other.directory = "/elsewhere";
        const std::unique_ptr<QMimeData> foreign(pane.tree->model()->mimeData({pane.at({2})}));
        pane.pane.setCollection(other);
        QVERIFY(!pane.tree->model()->canDropMimeData(foreign.get(), Qt::MoveAction, -1, 0, {}));
        QMimeData text;
        text.setText(QStringLiteral("ping.yml"));
        QVERIFY(!pane.tree->model()->canDropMimeData(&text, Qt::MoveAction, -1, 0, {}));
        QCOMPARE(pane.moved.size(), 0);
    }

    void theMenuOffersWhatCanBeDone()
    {
        Pane pane;
        QApplication::clipboard()->clear();
        const auto menuAt = [&pane](const QPoint& point) {
            return wordsOfNextMenu([&pane, point] {
                QContextMenuEvent event(QContextMenuEvent::Mouse, point,
                                        pane.tree->viewport()->mapToGlobal(point));
                QApplication::sendEvent(pane.tree->viewport(), &event);
            });
        };
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        const QStringList words = menuAt(pane.tree->visualRect(pane.at({0, 0})).center());
        QCOMPARE(words, (QStringList{QStringLiteral("Open"), QStringLiteral("Copy as cURL"),
                                     QStringLiteral("Audit…"), QString(), QStringLiteral("New request here"),
                                     QStringLiteral("New folder"), QStringLiteral("-Paste cURL command"),
                                     QString(), QStringLiteral("Rename"), QStringLiteral("Duplicate"),
                                     QStringLiteral("-Move up"), QStringLiteral("Move down"), QString(),
                                     QStringLiteral("Delete")}));
        // Below all rows it is about the collection itself.
        const QStringList below = menuAt(QPoint(100, pane.tree->viewport()->height() - 4));
        QVERIFY(!below.contains(QStringLiteral("Delete")));
        QVERIFY(below.contains(QStringLiteral("New folder")));
        QVERIFY(!pane.tree->currentIndex().isValid());
    }

    void newFoldersGoIntoTheChosenOne()
    {
        Pane pane;
        auto* add = pane.pane.findChild<QToolButton*>(QStringLiteral("addFolder"));
        pane.pane.setCurrent(QStringLiteral("users/me.yml"));
        add->click();
        pane.pane.setCurrent({});
        add->click();
        QCOMPARE(pane.folders[0][0].toString(), QStringLiteral("users"));
        QCOMPARE(pane.folders[1][0].toString(), QString());
    }

    void searchingLeavesHitsWithTheirFolders()
    {
        Pane pane;
        pane.click(pane.at({0})); // folded
        QTest::keyClicks(pane.find, QStringLiteral("MORE"));
        QCOMPARE(pane.tree->model()->rowCount(), 1);
        QVERIFY(pane.tree->isExpanded(pane.at({0}))); // what was found is seen
        QCOMPARE(pane.at({0, 0}).data().toString(), QStringLiteral("Add & more"));
        QCOMPARE(pane.tree->model()->rowCount(pane.at({0})), 1);
        QTest::keyClick(pane.find, Qt::Key_Return);
        QCOMPARE(pane.activated.size(), 1);
        pane.pane.setCollection(sample()); // a renewal searches again
        QCOMPARE(pane.tree->model()->rowCount(), 1);
        QTest::keyClick(pane.find, Qt::Key_Escape);
        QCOMPARE(pane.find->text(), QString());
        QCOMPARE(pane.tree->model()->rowCount(), 4);
        QVERIFY(!pane.tree->isExpanded(pane.at({0}))); // as it was before
    }

    void searchingSaysWhenThereIsNothing()
    {
        Pane pane;
        auto* nothing = pane.pane.findChild<QLabel*>(QStringLiteral("nothingFound"));
        QVERIFY(!nothing->isVisible());
        pane.pane.search();
        QVERIFY(pane.find->hasFocus());
        QTest::keyClicks(pane.find, QStringLiteral("nowhere"));
        QVERIFY(nothing->isVisible());
        pane.find->clear();
        QVERIFY(!nothing->isVisible());
        QTest::keyClick(pane.find, Qt::Key_Down);
        QVERIFY(pane.tree->hasFocus());
        QVERIFY(pane.tree->currentIndex().isValid());
    }

    void foldingFollowsARename()
    {
        Pane pane;
        pane.click(pane.at({0}));
        pane.pane.setCurrent(QStringLiteral("orders"));
        collection::Collection renamed = sample();
        renamed.root.folders[0].path = "bills";
        for (collection::Item& each : renamed.root.folders[0].items)
            each.path = "bills" + each.path.substr(6);
        pane.pane.follow({{"orders", "bills"}});
        pane.pane.setCollection(renamed);
        QVERIFY(!pane.tree->isExpanded(pane.at({0})));
        QCOMPARE(pane.tree->currentIndex(), pane.at({0}));
    }

    void whatIsFoldedAroundTheCurrentRowStaysSo()
    {
        Pane pane;
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        pane.tree->setExpanded(pane.at({0}), false);
        pane.pane.setCollection(sample());
        QVERIFY(!pane.tree->isExpanded(pane.at({0})));
    }

    void theNearestRowTakesThePlaceOfOneThatIsGone()
    {
        Pane pane;
        pane.pane.setCurrent(QStringLiteral("orders/list.yml"));
        collection::Collection shorter = sample();
        shorter.root.folders[0].items.erase(shorter.root.folders[0].items.begin());
        pane.pane.setCollection(shorter);
        QCOMPARE(pane.tree->currentIndex().data().toString(), QStringLiteral("Add & more"));
        QVERIFY(!pane.tree->selectionModel()->hasSelection()); // nobody chose it
    }
};

QTEST_MAIN(TestTreeEditing)
#include "tst_treeediting.moc"
