// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A typed secret may be the key itself or a way to write it down: people paste what their server's settings
// hold, and that is often hex or base64. Every reading is tried, and the verdict says which one fitted.

#include "key.h"

#include <base/text.h>
#include <jose/base64.h>

namespace claimcheck::jose {

static void addReading(std::vector<Key>& keys, std::optional<std::string> bytes, const char* form)
{
    if (!bytes || bytes->empty())
        return;
    keys.push_back(secretKey(Secret(*bytes)));
    keys.back().format = form;
    wipe(*bytes);
}

std::vector<Key> secretKeys(const Secret& typed)
{
    std::vector<Key> keys{secretKey(typed)};
    const std::string_view text = typed.reveal();
    const bool isStandard = text.find_first_of("+/=") != std::string_view::npos;
    addReading(keys, decodeBase64(text), isStandard ? "from base64" : "from base64url");
    addReading(keys, fromHex(text), "from hex");
    if (keys.size() > 1)
        keys.front().format = "as text";
    // Whoever has the public key that the text stands for has every reading of it.
    for (Key& key : keys)
        if (key.refusal.empty())
            key.refusal = keys.front().refusal;
    return keys;
}

} // namespace claimcheck::jose
