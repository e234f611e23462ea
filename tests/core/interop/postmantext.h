// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts of Postman's files to import, and what is said of them.

#pragma once

#include <string>

#include <interop/import.h>

#include <QtCore/qlogging.h>

namespace claimcheck::test {

inline interop::Imported imported(const std::string& text)
{
    auto result = interop::importText(text, interop::Format::Automatic);
    if (!result)
        qWarning("%s", describe(result.error()).c_str());
    return result ? *std::move(result) : interop::Imported();
}

inline std::string collectionOf(const std::string& items, const std::string& more = {})
{
    return R"({"info":{"name":"C"},"item":[)" + items + "]" + more + "}";
}

inline interop::Imported requestOf(const std::string& request, const std::string& more = {})
{
    return imported(collectionOf(R"({"name":"R","request":)" + request + more + "}"));
}

inline collection::Item itemOf(const std::string& request, const std::string& more = {})
{
    const interop::Imported result = requestOf(request, more);
    return result.collection.root.items.empty() ? collection::Item() : result.collection.root.items.front();
}

inline std::string notesOf(const interop::Imported& result)
{
    std::string all;
    for (const interop::Omission& omission : result.leftOut)
        all += interop::describe(omission) + "\n";
    return all;
}

} // namespace claimcheck::test
