// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of OpenCollection for what an Entry, a Folder and an Environment hold. SessionRaw is the header
// `Authorization: "{{token}}"`, SessionBearer is `auth: {type: bearer, token: "{{token}}"}`; the token itself
// is never in a file.

#pragma once

#include <string>
#include <vector>

#include <collection/content.h>
#include <store/rows.h>
#include <store/yamltree.h>

namespace claimcheck::store {

constexpr const char* sessionToken = "{{token}}";

/// The word of `http.body.type`; empty for None.
std::string bodyWord(collection::BodyKind kind);

/// Name and seq, as far as the file says them, also of an item of a foreign kind.
void readInfo(const YamlTree& tree, collection::Entry& entry);
Result<collection::Entry> readEntryTree(const YamlTree& tree);

/// The entry with its details.
Result<collection::Content> readContentTree(const YamlTree& tree);

/// Also of an item of a foreign kind.
std::vector<std::string> readTags(const YamlTree& tree);
/// What a request file says beyond an Entry, and the defaults (`request`) of a folder or collection.
collection::Details readDetails(const YamlTree& tree);
collection::Details readDefaultDetails(const YamlTree& tree);

/// An enabled header Authorization that holds nothing but the session's token.
bool isSessionHeader(const collection::Field& field);

/// Authorisation and headers of `http` or of `request` (the defaults of a folder).
struct Access
{
    collection::AuthMode auth = collection::AuthMode::None;
    std::string keptAuth; ///< a kind that AuthMode has not
    std::vector<collection::Field> headers;
    std::optional<std::size_t> rawHeader; ///< its index in the list, where it stands for SessionRaw
};
Access readAccess(const YamlValue& mapping, collection::AuthMode whenMissing);
std::vector<variables::Variable> readVariables(const YamlValue& mapping);

/// Malformed where a value that we read is of another shape than the format says.
Result<void> checkShape(const YamlTree& tree);

/// As readEntry and editEntry, with everything that the file can say.
Result<collection::Content> readContent(std::string_view yaml, const std::string& fileName,
                                        const StoreLimits& limits = {});
Result<std::string> editContent(std::string_view yaml, const collection::Content& content);

/// What an entry looks like after a file held it: the fields that its body kind does not use are gone.
collection::Entry normalised(collection::Entry entry);
collection::Content normalised(collection::Content content);
/// Refused where it holds bytes that are not UTF-8, or a secret variable: no request file can.
Result<void> checkWritable(const collection::Content& content);

/// The headers as they stand in the file: with the one that SessionRaw is.
Rows headerRows(const collection::Entry& entry, std::optional<std::size_t> rawIndex);
YamlOut writeBody(const collection::Entry& entry);
std::optional<YamlOut> writeAuth(collection::AuthMode mode);

} // namespace claimcheck::store
