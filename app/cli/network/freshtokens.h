// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of sessions of their own, to be used up: each call signs in anew, beside what runs.

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <cli/console.h>
#include <run/sessionplan.h>

namespace claimcheck::cli {

class FreshTokens
{
public:
    /// What the plan would go on with is left alone, and nothing new is kept.
    FreshTokens(run::SessionPlan plan, Console& console);
    ~FreshTokens();
    FreshTokens(const FreshTokens&) = delete;
    FreshTokens& operator=(const FreshTokens&) = delete;

    /// Whether nobody at the machine is needed for it.
    static bool canBeHad(const run::SessionPlan& plan);
    /// `take` is called once, from the event loop; not when this object is gone before.
    void want(std::function<void(Result<Secret>)> take);

private:
    struct SignIn;

    run::SessionPlan m_plan;
    Console& m_console;
    std::vector<std::unique_ptr<SignIn>> m_signIns;
};

} // namespace claimcheck::cli
