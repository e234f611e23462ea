// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with the token history: between its pane, the token beside it and the keeper.

#pragma once

#include <QtWidgets/qwidget.h>

#include <workbench/tokenhistorykeeper.h>

class QPlainTextEdit;

namespace claimcheck::ui {

class TokenHistoryPane;

/// The list at the left, the token as it was kept at the right.
class TokenHistoryDesk : public QWidget
{
    Q_OBJECT
public:
    explicit TokenHistoryDesk(workbench::TokenHistoryKeeper& keeper, QWidget* parent = nullptr);

    /// The page is in front.
    void enter();

Q_SIGNALS:
    void failed(const claimcheck::Error& error);

private:
    void connectAll();
    void show(qint64 id);
    void compare(qint64 left, qint64 right);
    void remove(const QList<qint64>& ids);
    void askToClear();

    workbench::TokenHistoryKeeper& m_keeper;
    TokenHistoryPane* m_list;
    QPlainTextEdit* m_token;
};

} // namespace claimcheck::ui
