// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values of another shape than the format says, in requests and in the defaults of folders: what would be
// left out without a word otherwise.

#pragma once

#include <optional>
#include <string>

#include <store/yamltree.h>

namespace claimcheck::store {

struct ShapeFault
{
    YamlValue at;
    std::string why; ///< "http.headers[1] is not a mapping with a name"
};

/// Of `mapping.key`, where it is there: a list, each item of which is empty or a mapping that has `member`
/// (empty: any mapping). `place` names the list.
std::optional<ShapeFault> faultOfRows(const YamlValue& mapping, const char* key, const std::string& place,
                                      const std::string& member);
/// Of a list of texts.
std::optional<ShapeFault> faultOfTexts(const YamlValue& mapping, const char* key, const std::string& place);
/// Of `mapping.auth`: a kind of authorisation without its values would send the request as nobody.
std::optional<ShapeFault> faultOfAuth(const YamlValue& mapping, const std::string& place);
/// Of `mapping.key`, settings: a limit that cannot be read would be none.
std::optional<ShapeFault> faultOfSettings(const YamlValue& mapping, const char* key,
                                          const std::string& place);

/// Malformed where the defaults of a folder or collection (`request`) have another shape.
Result<void> checkDefaults(const YamlTree& tree);

} // namespace claimcheck::store
