// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix of the open collection in the window: read from its file, changed cell by cell, tested
// with the identities of the collection, and what was observed recorded as what is expected.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <audit/matrixreport.h>
#include <audit/matrixrun.h>
#include <store/matrix.h>
#include <workbench/accesstasks.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {

struct AccessStart
{
    double rate = 5;                      ///< requests a second; 0: as fast as it goes
    bool mayWrite = false;                ///< methods other than GET and HEAD
    bool isEveryCell = false;             ///< also where nothing is expected: to be recorded
    std::set<std::string> confirmed = {}; ///< hosts that the user may test
};

class AccessTest : public QObject
{
    Q_OBJECT
public:
    enum class State
    {
        Idle,
        SigningIn, ///< or a question is asked
        Ready,     ///< planned: run() sends
        Running,
        Ended
    };

    /// Which outlives it.
    explicit AccessTest(Workbench& workbench, QObject* parent = nullptr);
    ~AccessTest() override;

    /// Reads the file of the open collection anew.
    void load();
    State state() const { return m_state; }
    /// Why the file could not be read or written, or the test not begun.
    const std::optional<Error>& problem() const { return m_problem; }
    const collection::Matrix& matrix() const { return m_file.matrix; }
    /// Nobody, then everybody whom the file or sessions.yaml names.
    std::vector<std::string> columns() const;

    /// Into the file at once. What stands there of other cells stays.
    Result<void> expect(const std::string& request, const std::string& identity,
                        const collection::ExpectedAccess& expected);
    /// Whose objects the request reaches, into the file at once; without ids it says so of none. What was
    /// observed of this request is forgotten: it was of other objects.
    Result<void> setObjects(const std::string& request, const collection::OwnedObjects& objects);
    /// Variables that the request names, which its objects may go by; the token's is none.
    std::vector<std::string> variablesOf(const std::string& request) const;
    /// What the last test observed.
    Result<void> recordObserved();

    /// Asks for what is missing, signs in who makes a request, and builds the requests: nothing goes to them.
    void prepare(const AccessStart& wanted);
    /// Other machines that the prepared requests go to and that are not confirmed.
    std::vector<std::string> hostsToConfirm() const;
    std::size_t requests() const;
    /// Refused while hostsToConfirm() names any that is not in `confirmed`.
    Result<void> run(const std::set<std::string>& confirmed);
    void stop();
    std::size_t done() const { return m_done; }
    /// "orders.yml is left out: …", a line each request that no identity makes; empty before they are built.
    const std::vector<std::string>& leftOut() const { return m_leftOut; }
    /// What else is not tested.
    const std::vector<std::string>& notes() const { return m_notes; }
    const std::optional<audit::MatrixReport>& report() const { return m_report; }

Q_SIGNALS:
    void changed();
    /// A request came back.
    void advanced();

private:
    void clear();
    bool isElsewhere();
    void lookForSecrets(const std::function<void()>& then);
    std::vector<run::SecretName> missingSecrets() const;
    void askForSecrets();
    void signNextIn();
    void build();
    void noteHeldBack(const collection::Item& item, const run::Release& release);
    bool asksForRelease();
    std::vector<const collection::Item*> items() const;
    bool isNeeded(const std::string& identity) const;
    void fail(Error error);
    void setState(State state);

    Workbench& m_workbench;
    State m_state = State::Idle;
    std::optional<Error> m_problem;
    std::string m_directory;
    std::string m_environment; ///< when it was prepared
    store::MatrixFile m_file;
    AccessStart m_wanted;
    std::unique_ptr<QObject> m_wait; ///< for a session, the values of secrets, or an answer of the user
    collection::Collection m_collection;
    run::Outside m_outside;
    std::vector<std::string> m_columns;
    std::size_t m_next = 0; ///< column
    std::vector<AccessIdentity> m_identities;
    std::vector<ReleaseQuestion> m_heldBack; ///< from the requests that were built last, by where they go
    std::vector<run::Release> m_askedFor;
    std::vector<audit::MatrixTask> m_tasks;
    std::vector<std::string> m_leftOut;
    std::vector<std::string> m_notes;
    std::unique_ptr<audit::MatrixRun> m_run;
    std::size_t m_done = 0;
    std::optional<audit::MatrixReport> m_report;
};

} // namespace claimcheck::workbench
