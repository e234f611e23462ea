// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys from afar, beside whatever else runs.

#include "workbenchprivate.h"

namespace claimcheck::workbench {

void Workbench::fetchKeys(const keys::Source& source, const std::optional<std::string>& kid)
{
    d->keyQuestion = std::make_unique<QObject>();
    d->keys->find(source, kid, currentTime(), d->keyQuestion.get(),
                  [this, source](const Result<keys::KeySet>& set) {
                      d->keyQuestion.release()->deleteLater(); // it is the one that calls
                      Q_EMIT keysFetched({source, set});
                  });
}

/// The cache goes with the question, or the transfer would go on for nobody.
void Workbench::cancelKeys()
{
    if (!d->keyQuestion)
        return;
    d->keyQuestion.reset();
    d->keys = std::make_unique<keys::KeyCache>(d->client);
}

} // namespace claimcheck::workbench
