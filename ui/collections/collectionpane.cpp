// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collections/collectionpane.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <collections/collectionpaneprivate.h>
#include <state/plaintip.h>
#include <theme/elidedlabel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

QWidget* CollectionPane::Private::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::large, 0, space::small, 0);
    add = flatButton(QStringLiteral("plus"), QObject::tr("New request here (Ctrl+N)"),
                     QStringLiteral("addRequest"));
    addFolder = flatButton(QStringLiteral("folder"), QObject::tr("New folder"), QStringLiteral("addFolder"));
    row->addWidget(sectionTitle(QObject::tr("Collections")), 1);
    row->addWidget(addFolder);
    row->addWidget(add);
    setUpHead(head); // also where it has no buttons
    QObject::connect(addFolder, &QToolButton::clicked, pane, [this] { actions->newFolder->trigger(); });
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
    tree = new CollectionTree(model);
    setKind(tree, "raised");
    setNames(tree, QStringLiteral("collectionTree"), QObject::tr("Requests of the collection"));
    actions.emplace(tree);
    connectTree();
    connectActions();
    name = new ElidedLabel({}); // a long name must not widen the pane; its folder is in the tool tip
    name->setFont(boldFont());
    setKind(name, "muted");
    name->setObjectName(QStringLiteral("collectionName"));
    name->setContentsMargins(space::large, 0, space::large, space::tiny);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(name);
    nothing = mutedLabel(QObject::tr("No request holds that in its name, URL or body."));
    nothing->setObjectName(QStringLiteral("nothingFound"));
    nothing->setWordWrap(true);
    nothing->setContentsMargins(space::small, space::small, space::small, 0);
    nothing->hide();
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(space::small, 0, space::small, 0);
    inset->setSpacing(space::tiny);
    inset->addWidget(makeFind());
    inset->addWidget(nothing);
    inset->addWidget(tree, 1);
    column->addLayout(inset, 1);
    stray = wrapped(captionLabel());
    stray->setObjectName(QStringLiteral("strayRules"));
    stray->setContentsMargins(space::large, space::small, space::large, space::small);
    stray->hide();
    column->addWidget(stray);
    return page;
}

/// Another program deleted or renamed what they were for. The first is named, the others in the tool tip.
void CollectionPane::Private::showStrayRules(const std::vector<collection::StrayRule>& rules)
{
    constexpr std::size_t mostInTip = 20;
    constexpr std::size_t longestPath = 100;
    stray->setVisible(!rules.empty());
    if (rules.empty())
        return stray->clear();
    QStringList lines;
    for (std::size_t i = 0; i < std::min(rules.size(), mostInTip); ++i)
        lines.append(toQString(collection::warningOf(rules[i])));
    if (rules.size() > mostInTip)
        lines.append(QObject::tr("… and %1 more").arg(rules.size() - mostInTip));
    const QString of = toQString(visible(shortened(rules.front().path, longestPath)));
    const QString file = toQString(rules.front().file);
    const QString what = rules.front().isOfRequests
                             ? QObject::tr("The rule for %1 in %2 names no request.")
                             : QObject::tr("The rule for %1 in %2 names no request or folder.");
    const QString deed =
        rules.size() == 1
            ? QObject::tr("Delete it, or mend its path: whatever gets that path later gets the rule.")
            : QObject::tr("There are %1 like it. Delete them, or mend their paths: whatever gets such a path "
                          "later gets the rule.")
                  .arg(rules.size());
    stray->setText(what.arg(of, file) + u' ' + deed);
    stray->setToolTip(plainTip(lines.join(u'\n')));
    stray->setAccessibleDescription(lines.join(u'\n')); // else the tip's markup would be read aloud
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

void CollectionPane::setCollection(const std::optional<collection::Collection>& collection)
{
    d->pages->setCurrentIndex(collection ? 1 : 0);
    d->add->setVisible(collection.has_value());
    d->addFolder->setVisible(collection.has_value());
    if (!collection) {
        d->model.clear();
        d->directory.clear();
        return;
    }
    const QString directory = toQString(collection->directory);
    if (directory != d->directory) {
        d->tree->forgetFolding();
        d->find->clear();
    }
    d->directory = directory;
    d->name->setText(toQString(visible(collection->name)));
    const QString place = toQString(visible(collection->directory));
    d->name->setToolTip(plainTip(d->name->text() + u'\n' + place));
    d->name->setAccessibleDescription(place); // else the tip's markup would be read aloud
    d->tree->keepState([this, &collection] {
        d->model.setCollection(*collection);
        d->showFound();
    });
    d->showStrayRules(collection->strayRules);
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

void CollectionPane::setUnsaved(const QStringList& paths)
{
    d->model.setUnsaved(QSet<QString>(paths.cbegin(), paths.cend()));
}

} // namespace claimcheck::ui
