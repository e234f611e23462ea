// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run in the window: started, watched, stopped, reported. The list of its results is brought up to date a
// few times a second. Secrets come from where those of a single request do, and go where those go.

#pragma once

#include <deque>
#include <memory>
#include <optional>

#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>

#include <archive/record.h>
#include <run/report.h>
#include <state/runform.h>
#include <state/runresults.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {

class RunControl : public QObject
{
    Q_OBJECT
public:
    explicit RunControl(QObject* parent = nullptr);
    ~RunControl() override;

    /// Where the values of secrets are looked for, and what may be sent where; it outlives this. Without it a
    /// run has .env files alone.
    void setSecrets(workbench::Secrets* secrets);
    /// Whose sessions a run may be sent with; it outlives this.
    void setIdentities(workbench::Identities* identities) { m_identities = identities; }

    /// What is running is stopped and forgotten. Nothing happens where the form cannot be run.
    Result<void> start(const RunForm& form, const collection::Collection& collection);
    /// After secretsWanted(): it begins with what there is now. After releaseWanted(): the request goes where
    /// that is allowed now. stop() ends the run instead.
    void resume();
    /// After releaseWanted(): the request fails, and so does every other one that asks the same.
    void refuseRelease();
    void stop();
    /// Of what is running, or has run, nothing is left.
    void clear();

    bool isRunning() const { return m_runner != nullptr || m_waiting; }
    RunResults& results() { return m_results; }
    const RunResults& results() const { return m_results; }
    std::size_t total() const { return m_total; }
    /// Of the run that has ended.
    const std::optional<run::Report>& report() const { return m_report; }
    /// "12 of 20 · 11 passed · 1 failed", and how it ended.
    QString summary() const;
    /// "Sent as alice, renewed 3 times", and that no request took the session where none did; empty before a
    /// run has ended, and where it was sent as nobody in particular.
    QString sessionSummary() const;
    /// As one of run::findReporter's names; Usage before a run has ended.
    Result<void> exportReport(const std::string& reporter, const std::string& file) const;

Q_SIGNALS:
    /// It began, went on, or ended.
    void changed();
    /// A request was sent; `known` tells what the run knows to be secret.
    void exchangeFinished(const claimcheck::archive::Origin& origin,
                          const claimcheck::http::Exchange& exchange, const claimcheck::run::Redactor& known);
    /// No place has a value for secrets that the run uses: it waits for resume() or stop().
    void secretsWanted(const claimcheck::workbench::SecretQuestion& question);
    /// A request would take secrets to where they were not let go: it waits for resume(), refuseRelease() or
    /// stop().
    void releaseWanted(const claimcheck::workbench::ReleaseQuestion& question);

private:
    /// A run that has not begun: the values of its secrets are looked for, or asked for.
    struct Waiting
    {
        collection::Collection collection;
        run::Options options;
        std::vector<const collection::Item*> items; ///< of `collection`
        std::unique_ptr<QObject> context = std::make_unique<QObject>();
        bool wasAsked = false;
    };
    struct Asking
    {
        run::Release release;
        QPointer<QObject> context;
        std::function<void(bool)> answer;
        bool isShown = false;
    };

    Result<void> lend(const RunForm& form, run::Options& options) const;
    void lookForSecrets();
    void takeSecrets(run::Outside outside);
    void begin(collection::Collection collection, run::Options options);
    void askNext();
    void askAgain();
    void finish(const run::Report& report);

    workbench::Secrets* m_secrets = nullptr;
    workbench::Identities* m_identities = nullptr;
    std::unique_ptr<Waiting> m_waiting;
    std::deque<Asking> m_asking; ///< the first one is before the user
    std::vector<run::Release> m_refused;
    run::Guard m_guard;
    std::string m_directory;
    std::string m_environment;
    std::unique_ptr<run::Runner> m_runner;
    RunResults m_results;
    QTimer m_pulse;
    std::size_t m_total = 0;
    std::optional<run::Report> m_report;
};

} // namespace claimcheck::ui
