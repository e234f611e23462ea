// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line on top of the tree: it leaves the requests that hold its words, with the folders around them.

#include <collections/collectionpaneprivate.h>

#include <QtGui/qevent.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

class FindLine : public QLineEdit
{
public:
    std::function<void()> leave;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Escape && !text().isEmpty())
            return clear();
        if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Escape)
            return leave();
        QLineEdit::keyPressEvent(event);
    }
};

/// The first request from the top, whatever folders it is in.
QModelIndex firstRequest(const CollectionModel& model, const QModelIndex& in = {})
{
    for (int row = 0; row < model.rowCount(in); ++row) {
        const QModelIndex index = model.index(row, 0, in);
        if (CollectionModel::kindOf(index) == CollectionModel::Kind::Request)
            return index;
        if (const QModelIndex inner = firstRequest(model, index); inner.isValid())
            return inner;
    }
    return {};
}

} // namespace

QWidget* CollectionPane::Private::makeFind()
{
    auto* line = new FindLine;
    find = line;
    setNames(find, QStringLiteral("findRequest"), QObject::tr("Search requests"));
    find->setPlaceholderText(QObject::tr("Search name, URL, body"));
    find->setToolTip(QObject::tr("Search requests (Ctrl+Shift+F)"));
    find->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    find->setClearButtonEnabled(true);
    line->leave = [this] {
        if (!tree->currentIndex().isValid())
            tree->setCurrentIndex(firstRequest(model));
        tree->setFocus();
    };
    QObject::connect(find, &QLineEdit::textChanged, pane,
                     [this] { tree->keepState([this] { showFound(); }); });
    QObject::connect(find, &QLineEdit::returnPressed, pane, [this] {
        if (const QModelIndex index = firstRequest(model); index.isValid()) {
            tree->setCurrentIndex(index);
            activate(index);
        }
    });
    return find;
}

void CollectionPane::Private::showFound()
{
    const std::string text = toUtf8(find->text().trimmed());
    const bool searching = !text.empty() && search;
    tree->setSearching(searching);
    model.setShown(searching ? std::optional(search(text)) : std::nullopt);
    nothing->setVisible(searching && model.rowCount() == 0);
}

void CollectionPane::setSearch(std::function<std::vector<std::string>(const std::string&)> search)
{
    d->search = std::move(search);
}

void CollectionPane::search()
{
    if (d->pages->currentIndex() == 0)
        return;
    d->find->setFocus();
    d->find->selectAll();
}

} // namespace claimcheck::ui
