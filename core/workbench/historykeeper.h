// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps every exchange of a Workbench, and of the runs beside it, in the history, after what is secret was
// cut out of it.

#pragma once

#include <memory>
#include <mutex>

#include <QtCore/qobject.h>
#include <QtCore/qthreadpool.h>

#include <archive/history.h>
#include <archive/options.h>
#include <run/redactor.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {

class HistoryKeeper : public QObject
{
    Q_OBJECT
public:
    explicit HistoryKeeper(Workbench& workbench, QObject* parent = nullptr);
    ~HistoryKeeper() override; ///< keeps what is still being cut

    /// Where the history is, and where its options are.
    Result<void> open(const std::string& directory, const std::string& configDirectory);
    archive::History* history() const { return m_history.get(); } ///< null: not open
    const archive::Options& options() const { return m_options; }
    /// Saved at once. Switched off, nothing more is kept; what is there stays.
    void setOptions(const archive::Options& options);
    /// Of a run, whose redactor knows what is secret in it alone: the values that it captured.
    void keepOfRun(const archive::Origin& origin, const http::Exchange& exchange, const run::Redactor& known);

Q_SIGNALS:
    void changed();
    void failed(const claimcheck::Error& error);

private:
    void keep(const http::Exchange& exchange, const archive::Origin& origin,
              const std::vector<FoundInspection>& tokens, const run::Redactor* known = nullptr);
    void keepLogin(const LoginResult& result);
    void keepCompared(const std::vector<IdentityAnswer>& answers);
    void keepSignIn(const QString& identity, const http::Exchange& exchange);
    void add(const archive::Record& record);
    void addWaiting();

    Workbench& m_workbench;
    std::string m_configDirectory;
    archive::Options m_options;
    std::unique_ptr<archive::History> m_history;
    QThreadPool m_pool; ///< of one thread: large bodies, in order
    std::mutex m_mutex;
    std::vector<archive::Record> m_waiting;
};

} // namespace claimcheck::workbench
