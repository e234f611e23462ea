// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user is asked while a test of the access matrix is prepared, as it is before a request is sent:
// for secrets that no place has a value for, and before a secret or a token goes to a new place.

#include "accesstest.h"

#include <algorithm>
#include <utility>

#include <audit/target.h>
#include <run/scopes.h>
#include <run/secrets.h>

#include "identities.h"
#include "secrets.h"

namespace claimcheck::workbench {

/// Of the environment that the test was begun in. `then` is not called where another one was chosen
/// meanwhile.
void AccessTest::lookForSecrets(const std::function<void()>& then)
{
    m_wait = std::make_unique<QObject>();
    m_workbench.secrets().lookUp(m_collection, m_environment, m_wait.get(),
                                 [this, then](run::Outside outside) {
                                     m_outside = std::move(outside);
                                     m_wait.release()->deleteLater();
                                     if (!isElsewhere())
                                         then();
                                 });
}

/// What the requests that will be sent need; what the matrix itself fills in is no secret of an environment.
std::vector<run::SecretName> AccessTest::missingSecrets() const
{
    std::vector<run::SecretName> missing;
    for (const collection::Item* item : items()) {
        const collection::MatrixRow* const row = findRow(m_file.matrix, item->path);
        const bool isTested = row != nullptr || m_wanted.isEveryCell;
        if (!isTested || (!audit::isHarmless(item->entry.method) && !m_wanted.mayWrite))
            continue;
        std::vector<variables::Variable> own{{"token", "-"}};
        if (row != nullptr && row->objects)
            own.push_back({row->objects->variable, "-"});
        auto scopes = run::scopesFor(m_collection, *item, m_environment, m_outside);
        scopes.insert(scopes.begin(), {"the matrix", own});
        for (run::SecretName& secret :
             run::missingSecrets(m_collection, *item, m_environment, m_outside.secrets, scopes))
            if (std::ranges::find(missing, secret) == missing.end())
                missing.push_back(std::move(secret));
    }
    return missing;
}

/// Once, before anybody signs in. What is left empty makes its requests fail to be built.
void AccessTest::askForSecrets()
{
    const auto& asks = m_workbench.identities().questions().secrets;
    SecretQuestion question;
    if (asks)
        question.wanted = missingSecrets();
    if (question.wanted.empty())
        return signNextIn();
    question.directory = m_collection.directory;
    question.hasKeychain = m_workbench.secrets().hasKeychain() && !m_workbench.secrets().keychainProblem();
    m_wait = std::make_unique<QObject>();
    asks(question, m_wait.get(), [this](bool goesOn) {
        m_wait.release()->deleteLater();
        if (isElsewhere())
            return;
        if (!goesOn)
            return fail({ErrorKind::Cancelled, "the test was not prepared",
                         "secrets that its requests need were not given", "start it again", std::nullopt});
        lookForSecrets([this] { signNextIn(); });
    });
}

/// One question a place, whoever makes the requests that go there.
void AccessTest::noteHeldBack(const collection::Item& item, const run::Release& release)
{
    const auto destinationOf = [](const ReleaseQuestion& question) { return question.release.destination; };
    auto known = std::ranges::find(m_heldBack, release.destination, destinationOf);
    if (known == m_heldBack.end())
        known = m_heldBack.insert(
            m_heldBack.end(),
            ReleaseQuestion{m_collection.directory, item.entry.name, {{}, release.destination}});
    if (known->request != item.entry.name)
        known->request.clear(); // several of the test
    for (const run::SecretName& secret : release.secrets)
        if (std::ranges::find(known->release.secrets, secret) == known->release.secrets.end())
            known->release.secrets.push_back(secret);
}

/// Whether a place is asked about. Each is once: what is held back after the answer is left out, or refused.
bool AccessTest::asksForRelease()
{
    const auto& asks = m_workbench.identities().questions().release;
    if (!asks)
        return false;
    const auto question = std::ranges::find_if(m_heldBack, [this](const ReleaseQuestion& each) {
        return std::ranges::find(m_askedFor, each.release) == m_askedFor.end();
    });
    if (question == m_heldBack.end())
        return false;
    m_askedFor.push_back(question->release);
    m_wait = std::make_unique<QObject>();
    asks(*question, m_wait.get(), [this, release = question->release](bool goesOn) {
        m_wait.release()->deleteLater();
        if (isElsewhere())
            return;
        if (goesOn || m_wanted.isEveryCell) // which leaves out what may not be sent
            return build();
        Error error = run::notReleased(release);
        error.what = "the test was not prepared";
        error.fix = "start it again and allow that if it belongs there";
        fail(std::move(error));
    });
    return true;
}

} // namespace claimcheck::workbench
