// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's files: what comes out stays within the limits, and is the same again; taking secrets out twice is
// taking them out once.

#include "fuzz.h"

#include <interop/import.h>
#include <interop/secrets.h>
#include <store/newcollection.h>

using namespace claimcheck;

static void checkFolder(const collection::Folder& folder, std::size_t depth, std::size_t most)
{
    FUZZ_CHECK(depth <= most);
    for (const collection::Folder& inner : folder.folders)
        checkFolder(inner, depth + 1, most);
    for (const collection::Item& item : folder.items)
        FUZZ_CHECK(!store::writeItem(item).empty());
}

static void run(std::string_view input)
{
    interop::ImportLimits limits;
    limits.requests = 200;
    limits.folders = 10;
    limits.notes = 50;
    auto imported = interop::importText(input, interop::Format::Postman, limits);
    if (!imported) {
        FUZZ_CHECK(!imported.error().what.empty() && !imported.error().why.empty());
        return;
    }
    FUZZ_CHECK(*imported == *interop::importText(input, interop::Format::Postman, limits));
    // Requests in front of a folder get one of their own, which may lie one level deeper.
    checkFolder(imported->collection.root, 0, limits.folders + 1);
    interop::takeSecretsOut(*imported);
    interop::nameFiles(*imported);
}

FUZZ_MAIN(run);
