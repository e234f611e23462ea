// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run in the window: started, watched, stopped, reported. The list of its results is brought up to date a
// few times a second.

#pragma once

#include <memory>
#include <optional>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <run/report.h>
#include <state/runform.h>
#include <state/runresults.h>

namespace claimcheck::ui {

class RunControl : public QObject
{
    Q_OBJECT
public:
    explicit RunControl(QObject* parent = nullptr);
    ~RunControl() override;

    /// What is running is stopped and forgotten. Nothing happens where the form cannot be run.
    Result<void> start(const RunForm& form, const collection::Collection& collection);
    void stop();
    /// Of what is running, or has run, nothing is left.
    void clear();

    bool isRunning() const { return m_runner != nullptr; }
    RunResults& results() { return m_results; }
    const RunResults& results() const { return m_results; }
    std::size_t total() const { return m_total; }
    /// Of the run that has ended.
    const std::optional<run::Report>& report() const { return m_report; }
    /// "12 of 20 · 11 passed · 1 failed", and how it ended.
    QString summary() const;
    /// As one of run::findReporter's names; Usage before a run has ended.
    Result<void> exportReport(const std::string& reporter, const std::string& file) const;

Q_SIGNALS:
    /// It began, went on, or ended.
    void changed();

private:
    void finish(const run::Report& report);

    std::unique_ptr<run::Runner> m_runner;
    RunResults m_results;
    QTimer m_pulse;
    std::size_t m_total = 0;
    std::optional<run::Report> m_report;
};

} // namespace claimcheck::ui
