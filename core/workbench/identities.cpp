// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "identities.h"

#include "lentsession.h"
#include "liveidentity.h"

#include <algorithm>

#include <base/text.h>
#include <run/keptsession.h>
#include <store/identities.h>

namespace claimcheck::workbench {
namespace {

/// The machine may sleep and its clock be set meanwhile, so nothing waits longer than this.
constexpr Milliseconds longestSleep{15'000};
constexpr Milliseconds shortestSleep{250};
/// Before the end of a session that nothing renews; of a short one, half of its life.
constexpr Milliseconds noticeBefore{120'000};

bool needsPerson(const collection::Identity& identity)
{
    return identity.grant &&
           (identity.grant->grant == "authorization-code" || identity.grant->grant == "device-code");
}

} // namespace

Identities::Identities(const std::optional<collection::Collection>& collection, Secrets& secrets)
    : m_collection(collection), m_secrets(secrets)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Identities::tick);
}

Identities::~Identities() = default;

void Identities::show(const std::string& environment)
{
    const std::string directory = m_collection ? m_collection->directory : std::string();
    const bool isAnother = directory != m_directory;
    m_directory = directory;
    m_environment = environment;
    m_problem.reset();
    std::vector<collection::Identity> identities;
    if (m_collection) {
        auto read = store::readIdentities(directory);
        if (read)
            identities = *std::move(read);
        else
            m_problem = read.error();
    }
    if (m_problem && !isAnother)
        identities = m_identities; // a file that is half written ends no session
    m_identities = std::move(identities);
    std::vector<Key> outdated;
    for (const auto& [key, live] : m_live) {
        const collection::Identity* const now = find(std::get<2>(key));
        if (isAnother || now == nullptr || *now != live->identity())
            outdated.push_back(key);
    }
    for (const Key& key : outdated)
        drop(key);
    if (isAnother || (m_chosen != nobody && find(m_chosen) == nullptr))
        choose({});
    Q_EMIT changed();
}

const collection::Identity* Identities::find(const std::string& name) const
{
    const auto found = std::ranges::find(m_identities, name, &collection::Identity::name);
    return found == m_identities.end() ? nullptr : &*found;
}

LiveIdentity* Identities::live(const std::string& name) const
{
    return live(keyOf(name));
}

LiveIdentity* Identities::live(const Key& key) const
{
    const auto found = m_live.find(key);
    return found == m_live.end() ? nullptr : found->second.get();
}

LiveIdentity& Identities::liven(const collection::Identity& identity, const std::string& environment)
{
    auto& place = m_live[keyIn(environment, identity.name)];
    if (place)
        return *place;
    const auto now = [this] {
        return m_collection ? std::make_shared<const collection::Collection>(*m_collection) : nullptr;
    };
    place = std::make_unique<LiveIdentity>(identity, now(), environment, m_secrets, m_questions);
    place->setCollectionNow(now);
    place->setClock(m_clock);
    connect(place.get(), &LiveIdentity::changed, this, [this, made = place.get()] {
        made->followClock();
        schedule();
        Q_EMIT changed();
    });
    connect(place.get(), &LiveIdentity::prompted, this,
            [this, name = toQString(identity.name)](const auth::Prompt& prompt) {
                Q_EMIT prompted(name, prompt);
            });
    connect(place.get(), &LiveIdentity::exchanged, this,
            [this, name = toQString(identity.name)](const http::Exchange& exchange) {
                Q_EMIT exchanged(name, exchange);
            });
    return *place;
}

/// Later: what it tells may be what takes it away.
void Identities::drop(const Key& key)
{
    auto gone = m_live.extract(key);
    if (gone.empty())
        return;
    LiveIdentity* const live = gone.mapped().release();
    m_warned.erase(live);
    disconnect(live, nullptr, this, nullptr);
    live->cancel();
    live->deleteLater();
}

std::vector<IdentityState> Identities::states() const
{
    std::vector<IdentityState> states;
    for (const collection::Identity& identity : m_identities) {
        const LiveIdentity* const known = live(identity.name);
        states.push_back(known != nullptr ? known->state() : IdentityState{identity.name, loginOf(identity)});
    }
    return states;
}

void Identities::choose(const std::string& name)
{
    if (name == m_chosen)
        return;
    m_chosen = name;
    if (LiveIdentity* const known = live(name))
        known->keepAtLast();
    Q_EMIT chosenChanged();
}

void Identities::signIn(const std::string& name)
{
    const collection::Identity* const identity = find(name);
    const LiveIdentity* const known = live(name);
    const IdentityState state = known == nullptr ? IdentityState{} : known->state();
    if (identity != nullptr && state.isSignedIn && !state.renewsAlone && !state.isBusy)
        beginAnew(*identity, m_environment, state.isKept);
    if (LiveIdentity* const now = live(name))
        return now->signIn();
    want(name, this, [](const Result<Held>&) {});
}

/// Its token is over, and nothing that it has brings another.
bool Identities::isLost(const LiveIdentity& live) const
{
    const IdentityState state = live.state();
    const bool isOver = state.ends && *state.ends <= m_clock();
    return state.isSignedIn && isOver && !state.isBusy && (!state.renewsAlone || live.isRefused());
}

LiveIdentity& Identities::beginAnew(const collection::Identity& identity, const std::string& environment,
                                    bool isKept)
{
    drop(keyIn(environment, identity.name));
    LiveIdentity& anew = liven(identity, environment);
    anew.beginAnew(isKept);
    return anew;
}

void Identities::renew(const std::string& name)
{
    LiveIdentity* const known = live(name);
    if (known != nullptr && isLost(*known))
        return want(name, this, [](const Result<Held>&) {});
    if (known != nullptr && known->isRefused() && !known->state().renewsAlone)
        return signIn(name); // a renewal would only say again that a person has to
    if (known != nullptr)
        known->renew();
}

void Identities::cancel(const std::string& name)
{
    if (LiveIdentity* const known = live(name))
        known->cancel();
}

void Identities::setKept(const std::string& name, bool kept)
{
    if (LiveIdentity* const known = live(name))
        known->setKept(kept);
}

void Identities::want(const std::string& name, QObject* context, Done done)
{
    const collection::Identity* const identity = find(name);
    if (identity == nullptr) {
        const Error error = run::findIdentity(m_identities, name).error();
        QMetaObject::invokeMethod(
            context, [done = std::move(done), error] { done(tl::unexpected(error)); }, Qt::QueuedConnection);
        return;
    }
    livenForUse(*identity, m_environment).want(context, std::move(done));
}

/// A person who has to sign in again begins anew, and so does what was refused for good: what is over has
/// nothing to go on with, and what made it so may be mended by now.
LiveIdentity& Identities::livenForUse(const collection::Identity& identity, const std::string& environment)
{
    LiveIdentity* const known = live(keyIn(environment, identity.name));
    if (known == nullptr)
        return liven(identity, environment);
    if (isLost(*known))
        return beginAnew(identity, environment, known->state().isKept);
    known->forgetFailure();
    known->keepAtLast();
    return *known;
}

void Identities::refused(const std::string& name, std::uint64_t generation, QObject* context, Done done)
{
    LiveIdentity* const known = live(name);
    if (known != nullptr && known->session() != nullptr)
        known->refused(generation, context, std::move(done));
}

Result<std::shared_ptr<run::LiveSession>> Identities::lend(const std::string& name,
                                                           const std::string& environment)
{
    const collection::Identity* const identity = find(name);
    if (identity == nullptr)
        return tl::unexpected(run::findIdentity(m_identities, name).error());
    LiveIdentity& live = livenForUse(*identity, environment);
    if (environment != m_environment && needsPerson(*identity) && !live.held())
        return failure(ErrorKind::Usage, "cannot run as " + visible(name),
                       "a person has to sign in, and another environment is chosen in the window",
                       environment.empty()
                           ? std::string("choose no environment at the top, sign in, and run again")
                           : "choose " + visible(environment) + " at the top, sign in, and run again");
    return std::make_shared<LentSession>(live);
}

run::RunSession* Identities::session(const std::string& name)
{
    LiveIdentity* const known = live(name);
    return known == nullptr ? nullptr : known->session();
}

std::optional<Identities::Held> Identities::held(const std::string& name) const
{
    const LiveIdentity* const known = live(name);
    return known == nullptr ? std::nullopt : known->held();
}

std::vector<archive::Record> Identities::steps(const std::string& name) const
{
    const LiveIdentity* const known = live(name);
    return known == nullptr ? std::vector<archive::Record>() : known->steps();
}

void Identities::signOut(const std::string& name)
{
    LiveIdentity* const known = live(name);
    if (known == nullptr)
        return;
    if (known->state().isKept && m_secrets.keychain() != nullptr)
        m_secrets.keychain()->remove(run::entryOfSession(m_directory, known->environment(), name), this,
                                     [this](const Result<void>& removed) {
                                         if (!removed)
                                             Q_EMIT failed(removed.error());
                                     });
    revoke(*known, "the sign-out");
    drop(keyOf(name));
    Q_EMIT changed();
}

/// When its end is near, in time for somebody to do something about it.
std::optional<Instant> Identities::noticeAt(const IdentityState& state)
{
    if (!state.isSignedIn || !state.ends)
        return std::nullopt;
    const Milliseconds life = *state.ends - state.since.value_or(*state.ends);
    return *state.ends - std::min(noticeBefore, life / 2);
}

void Identities::warn(const LiveIdentity& live)
{
    const IdentityState state = live.state();
    const auto from = noticeAt(state);
    const Instant now = m_clock();
    if (!from || now < *from)
        m_warned.erase(&live);
    else if (now < *state.ends && (!state.renewsAlone || state.problem) && m_warned.insert(&live).second)
        Q_EMIT endsSoon(state);
}

void Identities::tick()
{
    std::vector<LiveIdentity*> all; // what is told of one may take away another
    for (const auto& [key, live] : m_live)
        all.push_back(live.get());
    const auto isThere = [this](const LiveIdentity* live) {
        return std::ranges::any_of(m_live, [live](const auto& each) { return each.second.get() == live; });
    };
    bool hasMoved = false;
    for (LiveIdentity* const live : all)
        if (isThere(live)) {
            hasMoved = live->followClock() || hasMoved;
            live->renewInTime();
        }
    if (hasMoved)
        Q_EMIT changed();
    for (LiveIdentity* const live : all)
        if (isThere(live))
            warn(*live);
    schedule();
}

void Identities::schedule()
{
    std::optional<Milliseconds> next;
    for (const auto& [key, live] : m_live) {
        if (!live->held())
            continue;
        const auto due = live->untilDue();
        // What is due and does not come is looked at once in a while.
        const Milliseconds pause = due && *due > Milliseconds(0) ? *due : longestSleep / 3;
        next = std::min(next.value_or(longestSleep), std::max(pause, shortestSleep));
        const auto notice = noticeAt(live->state());
        if (notice && *notice > m_clock())
            next = std::min(*next, std::max(*notice - m_clock(), shortestSleep));
    }
    if (next)
        m_timer.start(std::min(*next, longestSleep));
    else
        m_timer.stop();
}

} // namespace claimcheck::workbench
