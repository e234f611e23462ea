// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writing JSON: quoting, a small streaming writer, and a pretty printer that changes white space only.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <json/document.h>

namespace claimcheck::json {

/// `text` as a JSON string with quotes. Bytes that are not UTF-8 become U+FFFD, so the result is valid JSON.
std::string quoted(std::string_view text);

/// The same, behind what is in `out` already.
void appendQuoted(std::string& out, std::string_view text);
/// The same without the quotes, for who writes them with what stands around.
void appendInner(std::string& out, std::string_view text);

/// The same document with two spaces a level and one member a line (Pretty), or with no white space
/// (Compact). Order, duplicates, number text and escapes stay as they are.
enum class Layout
{
    Pretty,
    Compact
};
std::string format(const Value& value, Layout layout);

/// Streams a document: `Writer w; w.beginObject(); w.member("a").value(1); w.endObject(); w.take()`.
/// Misuse (a member outside of an object) is a programming error and asserts.
class Writer
{
public:
    explicit Writer(Layout layout = Layout::Compact) : m_layout(layout) {}

    /// Room for that many bytes, so that text with secrets in it does not move about in memory.
    void reserve(std::size_t bytes) { m_out.reserve(bytes); }

    Writer& beginObject();
    Writer& endObject();
    Writer& beginArray();
    Writer& endArray();
    Writer& member(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool truth);
    Writer& value(std::int64_t number);
    Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
    Writer& value(double number);
    Writer& null();
    /// JSON text that is known to be valid (a Value's text()), as it is.
    Writer& raw(std::string_view json);

    /// The text so far, for what is written by hand at this place: one whole value must follow, or, inside of
    /// an object, whole members with commas between them.
    std::string& byHand();

    /// Ends the document with a line feed; another one may begin.
    void endLine();
    /// The documents that have ended.
    std::string_view lines() const { return m_out; }
    /// Takes back the documents that ended behind the first `size` bytes of lines().
    void takeBack(std::size_t size) { m_out.resize(size); }
    /// Starts anew; the writer keeps its room.
    void clear() { m_out.clear(); }

    std::string take();

private:
    void separate();
    void open(char bracket);
    void close(char bracket);

    Layout m_layout;
    std::string m_out;
    std::vector<char> m_hasContent; ///< one entry a level: something was written there
    bool m_afterName = false;
};

} // namespace claimcheck::json
