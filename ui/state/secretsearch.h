// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The search for a token's secret beside the window: the published ones, then a list of the user's own. It
// says how far it is, and may be stopped.

#pragma once

#include <atomic>
#include <memory>
#include <string>

#include <QtCore/qobject.h>

#include <base/latestjob.h>
#include <inspect/guess.h>

namespace claimcheck::ui {

struct SearchResult
{
    Result<inspect::GuessOutcome> outcome;
};

class SecretSearch : public QObject
{
    Q_OBJECT
public:
    explicit SecretSearch(QObject* parent = nullptr);
    ~SecretSearch() override;

    /// `wordFile`: one secret a line; empty: the published ones alone. An older search is stopped.
    void start(const jose::Jws& token, const std::string& wordFile);
    /// Ends it; `finished` comes all the same, with what was tried.
    void cancel();
    /// The same without `finished`.
    void drop();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    /// `done`: from 0 to 1.
    void progressed(quint64 tried, double done);
    void finished(const claimcheck::ui::SearchResult& result);

private:
    struct State;
    void report();

    std::shared_ptr<State> m_state;
    LatestJob<Result<inspect::GuessOutcome>> m_job;
    bool m_isRunning = false;
    int m_timer = 0;

protected:
    void timerEvent(QTimerEvent* event) override;
};

/// The lines of a file, piece by piece; `size` is that of the whole file.
struct WordFile
{
    inspect::WordSource words;
    std::uint64_t size = 0;
};
Result<WordFile> openWordFile(const std::string& path);

} // namespace claimcheck::ui
