// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as a list with a line to search it, what can be done with an exchange, and how much room all of
// it takes.

#pragma once

#include <memory>

#include <QtWidgets/qwidget.h>

#include <archive/history.h>
#include <archive/options.h>

namespace claimcheck::ui {

class HistoryPane : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryPane(QWidget* parent = nullptr);
    ~HistoryPane() override;

    /// Null: there is none. It must outlive this, or be replaced.
    void setHistory(const archive::History* history, const archive::Options& options);
    /// Something came or went: shown at once.
    void renew();
    /// The same for what comes by itself, many times a second in a run: shown within 250 ms, with all that
    /// came meanwhile.
    void renewSoon();

Q_SIGNALS:
    /// One exchange is chosen; 0: none, or several.
    void chosen(qint64 id);
    void sendAgainRequested(qint64 id);
    void openRequested(qint64 id); ///< as a request of its own, without sending it
    void compareRequested(qint64 left, qint64 right);
    void deleteRequested(const QList<qint64>& ids);
    void clearRequested();
    void optionsChanged(const claimcheck::archive::Options& options);
    void failed(const claimcheck::Error& error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
