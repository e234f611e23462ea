// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collections/collectionpane.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtGui/qpainter.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtreeview.h>

#include <base/text.h>
#include <collections/treedelegate.h>
#include <interop/import.h>
#include <state/collectionmodel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// The selection reaches over the whole row, also behind the branches.
class Tree : public QTreeView
{
protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override
    {
        if (selectionModel()->isSelected(index))
            paintSelection(painter, QRect(0, option.rect.top(), viewport()->width(), option.rect.height()));
        QTreeView::drawRow(painter, option, index);
    }

private:
    static void paintSelection(QPainter* painter, const QRect& row)
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour(Role::Selection));
        painter->drawRoundedRect(row, space::radius, space::radius);
        painter->restore();
    }
};

} // namespace

struct CollectionPane::Private
{
    explicit Private(CollectionPane* owner) : pane(owner) {}

    CollectionPane* pane;
    CollectionModel model;
    QStackedWidget* pages = nullptr;
    QLabel* name = nullptr;
    QToolButton* add = nullptr;
    QTreeView* tree = nullptr;
    QWidget* footer = nullptr;
    QString directory;

    QWidget* makeHead();
    QWidget* makeEmptyPage();
    QWidget* makeTreePage();
    QWidget* makeFooter();
    void activate(const QModelIndex& index);
    void showMenu(const QPoint& point);
    void takeCommand();
    QStringList foldedPaths() const;
};

QWidget* CollectionPane::Private::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::large, space::tiny, space::small, 0);
    add = flatButton(QStringLiteral("plus"), QObject::tr("New request here (Ctrl+N)"),
                     QStringLiteral("addRequest"));
    row->addWidget(sectionTitle(QObject::tr("Collections")), 1);
    row->addWidget(add);
    QObject::connect(add, &QToolButton::clicked, pane, [this] {
        Q_EMIT pane->newRequestRequested(CollectionModel::folderOf(tree->currentIndex()));
    });
    return head;
}

QWidget* CollectionPane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::small, space::large, space::large);
    column->setSpacing(space::medium);
    QLabel* text = mutedLabel(QObject::tr("No collection is open. A collection is a folder of request files "
                                          "that you can keep in Git and share."));
    text->setWordWrap(true);
    QPushButton* open = pushButton(QObject::tr("Open a collection"), QStringLiteral("openCollection"));
    column->addWidget(text);
    QPushButton* create = pushButton(QObject::tr("New collection"), QStringLiteral("createCollection"));
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addWidget(create, 0, Qt::AlignLeft);
    QPushButton* bring = pushButton(QObject::tr("Import from Postman"), QStringLiteral("importCollection"));
    column->addWidget(bring, 0, Qt::AlignLeft);
    column->addStretch(1);
    QObject::connect(open, &QPushButton::clicked, pane, &CollectionPane::openRequested);
    QObject::connect(create, &QPushButton::clicked, pane, &CollectionPane::createRequested);
    QObject::connect(bring, &QPushButton::clicked, pane, &CollectionPane::importRequested);
    return page;
}

QWidget* CollectionPane::Private::makeTreePage()
{
    tree = new Tree;
    setKind(tree, "raised");
    setNames(tree, QStringLiteral("collectionTree"), QObject::tr("Requests of the collection"));
    tree->setModel(&model);
    tree->setItemDelegate(new TreeDelegate(tree));
    tree->header()->hide();
    tree->setIndentation(space::large);
    tree->setUniformRowHeights(true);
    tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree->setContextMenuPolicy(Qt::CustomContextMenu);
    tree->setExpandsOnDoubleClick(false);
    tree->setFrameShape(QFrame::NoFrame);
    QObject::connect(tree, &QTreeView::clicked, pane, [this](const QModelIndex& index) {
        if (CollectionModel::kindOf(index) == CollectionModel::Kind::Folder)
            tree->setExpanded(index, !tree->isExpanded(index));
        else
            activate(index);
    });
    QObject::connect(tree, &QTreeView::activated, pane,
                     [this](const QModelIndex& index) { activate(index); });
    QObject::connect(tree, &QTreeView::customContextMenuRequested, pane,
                     [this](const QPoint& point) { showMenu(point); });
    auto* paste = new QShortcut(QKeySequence::Paste, tree, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(paste, &QShortcut::activated, pane, [this] { takeCommand(); });
    name = sectionTitle({});
    setKind(name, "muted");
    name->setObjectName(QStringLiteral("collectionName"));
    name->setContentsMargins(space::large, 0, space::large, space::tiny);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(name);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(space::small, 0, space::small, 0);
    inset->addWidget(tree);
    column->addLayout(inset, 1);
    return page;
}

QWidget* CollectionPane::Private::makeFooter()
{
    QLabel* text = captionLabel(QObject::tr("The demo collection is gone when the program ends."));
    text->setObjectName(QStringLiteral("temporaryNote"));
    text->setWordWrap(true);
    QPushButton* keep = pushButton(QObject::tr("Keep it…"), QStringLiteral("keepCollection"));
    keep->setToolTip(QObject::tr("Save collection as… (Ctrl+Shift+S)"));
    QObject::connect(keep, &QPushButton::clicked, pane, &CollectionPane::keepRequested);
    auto* inner = new QWidget;
    auto* row = new QHBoxLayout(inner);
    row->setContentsMargins(space::large, space::small, space::medium, space::small);
    row->setSpacing(space::medium);
    row->addWidget(text, 1);
    row->addWidget(keep);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(inner);
    part->hide();
    return part;
}

CollectionPane::CollectionPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setNames(this, QStringLiteral("collectionPane"), tr("Collections"));
    setKind(this, "raised");
    d->pages = new QStackedWidget;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->makeHead());
    d->pages->addWidget(d->makeEmptyPage());
    d->pages->addWidget(d->makeTreePage());
    column->addWidget(d->pages, 1);
    d->footer = d->makeFooter();
    column->addWidget(d->footer);
    setFocusProxy(d->tree);
    setCollection(std::nullopt);
}

CollectionPane::~CollectionPane() = default;

void CollectionPane::Private::activate(const QModelIndex& index)
{
    if (CollectionModel::kindOf(index) == CollectionModel::Kind::Request)
        Q_EMIT pane->itemActivated(index.data(CollectionModel::PathRole).toString());
    else if (CollectionModel::kindOf(index) == CollectionModel::Kind::Folder)
        tree->setExpanded(index, true);
}

void CollectionPane::Private::takeCommand()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (interop::looksLikeCurl(toUtf8(text)))
        Q_EMIT pane->commandPasted(text, CollectionModel::folderOf(tree->currentIndex()));
}

void CollectionPane::Private::showMenu(const QPoint& point)
{
    const QModelIndex index = tree->indexAt(point);
    QMenu menu(tree);
    if (index.isValid() && CollectionModel::kindOf(index) == CollectionModel::Kind::Request) {
        menu.addAction(QObject::tr("Open"), [this, index] { activate(index); });
        menu.addAction(QObject::tr("Copy as cURL"), [this, index] {
            Q_EMIT pane->copyRequested(index.data(CollectionModel::PathRole).toString());
        });
    }
    menu.addAction(icon(QStringLiteral("plus")), QObject::tr("New request here"),
                   [this, index] { Q_EMIT pane->newRequestRequested(CollectionModel::folderOf(index)); });
    QAction* paste = menu.addAction(QObject::tr("Paste cURL command"), [this] { takeCommand(); });
    paste->setEnabled(interop::looksLikeCurl(toUtf8(QGuiApplication::clipboard()->text())));
    menu.exec(tree->viewport()->mapToGlobal(point));
}

QStringList CollectionPane::Private::foldedPaths() const
{
    QStringList folded;
    QModelIndexList open{QModelIndex()};
    while (!open.isEmpty()) {
        const QModelIndex parent = open.takeLast();
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            if (CollectionModel::kindOf(index) != CollectionModel::Kind::Folder)
                continue;
            open.append(index);
            if (!tree->isExpanded(index))
                folded.append(index.data(CollectionModel::PathRole).toString());
        }
    }
    return folded;
}

void CollectionPane::setCollection(const std::optional<collection::Collection>& collection)
{
    d->pages->setCurrentIndex(collection ? 1 : 0);
    d->add->setVisible(collection.has_value());
    if (!collection) {
        d->model.clear();
        d->directory.clear();
        return;
    }
    const QString directory = toQString(collection->directory);
    const bool same = directory == d->directory;
    const QStringList folded = same ? d->foldedPaths() : QStringList();
    const QString current = d->tree->currentIndex().data(CollectionModel::PathRole).toString();
    d->directory = directory;
    d->model.setCollection(*collection);
    d->name->setText(toQString(visible(collection->name)));
    d->name->setToolTip(directory);
    d->tree->expandAll();
    for (const QString& path : folded)
        d->tree->setExpanded(d->model.indexOf(path), false);
    if (same)
        setCurrent(current);
}

void CollectionPane::setTemporary(bool temporary)
{
    d->footer->setVisible(temporary);
}

void CollectionPane::setCurrent(const QString& path)
{
    const QModelIndex index = d->model.indexOf(path);
    d->tree->setCurrentIndex(index);
    if (!index.isValid())
        d->tree->clearSelection();
}

} // namespace claimcheck::ui
