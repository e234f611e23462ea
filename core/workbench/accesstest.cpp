// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "accesstest.h"

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <run/plan.h>
#include <run/scopes.h>
#include <run/secrets.h>
#include <store/repository.h>

#include "auditing.h"
#include "guardedvalues.h"
#include "identities.h"
#include "secrets.h"

namespace claimcheck::workbench {

AccessTest::AccessTest(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {}

AccessTest::~AccessTest() = default;

void AccessTest::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void AccessTest::clear()
{
    m_wait.reset();
    if (m_run) {
        m_run->disconnect(this);
        m_run->stop();
        m_run.release()->deleteLater();
    }
    m_problem.reset();
    m_identities.clear();
    m_tasks.clear();
    m_leftOut.clear();
    m_notes.clear();
    m_heldBack.clear();
    m_askedFor.clear();
    m_report.reset();
    m_next = m_done = 0;
    m_state = State::Idle;
}

void AccessTest::fail(Error error)
{
    clear();
    m_problem = std::move(error);
    Q_EMIT changed();
}

// --- the file ---

void AccessTest::load()
{
    const auto& open = m_workbench.collection();
    const std::string directory = open ? open->directory : std::string();
    if (directory != std::exchange(m_directory, directory))
        clear();
    m_file = {};
    m_problem.reset();
    if (open) {
        auto file = store::readMatrix(directory);
        if (file)
            m_file = *std::move(file);
        else
            m_problem = file.error();
    }
    Q_EMIT changed();
}

std::vector<std::string> AccessTest::columns() const
{
    std::vector<std::string> all = collection::identitiesIn(m_file.matrix);
    const std::string nobody(collection::anonymous);
    if (std::ranges::find(all, nobody) == all.end())
        all.insert(all.begin(), nobody);
    for (const IdentityState& state : m_workbench.identities().states())
        if (collection::isIdentityName(state.name) && std::ranges::find(all, state.name) == all.end())
            all.push_back(state.name);
    return all;
}

Result<void> AccessTest::expect(const std::string& request, const std::string& identity,
                                const collection::ExpectedAccess& expected)
{
    collection::Matrix cells;
    cells.rows.push_back({request, {{identity, expected}}});
    const auto recorded = store::record(m_file, cells);
    const auto report = m_report;
    load(); // also where another program wrote it meanwhile
    if (recorded && report)
        m_report = audit::withExpected(*report, cells);
    Q_EMIT changed();
    return recorded;
}

Result<void> AccessTest::setObjects(const std::string& request, const collection::OwnedObjects& objects)
{
    const auto recorded = store::recordObjects(m_file, request, objects);
    if (recorded && m_report)
        std::erase_if(m_report->rows, [&](const audit::MatrixRowReport& row) { return row.name == request; });
    if (m_state == State::Ended && m_report && m_report->rows.empty()) {
        m_report.reset();
        m_state = State::Idle;
    }
    load(); // also where another program wrote it meanwhile
    return recorded;
}

std::vector<std::string> AccessTest::variablesOf(const std::string& request) const
{
    const auto& open = m_workbench.collection();
    const collection::Item* const item = open ? findItem(*open, request) : nullptr;
    if (item == nullptr || item->problem)
        return {};
    std::vector<std::string> names =
        run::namesUsed(*open, *item, run::scopesFor(*open, *item, m_workbench.environment(), {}));
    std::erase_if(names, [](const std::string& name) {
        return name == "token" || name.starts_with('$') || name.starts_with("process.env.");
    });
    return names;
}

Result<void> AccessTest::recordObserved()
{
    if (!m_report || m_report->isInterrupted || !m_report->wasAnswered)
        return failure(ErrorKind::Usage, "nothing was recorded", "no test has ended with answers",
                       "run the test first");
    const collection::Matrix cells = audit::observedIn(*m_report);
    const auto recorded = store::record(m_file, cells);
    if (recorded)
        m_report = audit::withExpected(*m_report, cells);
    load();
    return recorded;
}

// --- the test ---

/// In the order of a run.
std::vector<const collection::Item*> AccessTest::items() const
{
    auto all = run::plan(m_collection, {}).value_or(std::vector<const collection::Item*>());
    std::erase_if(all, [](const collection::Item* item) { return item->problem.has_value(); });
    return all;
}

/// Nobody is signed in for a matrix that does not ask for it.
bool AccessTest::isNeeded(const std::string& identity) const
{
    return m_wanted.isEveryCell ||
           std::ranges::any_of(m_file.matrix.rows, [&](const collection::MatrixRow& row) {
               const bool isOwner = row.objects && std::ranges::any_of(row.objects->ids, [&](const auto& id) {
                                        return id.first == identity;
                                    });
               return isOwner || collection::accessOf(row.expected, identity).has_value() ||
                      (row.objects && collection::accessOf(row.objects->others, identity).has_value());
           });
}

void AccessTest::prepare(const AccessStart& wanted)
{
    clear();
    const auto& open = m_workbench.collection();
    if (!open)
        return fail({ErrorKind::Usage, "there is nothing to test", "no collection is open", "open one",
                     std::nullopt});
    if (!wanted.isEveryCell && m_file.matrix.rows.empty())
        return fail({ErrorKind::Usage, "there is nothing to test", "nothing is expected yet",
                     "say of a cell what is expected, or try every cell and record what was observed",
                     std::nullopt});
    m_wanted = wanted;
    m_collection = *open;
    m_columns = columns();
    m_environment = m_workbench.environment();
    setState(State::SigningIn);
    lookForSecrets([this] { askForSecrets(); });
}

/// Whether another environment was chosen meanwhile, and the test given up: a token of one has no business in
/// requests of another.
bool AccessTest::isElsewhere()
{
    if (m_workbench.environment() == m_environment)
        return false;
    fail({ErrorKind::Cancelled, "the test was not prepared", "another environment was chosen",
          "start it again", std::nullopt});
    return true;
}

/// One after the other: each may have a question. Where one of them cannot sign in there is no test.
void AccessTest::signNextIn()
{
    if (isElsewhere())
        return;
    while (m_next < m_columns.size() &&
           (m_columns[m_next] == collection::anonymous || !isNeeded(m_columns[m_next])))
        ++m_next;
    if (m_next == m_columns.size()) // with what was typed for a sign-in meanwhile, too
        return lookForSecrets([this] { build(); });
    const std::string name = m_columns[m_next++];
    m_wait = std::make_unique<QObject>();
    m_workbench.identities().want(name, m_wait.get(), [this, name](Result<Identities::Held> held) {
        m_wait.release()->deleteLater();
        if (isElsewhere())
            return;
        if (!held)
            return fail(held.error());
        if (held->tokens.isBound)
            return fail({ErrorKind::Usage, "cannot test as " + visible(name),
                         "its tokens are bound to a key (DPoP), and these requests bring no proof of it",
                         "use an identity without dpop", std::nullopt});
        AccessIdentity identity{
            name, held->tokens.accessToken, {held->tokens.refreshToken, held->tokens.idToken}};
        identity.allowed = [this, name](const collection::Item& item,
                                        const http::Request& request) -> Result<void> {
            run::RunSession* const session = m_workbench.identities().session(name);
            if (session == nullptr)
                return failure(ErrorKind::Refused, "cannot test as " + visible(name), "it is signed out",
                               "start the test again");
            const run::Release release = session->releaseFor(request, m_environment);
            if (release.secrets.empty())
                return {};
            noteHeldBack(item, release);
            Error error = run::notReleased(release);
            error.fix = "send this request once as " + visible(name) + " and allow it there, then test again";
            return tl::unexpected(error);
        };
        m_identities.push_back(std::move(identity));
        signNextIn();
    });
}

namespace {

constexpr std::size_t mostReasons = 3;

struct Reason
{
    const LeftOut* first; ///< of those that have it
    std::size_t count = 0;
};

/// The distinct ones; of requests that change nothing first, since these are what a test is for.
std::vector<Reason> reasonsOf(const std::vector<LeftOut>& leftOut)
{
    std::vector<Reason> reasons;
    for (const bool isHarmless : {true, false})
        for (const LeftOut& each : leftOut) {
            if (each.isHarmless != isHarmless)
                continue;
            const auto known = std::ranges::find_if(reasons, [&](const Reason& reason) {
                return reason.first->isHarmless == isHarmless && reason.first->error.why == each.error.why;
            });
            if (known != reasons.end())
                ++known->count;
            else
                reasons.push_back({&each, 1});
        }
    return reasons;
}

Error nothingToTest(const std::vector<LeftOut>& leftOut)
{
    Error error{ErrorKind::Usage, "there is nothing to test", "no request of the collection can be sent",
                "say of a cell what is expected", std::nullopt};
    const std::vector<Reason> reasons = reasonsOf(leftOut);
    if (reasons.empty())
        return error;
    error.why.clear();
    for (std::size_t i = 0; i < std::min(reasons.size(), mostReasons); ++i) {
        const Reason& reason = reasons[i];
        error.why += (error.why.empty() ? "" : "; ") + visible(reason.first->request) +
                     (reason.count == 1 ? "" : " and " + std::to_string(reason.count - 1) + " more") +
                     " cannot be sent, as " + reason.first->error.why;
    }
    if (reasons.size() > mostReasons)
        error.why += "; and more";
    const LeftOut& first = *reasons.front().first;
    error.fix = first.isHarmless
                    ? first.error.fix
                    : "add a request that changes nothing, or allow methods that may change data";
    return error;
}

} // namespace

/// Of the environment that everybody signed in for.
void AccessTest::build()
{
    std::vector<std::string> present{std::string(collection::anonymous)};
    for (const AccessIdentity& identity : m_identities)
        present.push_back(identity.name);
    std::erase_if(m_columns,
                  [&](const std::string& name) { return std::ranges::find(present, name) == present.end(); });
    AccessWish wish{.collection = m_collection,
                    .items = items(),
                    .matrix = m_file.matrix,
                    .columns = m_columns,
                    .identities = m_identities,
                    .valuesFor = [&](const collection::Item& item) {
                        return run::valuesFor(m_collection, item, m_environment, m_outside);
                    }};
    wish.guard = m_workbench.secrets().guardOf(m_collection.directory, m_outside);
    wish.howToRelease = "send this request once and allow it there, then test again";
    wish.heldBack = [this](const collection::Item& item, const run::Release& release) {
        noteHeldBack(item, release);
    };
    wish.isRecording = m_wanted.isEveryCell;
    wish.mayWrite = m_wanted.mayWrite;
    m_heldBack.clear();
    auto made = accessTasks(wish);
    const bool isAskable = made || made.error().kind == ErrorKind::Refused;
    if (isAskable && asksForRelease())
        return;
    if (!made)
        return fail(made.error());
    m_tasks = std::move(made->tasks);
    for (const LeftOut& each : made->leftOut)
        m_leftOut.push_back(each.note);
    m_notes = std::move(made->notes);
    if (m_tasks.empty())
        return fail(nothingToTest(made->leftOut));
    setState(State::Ready);
}

std::size_t AccessTest::requests() const
{
    return audit::requestsOf(m_tasks);
}

/// As soon as hostsToConfirm() has none.
static audit::Confirmed confirmedIn(const std::vector<audit::MatrixTask>& tasks)
{
    std::vector<http::Request> requests;
    for (const audit::MatrixTask& task : tasks)
        for (const audit::MatrixCall& call : task.calls)
            requests.push_back(call.target.request);
    return audit::confirmedWith(requests);
}

std::vector<std::string> AccessTest::hostsToConfirm() const
{
    std::vector<std::string> hosts = confirmedIn(m_tasks).hosts;
    std::erase_if(hosts, [this](const std::string& host) { return m_wanted.confirmed.contains(host); });
    return hosts;
}

Result<void> AccessTest::run(const std::set<std::string>& confirmed)
{
    m_wanted.confirmed.insert(confirmed.begin(), confirmed.end());
    if (m_state != State::Ready)
        return failure(ErrorKind::Usage, "the test cannot start", "it is not prepared", "prepare it first");
    if (const auto hosts = hostsToConfirm(); !hosts.empty())
        return failure(ErrorKind::Refused, "the test cannot start",
                       visible(hosts.front()) + " is another machine", "confirm that you may test this host");
    audit::Confirmed confirmedNow = confirmedIn(m_tasks);
    const bool isAllHere = confirmedNow.hosts.empty();
    audit::MatrixSettings settings;
    settings.secrets = guardedValues(m_outside);
    settings.rate = audit::checkRate(m_wanted.rate, isAllHere, "") ? m_wanted.rate : mostRemoteRate;
    settings.confirmedHosts = std::move(confirmedNow.hosts);
    settings.isConfirmed = confirmedNow.isEveryWay;
    settings.mayWrite = m_wanted.mayWrite;
    for (const AccessIdentity& identity : m_identities) {
        settings.secrets.push_back(identity.token);
        settings.secrets.insert(settings.secrets.end(), identity.others.begin(), identity.others.end());
    }
    auto run = std::make_unique<audit::MatrixRun>(m_tasks, m_columns, settings);
    connect(run.get(), &audit::MatrixRun::callDone, this, [this] {
        ++m_done;
        Q_EMIT advanced();
    });
    connect(run.get(), &audit::MatrixRun::finished, this, [this](const audit::MatrixReport& report) {
        m_report = report;
        m_report->folder = store::pathInRepository(m_collection.directory);
        m_run.release()->deleteLater(); // it is the one that calls
        setState(State::Ended);
    });
    if (const auto started = run->start(); !started)
        return started;
    m_run = std::move(run);
    setState(State::Running);
    return {};
}

void AccessTest::stop()
{
    if (m_state == State::Running)
        return m_run->stop();
    if (m_state == State::SigningIn || m_state == State::Ready) {
        clear();
        Q_EMIT changed();
    }
}

} // namespace claimcheck::workbench
