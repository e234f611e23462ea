// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON Schema of the drafts 4, 6 and 7: a document is valid, or each place where it is not is named.
//
//   const auto schema = schema::read(R"({"properties": {"id": {"type": "integer"}}})");
//   schema->validate(document.root());        // {{"/id", "it is a string, not an integer"}}
//
// Nothing is ever fetched: a $ref that leads out of the schema is an error when it is read. What a server
// sends cannot make this run for ever or deeper than the stack: steps, depth and regular expressions are
// bounded. `format` is judged for date-time, date, time, email, hostname, ipv4, ipv6 and uuid, and is a note
// for people otherwise.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <base/result.h>
#include <json/document.h>

namespace claimcheck::schema {

enum class Draft
{
    Four,
    Six,
    Seven
};

struct Limits
{
    /// Schemas applied and values compared; of a small document fewer (stepsFor()).
    std::size_t steps = 20'000'000;
    std::size_t depth = 400;    ///< schemas inside of schemas while they are applied
    std::size_t problems = 100; ///< that are kept
};

/// How many of Limits::steps a document may take: it grows with its values and the names of its members, so
/// that a small one does not keep the processor busy for seconds, whatever its schema multiplies.
std::size_t stepsFor(const json::Value& document, const Limits& limits);

struct Problem
{
    std::string pointer; ///< RFC 6901, into the document; empty: the whole of it
    std::string message; ///< "it is a string, not an integer"

    bool operator==(const Problem&) const = default;
};

struct Compiled;

class Schema
{
public:
    explicit Schema(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}

    /// Empty: it is valid. TooLarge where a limit ended it, and nothing is known.
    Result<std::vector<Problem>> validate(const json::Value& document, const Limits& limits = {}) const;

private:
    std::shared_ptr<const Compiled> m_compiled;
};

/// Malformed where a keyword has a value that it cannot have (with its place in the text), where a $ref leads
/// nowhere, or a pattern is no regular expression. Refused: another draft (`$schema`), or a $ref to another
/// document. `assumed` counts where the schema does not say its draft.
Result<Schema> read(json::Document document, Draft assumed = Draft::Seven);

} // namespace claimcheck::schema
