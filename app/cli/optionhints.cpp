// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "optionhints.h"

#include <CLI/CLI.hpp>

namespace claimcheck::cli {

namespace {

struct OptionHint
{
    Setting setting;
    const char* option;
    const char* hint;
    const char* whenGiven; ///< the option was there, and is not what it should be
};

} // namespace

static constexpr OptionHint optionHints[] = {
    {Setting::Authorities, "--cacert",
     "trust its authority with --cacert FILE, or any certificate with --insecure",
     "give the authority that issued it with --cacert, or trust any certificate with --insecure"},
    {Setting::ClientCertificate, "--cert",
     "give a client certificate with --cert FILE and its key with --cert-key FILE",
     "give the certificate and key that the server asks for with --cert and --cert-key"},
    {Setting::TotalTime, "--max-time",
     "raise the limit with --max-time SECONDS if the answer may take that long",
     "raise --max-time if the answer may take that long"},
    {Setting::Redirects, "--no-redirect",
     "send the request to the final address, or look at the answer itself with --no-redirect",
     "send the request to the final address"},
    {Setting::TokenPlace, "--token-at",
     "say where it is with --token-at: a path as data.token, header:X-Token or cookie:session",
     "correct --token-at, or leave it out to search"},
};

Error withOption(Error error, const CLI::App& command)
{
    for (const OptionHint& entry : optionHints) {
        const CLI::Option* option =
            entry.setting == error.setting ? command.get_option_no_throw(entry.option) : nullptr;
        if (option != nullptr)
            error.fix = option->count() > 0 ? entry.whenGiven : entry.hint;
    }
    return error;
}

} // namespace claimcheck::cli
