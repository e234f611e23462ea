// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <keychain/keychain.h>

#include <utility>

#include <QtCore/qobject.h>

namespace claimcheck::keychain {

void Keychain::askIfOpen(QObject* context, std::function<void(bool)> done)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(true); }, Qt::QueuedConnection);
}

} // namespace claimcheck::keychain
