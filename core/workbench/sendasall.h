// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request as several identities at the same time, each with its own token and cookies. Private to the
// module.

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sendas.h"
#include "workbench.h"

namespace claimcheck::workbench {

class SendAsAll : public QObject
{
    Q_OBJECT
public:
    /// Once, from the event loop, when the last answer is there; in the order of what was asked.
    using Done = std::function<void(const std::vector<IdentityAnswer>&)>;

    SendAsAll(http::Client& client, Identities& identities, Secrets& secrets, std::vector<SendAs::Around> all,
              Done done);

    void start();
    /// What is not there yet ends as Cancelled.
    void cancel();

private:
    void take(std::size_t index, http::Exchange exchange);

    Done m_done;
    std::vector<std::unique_ptr<SendAs>> m_sends;
    std::vector<IdentityAnswer> m_answers;
    std::size_t m_missing;
};

} // namespace claimcheck::workbench
