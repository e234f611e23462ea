// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command lines: the words quoted again are the same words, and every request has a URL.

#include "fuzz.h"

#include <interop/import.h>
#include <interop/import/shellwords.h>

using namespace claimcheck;

static void run(std::string_view input)
{
    if (const auto commands = interop::shellCommands(input); commands) {
        for (const interop::ShellCommand& command : *commands) {
            for (const interop::ShellWord& word : command.words) {
                const auto again = interop::shellCommands("x " + interop::shellQuoted(word.text));
                FUZZ_CHECK(again && again->size() == 1 && again->front().words.size() == 2);
                FUZZ_CHECK(again->front().words.back().text == word.text);
            }
        }
    }
    const auto imported = interop::importText(input, interop::Format::Curl);
    FUZZ_CHECK(imported || !imported.error().fix.empty());
    if (!imported)
        return;
    FUZZ_CHECK(!imported->collection.root.items.empty());
    for (const collection::Item& item : imported->collection.root.items)
        FUZZ_CHECK(!item.entry.url.empty());
}

FUZZ_MAIN(run);
