// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptsession.h"

#include <functional>
#include <memory>
#include <utility>

#include <QtCore/qeventloop.h>
#include <QtCore/qtimer.h>

#include <base/text.h>
#include <run/renewalturn.h>

#include "interrupt.h"

namespace claimcheck::cli {
namespace {

/// A desktop that asks the user, who is not there, must not hold up a run for ever.
constexpr Milliseconds longestWrite{30'000};

class KeychainStore final : public auth::TokenStore
{
public:
    KeychainStore(keychain::Entry entry, run::SessionPlan plan, Console& console)
        : m_entry(std::move(entry)),
          m_plan(std::move(plan)),
          m_console(console),
          m_keychain(keychain::desktopKeychain()),
          m_turn(m_entry)
    {}

    void keep(const auth::KeptTokens& kept, QObject* context, Done done) override
    {
        const auto text = run::writeKept(m_plan, kept);
        if (!text)
            return finish(tl::unexpected(text.error()), done);
        if (!m_problem)
            return write(*text, context, done);
        // A question for the password that was not answered is not put again with each renewal.
        m_keychain->askIfOpen(context,
                              [this, text = *text, context, done, problem = *m_problem](bool isOpen) {
                                  if (isOpen)
                                      write(text, context, done);
                                  else
                                      done(tl::unexpected(problem));
                              });
    }

    void latest(QObject* context, Found found) override
    {
        if (m_problem) // it is behind the tokens at hand
            return found(std::nullopt);
        m_turn.take(context, [this, context, found = std::move(found)] {
            run::findLatest(*m_keychain, m_entry, m_plan, context, found);
        });
    }
    void endRenewal() override { m_turn.end(); }

private:
    void write(const Secret& text, QObject* context, const Done& done)
    {
        auto* const wait = new QObject(context); // whichever comes first takes it away
        const auto isOver = std::make_shared<bool>(false);
        const auto end = [this, wait, isOver, done](const Result<void>& written) {
            if (std::exchange(*isOver, true))
                return;
            wait->deleteLater();
            finish(written, done);
        };
        QTimer::singleShot(longestWrite, wait, [end] {
            end(failure(ErrorKind::TimedOut, "cannot keep the session in the keychain",
                        "it did not answer within 30 s",
                        "unlock it, and look if the desktop asks something"));
        });
        m_keychain->write(m_entry, text, wait, end);
    }

    void finish(const Result<void>& written, const Done& done)
    {
        if (!written && !m_problem)
            m_console.note(
                "note: " + describe(written.error()) +
                "; the new tokens of the session are in memory alone, and lost with the end of this "
                "command unless the keychain is opened before the next renewal: else sign in anew "
                "with login --keep");
        else if (written && m_problem)
            m_console.note("note: the keychain is open again, and has the session's new tokens");
        m_problem = written ? std::nullopt : std::optional(written.error());
        done(written);
    }

    keychain::Entry m_entry;
    run::SessionPlan m_plan;
    Console& m_console;
    std::unique_ptr<keychain::Keychain> m_keychain;
    run::RenewalTurn m_turn;
    std::optional<Error> m_problem; ///< why the latest tokens are not kept
};

/// Waits for the answer to what `begin` asks, which comes from the event loop.
template <typename Value>
Result<Value> answerOf(const std::function<void(QObject*, std::function<void(Result<Value>)>)>& begin)
{
    Result<Value> result =
        failure(ErrorKind::Cancelled, "the keychain was not waited for", "it was stopped before it answered");
    QEventLoop loop;
    const Interrupt interrupt([&loop] { loop.quit(); });
    begin(&loop, [&](Result<Value> answer) {
        result = std::move(answer);
        loop.quit();
    });
    loop.exec();
    return result;
}

Result<std::optional<Secret>> readEntry(keychain::Keychain& keychain, const keychain::Entry& entry)
{
    return answerOf<std::optional<Secret>>(
        [&](QObject* context, std::function<void(Result<std::optional<Secret>>)> done) {
            keychain.read(entry, context, std::move(done));
        });
}

} // namespace

Result<void> goOnWithKept(run::SessionPlan& plan, const SessionPlace& place, Console& console)
{
    const auto entry = run::entryOfSession(place.directory, place.environment, plan.name);
    const auto text = readEntry(*keychain::desktopKeychain(), entry);
    if (!text && text.error().kind == ErrorKind::Cancelled)
        return tl::unexpected(text.error());
    if (!text && text.error().kind != ErrorKind::Unreachable) // where there is none, nothing is kept
        console.note("note: " +
                     describe(run::keptNotRead(plan.name, text.error(),
                                               "with the keychain open the next command goes on with the "
                                               "session, this one has to do without")));
    if (!text || !*text)
        return {};
    const auto session = run::readKept(**text);
    const auto goesOn = session ? run::goOnWith(plan, *session) : tl::unexpected(session.error());
    if (goesOn)
        plan.store = std::make_shared<KeychainStore>(entry, plan, console);
    else
        console.note("note: " + describe(goesOn.error()));
    return {};
}

Result<void> tryToKeep(const std::string& name)
{
    const auto keychain = keychain::desktopKeychain();
    const keychain::Entry trial{"", "", "trial of login --keep"};
    auto tried = answerOf<void>([&](QObject* context, std::function<void(Result<void>)> done) {
        keychain->write(trial, Secret("nothing"), context, std::move(done));
    });
    if (tried)
        tried = answerOf<void>([&](QObject* context, std::function<void(Result<void>)> done) {
            keychain->remove(trial, context, std::move(done));
        });
    if (!tried)
        tried.error().what =
            "nobody was signed in, since the keychain cannot keep the session " + visible(name);
    return tried;
}

Result<void> keepSession(const run::SessionPlan& plan, const auth::LiveTokens& tokens,
                         const auth::Expiry& expiry, const SessionPlace& place)
{
    const Instant now = currentTime();
    const auto ends = expiry.rest ? std::optional(now + *expiry.rest) : std::nullopt;
    const auto text = run::writeKept(plan, {tokens, ends, now, expiry.skew});
    if (!text)
        return tl::unexpected(text.error());
    const auto keychain = keychain::desktopKeychain();
    const auto entry = run::entryOfSession(place.directory, place.environment, plan.name);
    return answerOf<void>([&](QObject* context, std::function<void(Result<void>)> done) {
        keychain->write(entry, *text, context, std::move(done));
    });
}

Result<std::optional<run::KeptSession>> forgetSession(const std::string& name, const SessionPlace& place)
{
    const auto keychain = keychain::desktopKeychain();
    const auto entry = run::entryOfSession(place.directory, place.environment, name);
    const auto text = readEntry(*keychain, entry);
    if (!text)
        return tl::unexpected(text.error());
    if (!*text)
        return std::optional<run::KeptSession>();
    const auto removed = answerOf<void>([&](QObject* context, std::function<void(Result<void>)> done) {
        keychain->remove(entry, context, std::move(done));
    });
    if (!removed)
        return tl::unexpected(removed.error());
    // What cannot be read is gone all the same.
    return std::optional(run::readKept(**text).value_or(run::KeptSession()));
}

} // namespace claimcheck::cli
