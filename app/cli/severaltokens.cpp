// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "severaltokens.h"

namespace claimcheck::cli {

void printHeading(Console& console, const std::vector<inspect::FoundToken>& tokens, std::size_t index)
{
    if (tokens.size() > 1)
        console.outLine((index == 0 ? "Token " : "\nToken ") + std::to_string(index + 1) + " of " +
                        std::to_string(tokens.size()) + ", at byte " + std::to_string(tokens[index].offset));
}

std::string toJson(const inspect::FoundToken& token, const inspect::Inspection& inspection, Instant now)
{
    // No document is empty: it has a verdict at least.
    return inspect::toJson(inspection, now)
        .insert(1, "\n  \"offset\": " + std::to_string(token.offset) + ",");
}

std::string toJson(const std::vector<inspect::FoundToken>& tokens,
                   const std::vector<inspect::Inspection>& inspections, Instant now,
                   const std::string& members)
{
    std::string all = "{" + members + (members.empty() ? "" : ",") + "\"tokens\":[";
    for (std::size_t index = 0; index < tokens.size(); ++index)
        all += (index == 0 ? "" : ",") + toJson(tokens[index], inspections[index], now);
    const auto document = json::parse(all += "]}", {.depth = 192});
    return document ? json::format(document->root(), json::Layout::Pretty) : all;
}

} // namespace claimcheck::cli
