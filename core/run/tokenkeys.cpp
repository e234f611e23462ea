// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/tokenkeys.h>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

using collection::KeyOrigin;

inspect::KeyRing ringOf(std::vector<jose::Key> keys, const collection::KeyReference& reference)
{
    inspect::KeyRing ring;
    ring.keys = std::move(keys);
    ring.options.allowedAlgorithms = reference.algorithms;
    return ring;
}

Result<inspect::KeyRing> secretRing(const collection::KeyReference& reference, const Values& values)
{
    Result<std::string> value = values.resolve("{{" + reference.value + "}}", "key");
    if (!value)
        return tl::unexpected(value.error());
    const Secret secret = Secret::adopting(*std::move(value));
    if (secret.isEmpty())
        return failure(ErrorKind::Usage, "cannot use the key " + visible(reference.value),
                       "the variable has no value", "give it one");
    return ringOf(jose::secretKeys(secret), reference);
}

Result<inspect::KeyRing> fileRing(const collection::KeyReference& reference, const std::string& directory)
{
    constexpr std::size_t largest = 4u * 1024u * 1024u;
    const auto path = store::pathInside(directory, reference.value);
    const auto text = path ? store::readFile(path->string(), largest) : tl::unexpected(path.error());
    if (!text)
        return tl::unexpected(text.error());
    auto keys = jose::readKeys(*text);
    if (!keys)
        return tl::unexpected(keys.error());
    return ringOf(*std::move(keys), reference);
}

} // namespace

TokenKeys::TokenKeys(std::string directory, const http::Request& connection)
    : m_directory(std::move(directory)), m_tls(connection.tls), m_proxy(connection.proxy), m_cache(m_client)
{}

void TokenKeys::find(const collection::KeyReference& reference, const Values& values,
                     const std::optional<std::string>& kid, QObject* context, Done done)
{
    if (reference.origin == KeyOrigin::Secret)
        return done(secretRing(reference, values));
    if (reference.origin == KeyOrigin::File)
        return done(fileRing(reference, m_directory));
    Result<std::string> url = values.resolve(reference.value, "key");
    if (!url)
        return done(tl::unexpected(url.error()));
    fetch(reference, *std::move(url), kid, context, std::move(done));
}

void TokenKeys::fetch(const collection::KeyReference& reference, std::string url,
                      const std::optional<std::string>& kid, QObject* context, Done done)
{
    keys::Source source;
    source.tls = m_tls;
    source.proxy = m_proxy;
    (reference.origin == KeyOrigin::JwksUrl ? source.jwksUrl : source.issuer) = std::move(url);
    m_cache.find(source, kid, currentTime(), context,
                 [reference, done = std::move(done)](Result<keys::KeySet> set) {
                     if (!set)
                         return done(tl::unexpected(set.error()));
                     inspect::KeyRing ring = ringOf(std::move(set->keys), reference);
                     ring.isPublic = true;
                     if (!set->issuer.empty())
                         ring.issuer = set->issuer;
                     done(std::move(ring));
                 });
}

} // namespace claimcheck::run
