// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens of an answer, verified with the keys that the open collection names for their issuers
// (`.claimcheck/keys.yaml`). Beside the flow: the answer is shown before a key is asked for.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QtCore/qobject.h>

#include <run/issuerkeys.h>

#include "secrets.h"
#include "workbench.h"

namespace claimcheck::workbench {

class IssuerVerification
{
public:
    using ContextFor = std::function<inspect::Context(std::string_view token)>;
    using Done = std::function<void(const std::vector<FoundInspection>&)>;

    /// Which outlive it: the open collection and its environment, whenever they are looked at.
    IssuerVerification(const std::optional<collection::Collection>& collection,
                       const std::string& environment, Secrets& secrets)
        : m_collection(collection), m_environment(environment), m_secrets(secrets)
    {}

    void setHandlers(ContextFor contextFor, Done done);
    /// Forgets the tokens before. done() comes from the event loop, where a key is known for one of them.
    void start(const std::vector<FoundInspection>& tokens);
    /// What judged one of the last tokens, where the collection that named the key is still open.
    std::optional<IssuerRing> ringOf(std::string_view token) const;

private:
    /// Holds no token.
    struct Judged
    {
        std::size_t hash = 0; ///< of the token
        std::string directory;
        IssuerRing by;
    };

    struct Question
    {
        std::size_t token = 0;
        run::IssuerKey key;
    };

    run::Values values(const run::Outside& outside) const;
    void ask();
    void askNext();
    void take(const Question& question, const Result<inspect::KeyRing>& ring);
    void forget(std::string_view token);
    void remember(std::string_view token, IssuerRing by);

    const std::optional<collection::Collection>& m_collection;
    const std::string& m_environment;
    Secrets& m_secrets;
    ContextFor m_contextFor;
    Done m_done;

    std::unique_ptr<QObject> m_life; ///< of what is under way
    std::string m_directory;         ///< that m_keys are of
    std::unique_ptr<run::TokenKeys> m_keys;
    run::Outside m_outside;
    std::vector<FoundInspection> m_tokens;
    std::vector<Question> m_questions;
    std::size_t m_next = 0;
    std::vector<Judged> m_judged; ///< the oldest first
};

} // namespace claimcheck::workbench
