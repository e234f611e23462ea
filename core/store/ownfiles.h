// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in .claimcheck because OpenCollection has no place for it, and the certificates and proxy that
// it has a place for.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>
#include <store/yamltree.h>

namespace claimcheck::store {

/// A path as a rule may have it, "./orders/", as Item::path and Folder::path are: "orders".
std::string rulePathOf(std::string path);

/// The `minted` list of sessions.yaml. Malformed, with its place, for a rule that could not be followed.
Result<std::vector<collection::MintedToken>> readMinted(const YamlTree& tree);
/// Where a token goes, as a rule means it that does not say so: the header or query parameter, and what
/// stands before the token in that header.
std::string usualMintedName(bool inQuery);
std::string usualMintedPrefix(bool inQuery, const std::string& name);

/// The `connections` list of connections.yaml; likewise.
Result<std::vector<collection::ConnectionRule>> readConnections(const YamlTree& tree);

/// An item of `clientCertificates`.
collection::ClientCertificate readCertificate(const YamlValue& item);
/// The `clientCertificates` list of an environment or of `config`.
std::vector<collection::ClientCertificate> readCertificates(const YamlValue& around);
/// `proxy` of `config`; nothing where it is disabled or inherited.
std::optional<collection::Proxy> readProxy(const YamlValue& config);

} // namespace claimcheck::store
