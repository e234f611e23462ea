// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with the history: between its pane, the answer beside it, the keeper and the requests.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/content.h>
#include <workbench/historykeeper.h>

class QPlainTextEdit;

namespace claimcheck::ui {

class FoldingColumns;
class HistoryPane;
class ResponsePane;

/// The page: the list at the left, the exchange as it was kept at the right.
class HistoryDesk : public QWidget
{
    Q_OBJECT
public:
    HistoryDesk(const workbench::Workbench& workbench, workbench::HistoryKeeper& keeper,
                QWidget* parent = nullptr);

    /// The page is in front.
    void enter();

Q_SIGNALS:
    void failed(const claimcheck::Error& error);
    /// A request like that one, with marks where something was left out.
    void sendAgainRequested(const claimcheck::collection::Content& content);
    void openRequested(const claimcheck::collection::Content& content);
    void tokenActivated(const QString& token);

private:
    void makeColumns();
    QWidget* makeAnswer();
    void showClaims(const std::string& claims);
    void connectAll();
    void show(qint64 id);
    std::optional<collection::Content> contentAt(qint64 id);
    void compare(qint64 left, qint64 right);
    void remove(const QList<qint64>& ids);
    void askToClear();

    const workbench::Workbench& m_workbench;
    workbench::HistoryKeeper& m_keeper;
    FoldingColumns* m_columns = nullptr; ///< made when the page is first shown
    HistoryPane* m_list = nullptr;
    ResponsePane* m_answer = nullptr;
    QWidget* m_claims = nullptr; ///< shown where the claims of an exchange's tokens were kept
    QPlainTextEdit* m_claimsText = nullptr;
};

/// The request of a record as one of its own; a body that is no text goes as it was. A token that was left
/// out becomes the session's where there is a session; cookies that were left out come from the jar again.
collection::Content contentOf(const archive::Record& record, bool hasSession);

} // namespace claimcheck::ui
