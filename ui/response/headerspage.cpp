// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/headerspage.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qheaderview.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int nameColumn = 220;

} // namespace

void HeadersModel::setHeaders(http::Headers headers)
{
    beginResetModel();
    m_headers = std::move(headers);
    endResetModel();
}

int HeadersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

int HeadersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant HeadersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const http::Header& header = m_headers[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return toQString(visible(index.column() == 0 ? header.name : header.value));
    if (role == Qt::FontRole)
        return monoFont();
    if (role == Qt::ForegroundRole && index.column() == 0)
        return colour(Role::Muted);
    return {};
}

QVariant HeadersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Value");
}

HeadersPage::HeadersPage(QWidget* parent) : QTableView(parent)
{
    setNames(this, QStringLiteral("responseHeaders"), tr("Response headers"));
    setModel(&m_model);
    setUpTable(this);
    horizontalHeader()->resizeSection(0, nameColumn);
}

void HeadersPage::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex current = currentIndex();
    if (!event->matches(QKeySequence::Copy) || !current.isValid())
        return QTableView::keyPressEvent(event);
    QGuiApplication::clipboard()->setText(current.siblingAtColumn(0).data().toString() +
                                          QStringLiteral(": ") +
                                          current.siblingAtColumn(1).data().toString());
}

} // namespace claimcheck::ui
