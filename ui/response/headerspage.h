// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The header fields of a response in the server's order and spelling, duplicates included.

#pragma once

#include <QtCore/qabstractitemmodel.h>
#include <QtWidgets/qtableview.h>

#include <http/message.h>

namespace claimcheck::ui {

class HeadersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setHeaders(http::Headers headers);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    http::Headers m_headers;
};

class HeadersPage : public QTableView
{
    Q_OBJECT
public:
    explicit HeadersPage(QWidget* parent = nullptr);

    void setHeaders(const http::Headers& headers) { m_model.setHeaders(headers); }

protected:
    /// Ctrl+C copies the current row as "Name: value".
    void keyPressEvent(QKeyEvent* event) override;

private:
    HeadersModel m_model;
};

} // namespace claimcheck::ui
