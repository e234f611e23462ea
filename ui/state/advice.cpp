// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/advice.h>

#include <array>
#include <utility>

namespace claimcheck::ui {

std::string_view adviceInWindow(std::string_view id, std::string_view advice)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> ownWords{
        {{"KEY-HMAC-SHORT",
          "Use a random secret of at least that many bytes; Generate, under Keys, makes one"},
         {"KEY-HMAC-WEAK", "Replace the secret by a random one; Generate, under Keys, makes one"},
         {"KEY-HMAC-IS-PEM",
          "Add the key under Keys, as a key; a public key as HMAC secret lets everybody sign"}}};
    for (const auto& [rule, words] : ownWords)
        if (rule == id)
            return words;
    return advice;
}

/// Both have fields beside a request, and stand in files of its collection (docs/collections.md).
std::string fixInWindow(const Error& error)
{
    switch (error.setting) {
    case Setting::Authorities:
        return "add the certificate of its authority to those that this machine trusts, or name its PEM "
               "file, for the requests of a collection, as CA file under Settings (caFile in "
               ".claimcheck/connections.yaml)";
    case Setting::ClientCertificate:
        return "choose a client certificate and its key, for the requests of a collection, under Settings "
               "(clientCertificates in opencollection.yml or in the environment's file)";
    case Setting::None:
    case Setting::TotalTime:
    case Setting::Redirects:
    case Setting::TokenPlace:
    case Setting::Passphrase:
        break;
    }
    return error.fix;
}

} // namespace claimcheck::ui
