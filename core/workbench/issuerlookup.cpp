// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "issuerlookup.h"

#include <base/text.h>
#include <keys/discovery.h>
#include <run/scopes.h>

namespace claimcheck::workbench {
namespace {

constexpr std::string_view openIdPlace = "/.well-known/openid-configuration";
constexpr std::string_view serverPlace = "/.well-known/oauth-authorization-server";

Result<std::string> filledIn(const std::string& issuer,
                             const std::optional<collection::Collection>& collection,
                             const std::string& environment)
{
    std::vector<variables::Scope> scopes;
    if (collection)
        scopes = run::scopesFor(*collection, {}, environment, {});
    return variables::resolve(issuer, scopes, "issuer");
}

} // namespace

std::string issuerIn(std::string_view pasted)
{
    std::string text(trimmed(pasted));
    if (text.ends_with(openIdPlace))
        text.erase(text.size() - openIdPlace.size());
    else if (const std::size_t at = text.find(serverPlace); at != std::string::npos)
        text.erase(at, serverPlace.size()); // the path of the issuer stands behind it
    return text;
}

void IssuerLookup::find(const std::string& issuer, const std::optional<collection::Collection>& collection,
                        const std::string& environment, Done done)
{
    cancel();
    m_question = std::make_unique<QObject>();
    const auto end = [this, done = std::move(done)](Result<keys::ServerMetadata> found) {
        m_question.release()->deleteLater(); // it may be the one that calls
        done(std::move(found));
    };
    const auto resolved = filledIn(issuer, collection, environment);
    if (!resolved) {
        QMetaObject::invokeMethod(
            m_question.get(), [end, error = resolved.error()] { end(tl::unexpected(error)); },
            Qt::QueuedConnection);
        return;
    }
    keys::Source source;
    source.issuer = *resolved;
    keys::fetchMetadata(m_client, source, m_question.get(),
                        [end, issuer = *resolved](const Result<keys::MetadataDocument>& document) {
                            end(document ? keys::readMetadata(*document, issuer)
                                         : tl::unexpected(document.error()));
                        });
}

void IssuerLookup::cancel()
{
    m_question.reset();
}

} // namespace claimcheck::workbench
