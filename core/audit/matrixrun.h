// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the matrix: request after request, as one identity after the other, at one pace. A refusal counts only
// of a token that works: each identity has to be let in somewhere, again where ten refusals came since, and
// at the end. A server that answers three calls in a row with nothing but to wait is asked no more.
// finished() comes once, after stop() as well.

#pragma once

#include <map>

#include <QtCore/qobject.h>

#include <audit/matrix.h>
#include <audit/sender.h>

namespace claimcheck::audit {

class MatrixRun : public QObject
{
    Q_OBJECT
public:
    MatrixRun(std::vector<MatrixTask> tasks, std::vector<std::string> identities, MatrixSettings settings,
              QObject* parent = nullptr);

    /// An error when there is nothing to run, or a task is refused by checkTask().
    Result<void> start();
    void stop();

Q_SIGNALS:
    void callDone();
    void finished(const claimcheck::audit::MatrixReport& report);

private:
    struct Place
    {
        std::size_t row;
        std::size_t cell;
    };
    /// What is known of an identity's token.
    struct Standing
    {
        const MatrixCall* proof = nullptr; ///< that let it in, as nobody is, and changes nothing
        RowAnswers around = {};            ///< what else was known of that request: nobody's answer
        std::vector<Place> unproven = {};  ///< refusals since it was last let in
        std::string lost = {};             ///< why nothing more is sent as it
    };
    struct Sent
    {
        const MatrixCall* call;
        Answer answer;
    };
    using Then = std::function<void()>;

    void send(const MatrixCall& call, std::function<void(const Answer& answer)> done);
    void nextTask();
    void nextCall();
    void sendCall(const MatrixCall& call, int attempt);
    void take(const MatrixCall& call, const Answer& answer);
    void countBusy(const MatrixCall& call, const Answer& answer);
    bool isBusyToTheEnd(const MatrixCall& call) const;
    void endTask(const std::string& why);
    void judgeTask(const std::string& why);
    void addCells(const std::vector<Observed>& observed, const std::string& why);
    std::vector<Secret> knownOf(const Target& target) const;
    MatrixCell cellOf(const MatrixCall& call) const;
    void keepStanding(const MatrixCall& call, const Observed& observed, bool isProof,
                      std::optional<Place> place);
    void proveNext(std::size_t atLeast, const Then& then);
    void prove(const std::string& identity, int attempt, const Then& then);
    void doubt(Standing& standing, const std::string& why);
    void finish();

    std::vector<MatrixTask> m_tasks;
    MatrixSettings m_settings;
    std::string m_mark;
    std::size_t m_marks = 0;
    Sender m_sender;
    std::size_t m_next = 0; ///< task
    std::size_t m_call = 0; ///< of the task that is under way
    std::vector<Sent> m_sent;
    std::optional<Answer> m_again; ///< nobody's second answer
    std::map<std::string, Standing> m_standings;
    std::map<std::string, std::size_t> m_busy; ///< by origin: calls in a row that were told to wait
    bool m_isFinished = false;
    QElapsedTimer m_time;
    MatrixReport m_report;
};

} // namespace claimcheck::audit
