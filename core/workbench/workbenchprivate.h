// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a Workbench holds. For the .cpp files of this folder only.

#pragma once

#include <functional>
#include <memory>

#include <demo/demoapi.h>

#include "democollection.h"
#include "workbench.h"

namespace claimcheck::workbench {

struct Workbench::Private
{
    http::Client client;
    http::Call call;
    bool isBusy = false;
    std::function<void()> next; ///< what begins as soon as the cancelled exchange has ended

    std::optional<collection::Collection> collection;
    std::string environment;
    inspect::KeyRing ring;
    std::optional<auth::Session> session;

    std::unique_ptr<demo::DemoServer> demo;
    std::unique_ptr<DemoCollection> demoCollection;

    /// Runs `action` now, or when what runs has been cancelled.
    void begin(std::function<void()> action);
    /// Called when an exchange has ended and its signal is out.
    void beginNext();
};

} // namespace claimcheck::workbench
