// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks an issuer for its endpoints, so that nobody has to type them.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <QtCore/qobject.h>

#include <collection/collection.h>
#include <http/client.h>
#include <keys/metadata.h>

namespace claimcheck::workbench {

/// What is an issuer in what was pasted: the address of its metadata (OpenID Connect Discovery §4, RFC 8414
/// §3) becomes its own.
std::string issuerIn(std::string_view pasted);

class IssuerLookup : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(Result<keys::ServerMetadata>)>;

    /// Variables in `issuer` are those of the collection's own files: no secret, nothing of the process. An
    /// older question is forgotten. `done` is called once, from the event loop, and not after this is gone.
    void find(const std::string& issuer, const std::optional<collection::Collection>& collection,
              const std::string& environment, Done done);
    void cancel();
    bool isBusy() const { return m_question != nullptr; }

private:
    http::Client m_client;
    std::unique_ptr<QObject> m_question;
};

} // namespace claimcheck::workbench
