// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token history as a list with a line to search it; where it is off, what it would keep and a button that
// turns it on.

#pragma once

#include <memory>

#include <QtWidgets/qwidget.h>

#include <archive/tokenhistory.h>

namespace claimcheck::ui {

class TokenHistoryPane : public QWidget
{
    Q_OBJECT
public:
    explicit TokenHistoryPane(QWidget* parent = nullptr);
    ~TokenHistoryPane() override;

    /// Null: nothing was ever kept. It must outlive this, or be replaced.
    void setHistory(const archive::TokenHistory* history, bool isOn);

Q_SIGNALS:
    /// One token is chosen; 0: none, or several.
    void chosen(qint64 id);
    void compareRequested(qint64 left, qint64 right);
    void deleteRequested(const QList<qint64>& ids);
    void clearRequested();
    void turnRequested(bool isOn);
    void failed(const claimcheck::Error& error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
